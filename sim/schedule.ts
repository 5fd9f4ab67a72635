// The order of one time step, in one place. Every network follows it, whatever it is built from.

/**
 * The slots of a step at time t, in order. What these fix, once for all:
 * - A neuron spikes when its variable is strictly above (`>`) its threshold.
 * - A spike at t adds to conductances and currents at t, which the membranes see at t + dt: the shortest delay is dt.
 * - A neuron that spikes at t with refractory period R is held at its reset value for the steps before t + R and
 *   integrates again at t + R. Its synaptic variables go on evolving meanwhile.
 * - Presynaptic spikes change weights before postsynaptic spikes of the same step do; delivery uses the weight before either.
 * - A plasticity trace is read as it has decayed at t, in closed form; no slot has to advance it.
 *
 * @example
 * ```ts
 * import { schedule } from 'spikegrad/sim'
 * schedule.map(({ slot }) => slot) // ['inputs', 'neurons', 'delivery', 'plasticity', 'reset', 'probes']
 * ```
 */
export const schedule = [
  { slot: 'inputs', why: 'sources say which of them spike in this step' },
  {
    slot: 'neurons',
    why: 'membranes and synaptic variables advance by dt and are compared with their thresholds',
  },
  {
    slot: 'delivery',
    why: 'each spike adds its weights to its targets, then the presynaptic part of plasticity acts',
  },
  {
    slot: 'plasticity',
    why: 'the postsynaptic part acts, with the traces of all presynaptic spikes up to t',
  },
  { slot: 'reset', why: 'spiking neurons are reset last, so that everything above saw the same step' },
  { slot: 'probes', why: 'probes record what the step has left' },
] as const

/**
 * The name of a slot of a step.
 *
 * @example
 * ```ts
 * import { type Slot, schedule } from 'spikegrad/sim'
 * const last: Slot | undefined = schedule.at(-1)?.slot
 * last // 'probes'
 * ```
 */
export type Slot = (typeof schedule)[number]['slot']
