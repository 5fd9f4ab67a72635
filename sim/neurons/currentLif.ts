// The leaky integrate-and-fire neuron with exponentially decaying synaptic current.
import { compiled, defineProgram, type Program } from '../../src/index.ts'
import { FADED } from '../faded.ts'
import { heldSteps, type NeuronModel } from './model.ts'

type Parameter =
  | 'tauMem'
  | 'tauSyn'
  | 'vLeak'
  | 'vThreshold'
  | 'vReset'
  | 'r'
  | 'iBias'
  | 'vInitial'
  | 'refractory'

/**
 * NIR's CubaLIF with a bias and a refractory period; a spike adds its weight to the current itself. The equations are
 * linear, and each step is their exact solution. Source: Gerstner et al., "Neuronal Dynamics" (2014), section 1.3.
 *
 * @example
 * ```ts
 * import { currentLif, Network, Population, SpikeCountProbe } from 'spikegrad/sim'
 * const network = new Network()
 * const cell = network.add(new Population('cell', 1, currentLif, { iBias: 0.2 }))
 * const probe = network.probe(new SpikeCountProbe(cell))
 * network.compile({ dt: 0.1, seed: 1 }).run(10_000)
 * probe.counts // [33]
 * ```
 */
export const currentLif: NeuronModel<Parameter, 'v' | 'i'> = {
  name: 'currentLif',
  equations: [
    'dv/dt = (vLeak - v + r * (i + iBias)) / tauMem',
    'di/dt = -i / tauSyn',
    'spike when v > vThreshold; then v = vReset, held for the refractory period',
  ],
  parameters: {
    tauMem: { unit: 'ms', default: 20, minimum: 0, exclusive: true, meaning: 'membrane time constant' },
    tauSyn: { unit: 'ms', default: 5, minimum: 0, exclusive: true, meaning: 'synaptic time constant' },
    vLeak: { unit: 'mV', default: -65, meaning: 'resting potential' },
    vThreshold: { unit: 'mV', default: -50, meaning: 'firing threshold' },
    vReset: { unit: 'mV', default: -65, meaning: 'potential after a spike' },
    r: { unit: 'MΩ', default: 100, minimum: 0, meaning: 'membrane resistance' },
    iBias: { unit: 'nA', default: 0, meaning: 'constant input current' },
    vInitial: { unit: 'mV', default: -65, meaning: 'potential at the start' },
    refractory: { unit: 'ms', default: 2, minimum: 0, meaning: 'refractory period' },
  },
  state: {
    v: { unit: 'mV', meaning: 'membrane potential', initial: 'vInitial' },
    i: { unit: 'nA', meaning: 'synaptic current', initial: 0 },
  },
  inputs: { i: {} },

  bind({ backend, size, dt, parameters: p, state, refractory, spikes }) {
    const { kernels } = backend
    const step = compiled(
      currentLifStep({
        vDecay: Math.exp(-dt / p.tauMem),
        iDecay: Math.exp(-dt / p.tauSyn),
        rest: p.vLeak + p.r * p.iBias,
        gain: p.r * currentGain(p.tauMem, p.tauSyn, dt),
        threshold: p.vThreshold,
      }),
      backend,
    )
    const held = heldSteps(p.refractory, dt)
    const list = spikes.address
    return {
      step: () => {
        spikes.count = step.run(size, state.v, state.i, refractory, list)
      },
      reset: () => {
        if (spikes.count > 0) kernels.resetNeurons(list, spikes.count, state.v, refractory, p.vReset, held)
      },
    }
  },
}

/** What the step of a population has in place of its parameters. */
export interface CurrentLifStepConstants {
  readonly vDecay: number
  readonly iDecay: number
  /** Where the membrane rests, mV. */
  readonly rest: number
  /** How far a synaptic current moves that, mV / nA. */
  readonly gain: number
  readonly threshold: number
}

/** One step, which solves the equations for a current that is constant over the step. */
export function currentLifStep({ vDecay, iDecay, rest, gain, threshold }: CurrentLifStepConstants): Program {
  return defineProgram('currentLif step', program => {
    const v = program.state('v')
    const i = program.state('i')
    const refractory = program.intState('refractory')

    const target = i.value.times(gain).plus(rest)
    const moved = v.value.minus(target).times(vDecay).plus(target)
    const held = refractory.value.greater(0)

    program.store(v, held.select(v.value, moved))
    program.store(i, i.value.times(iDecay).flushBelow(FADED))
    program.store(refractory, held.selectInt(refractory.value.minus(1), refractory.value))
    program.collect('spikes', moved.greater(threshold).and(held.not()))
    program.mostlyZero(refractory)
  })
}

/**
 * The constant current that moves the membrane in one step as far as a unit current decaying with tauSyn does:
 * the integral over the step of exp(-s / tauSyn) exp(-(dt - s) / tauMem) ds / tauMem, over 1 - exp(-dt / tauMem).
 */
function currentGain(tauMem: number, tauSyn: number, dt: number): number {
  const difference = dt * (1 / tauSyn - 1 / tauMem)
  const overlap = difference === 0 ? 1 : -Math.expm1(-difference) / difference
  return ((dt / tauMem) * Math.exp(-dt / tauMem) * overlap) / -Math.expm1(-dt / tauMem)
}
