// The leaky integrate-and-fire neuron with conductance synapses and an adaptive threshold.
import { compiled, defineProgram, type FloatExpression, type Program } from '../../src/index.ts'
import { FADED } from '../faded.ts'
import { heldSteps, type NeuronModel } from './model.ts'

type Parameter =
  | 'tauMem'
  | 'tauExc'
  | 'tauInh'
  | 'tauTheta'
  | 'vLeak'
  | 'vThreshold'
  | 'vReset'
  | 'vInitial'
  | 'eExc'
  | 'eInh'
  | 'thetaInitial'
  | 'thetaStep'
  | 'refractory'

/**
 * Conductances are relative to the leak, so they have no unit. Both equations are integrated implicitly, which stays stable
 * however large a conductance is: forward Euler runs away once rate * (1 + gExc + gInh) passes 2, rate being dt / tauMem.
 *
 * - A conductance decays by backward Euler, g / (1 + dt / tau) a step, and acts through a step as it stood at its start:
 *   a spike of weight w carries the charge w (tau + dt), which tends to w tau for small dt.
 * - The membrane moves towards its momentary equilibrium by 1 - 1 / (1 + x + x^2 / 2), x = rate * (1 + gExc + gInh): the
 *   exponential of exponential Euler, to second order and without an exponential.
 *
 * Source: Diehl & Cook 2015, doi 10.3389/fncom.2015.00099, section 2.1; what the scheme does to that network is said in
 * sim/models/diehlCookParameters.ts.
 *
 * @example
 * ```ts
 * import { conductanceLif, Population } from 'spikegrad/sim'
 * const cells = new Population('cells', 100, conductanceLif, { thetaStep: 0.05 })
 * cells.parameters.tauMem // 100
 * ```
 */
export const conductanceLif: NeuronModel<Parameter, 'v' | 'gExc' | 'gInh' | 'theta'> = {
  name: 'conductanceLif',
  equations: [
    'dv/dt = (vLeak - v + gExc * (eExc - v) + gInh * (eInh - v)) / tauMem',
    'dgExc/dt = -gExc / tauExc',
    'dgInh/dt = -gInh / tauInh',
    'dtheta/dt = -theta / tauTheta, while learning',
    'spike when v > vThreshold + theta; then v = vReset, held for the refractory period; theta = theta + thetaStep, while learning',
  ],
  parameters: {
    tauMem: { unit: 'ms', default: 100, minimum: 0, exclusive: true, meaning: 'membrane time constant' },
    tauExc: { unit: 'ms', default: 1, minimum: 0, exclusive: true, meaning: 'decay of excitation' },
    tauInh: { unit: 'ms', default: 2, minimum: 0, exclusive: true, meaning: 'decay of inhibition' },
    tauTheta: { unit: 'ms', default: 1e7, minimum: 0, exclusive: true, meaning: 'decay of the threshold' },
    vLeak: { unit: 'mV', default: -65, meaning: 'resting potential' },
    vThreshold: { unit: 'mV', default: -52, meaning: 'firing threshold where theta is 0' },
    vReset: { unit: 'mV', default: -65, meaning: 'potential after a spike' },
    vInitial: { unit: 'mV', default: -65, meaning: 'potential at the start' },
    eExc: { unit: 'mV', default: 0, meaning: 'reversal potential of excitation' },
    eInh: { unit: 'mV', default: -100, meaning: 'reversal potential of inhibition' },
    thetaInitial: { unit: 'mV', default: 0, meaning: 'theta at the start' },
    thetaStep: { unit: 'mV', default: 0, meaning: 'what a spike adds to theta while learning' },
    refractory: { unit: 'ms', default: 5, minimum: 0, meaning: 'refractory period' },
  },
  state: {
    v: { unit: 'mV', meaning: 'membrane potential', initial: 'vInitial' },
    gExc: { unit: '1', meaning: 'excitatory conductance', initial: 0 },
    gInh: { unit: '1', meaning: 'inhibitory conductance', initial: 0 },
    theta: { unit: 'mV', meaning: 'adaptive part of the threshold', initial: 'thetaInitial' },
  },
  // Below 0 a conductance would push the membrane away from its reversal potential without bound.
  inputs: { gExc: { minimumWeight: 0 }, gInh: { minimumWeight: 0 } },
  slow: { theta: 'tauTheta' },

  bind({ backend, size, dt, parameters: p, state, refractory, spikes }) {
    const { kernels } = backend
    const rate = dt / p.tauMem
    const step = compiled(
      conductanceLifStep({
        rate,
        leakDrive: rate * p.vLeak,
        excDrive: rate * p.eExc,
        inhDrive: rate * p.eInh,
        excDecay: 1 / (1 + dt / p.tauExc),
        inhDecay: 1 / (1 + dt / p.tauInh),
        threshold: p.vThreshold,
      }),
      backend,
    )
    const held = heldSteps(p.refractory, dt)
    const list = spikes.address
    return {
      step: () => {
        spikes.count = step.run(size, state.v, state.gExc, state.gInh, state.theta, refractory, list)
      },
      reset: () => {
        if (spikes.count > 0) kernels.resetNeurons(list, spikes.count, state.v, refractory, p.vReset, held)
      },
      adapt: () => {
        if (spikes.count > 0 && p.thetaStep !== 0) kernels.addAt(list, spikes.count, state.theta, p.thetaStep)
      },
    }
  },
}

/** What the step of a population has in place of its parameters. */
export interface ConductanceLifStepConstants {
  /** dt / tauMem. */
  readonly rate: number
  /** The rate times each reversal potential. */
  readonly leakDrive: number
  readonly excDrive: number
  readonly inhDrive: number
  /** What a step leaves of a conductance. */
  readonly excDecay: number
  readonly inhDecay: number
  readonly threshold: number
}

/** One step: the conductances act as they stood at its start. No multiply-add is fused, since an ulp can move a spike. */
export function conductanceLifStep(constants: ConductanceLifStepConstants): Program {
  const { rate, leakDrive, excDrive, inhDrive, excDecay, inhDecay, threshold } = constants
  return defineProgram('conductanceLif step', program => {
    const v = program.state('v')
    const gExc = program.state('gExc')
    const gInh = program.state('gInh')
    const theta = program.input('theta')
    const refractory = program.intState('refractory')

    const x = gExc.value.plus(gInh.value).times(rate).plus(rate)
    const q = x.times(0.5).plus(1)
    const drive = gExc.value.times(excDrive).plus(leakDrive).plus(gInh.value.times(inhDrive))
    const moved = v.value.plus(drive.times(q)).over(x.times(q).plus(1))
    const held = refractory.value.greater(0)

    program.store(v, held.select(v.value, moved))
    program.store(gExc, fadingConductance(gExc.value.times(excDecay)))
    program.store(gInh, fadingConductance(gInh.value.times(inhDecay)))
    program.store(refractory, held.selectInt(refractory.value.minus(1), refractory.value))
    program.collect('spikes', moved.greater(theta.plus(threshold)).and(held.not()))
    program.mostlyZero(refractory)
    program.mostlyZero(gExc, gInh)
  })
}

/** A conductance, which is never negative, once it is too small to matter. */
function fadingConductance(g: FloatExpression): FloatExpression {
  return g.less(FADED).select(0, g)
}
