// The leaky integrate-and-fire neuron with exponentially decaying synaptic current.
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

  bind({ backend: { kernels }, size, dt, parameters: p, state, refractory, spikes }) {
    const vDecay = Math.exp(-dt / p.tauMem)
    const iDecay = Math.exp(-dt / p.tauSyn)
    const rest = p.vLeak + p.r * p.iBias
    const gain = p.r * currentGain(p.tauMem, p.tauSyn, dt)
    const held = heldSteps(p.refractory, dt)
    const list = spikes.address
    return {
      step: () => {
        spikes.count = kernels.currentLifStep(
          state.v,
          state.i,
          refractory,
          list,
          size,
          vDecay,
          rest,
          gain,
          iDecay,
          p.vThreshold,
        )
      },
      reset: () => {
        if (spikes.count > 0) kernels.resetNeurons(list, spikes.count, state.v, refractory, p.vReset, held)
      },
    }
  },
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
