// The leaky integrate-and-fire neuron with conductance synapses and an adaptive threshold.
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
 * Conductances are relative to the leak, so they have no unit. The membrane is integrated by semi-implicit Euler, which
 * stays stable however large a conductance is. A conductance decays exactly and acts through a step as it stood at its
 * start, as in Brian2's exponential Euler: a spike of weight w carries the charge w dt / (1 - exp(-dt / tau)), which is
 * 1.27 w ms for tau 1 ms and dt 0.5 ms and tends to w tau for small dt.
 * Source: Diehl & Cook 2015, doi 10.3389/fncom.2015.00099, section 2.1.
 */
export const conductanceLif: NeuronModel<Parameter, 'v' | 'gExc' | 'gInh' | 'theta'> = {
  name: 'conductanceLif',
  equations: [
    'dv/dt = (vLeak - v + gExc * (eExc - v) + gInh * (eInh - v)) / tauMem',
    'dgExc/dt = -gExc / tauExc',
    'dgInh/dt = -gInh / tauInh',
    'dtheta/dt = -theta / tauTheta',
    'spike when v > vThreshold + theta; then v = vReset, held for the refractory period; learning: theta += thetaStep',
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
  inputs: ['gExc', 'gInh'],
  slow: { theta: 'tauTheta' },

  bind({ backend: { kernels }, size, dt, parameters: p, state, refractory, spikes }) {
    const rate = dt / p.tauMem
    const excDecay = Math.exp(-dt / p.tauExc)
    const inhDecay = Math.exp(-dt / p.tauInh)
    const held = heldSteps(p.refractory, dt)
    const list = spikes.address
    return {
      step: () => {
        spikes.count = kernels.conductanceLifStep(
          state.v,
          state.gExc,
          state.gInh,
          state.theta,
          refractory,
          list,
          size,
          rate * p.vLeak,
          rate * p.eExc,
          rate * p.eInh,
          1 + rate,
          rate,
          excDecay,
          inhDecay,
          p.vThreshold,
        )
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
