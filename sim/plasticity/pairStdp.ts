// Pair-based spike-timing-dependent plasticity.
import type { PlasticityRule } from './rule.ts'

export interface PairStdpOptions {
  /** Gain of potentiation at zero delay, and of depression. */
  readonly potentiationRate: number
  readonly depressionRate: number
  /** Time constants of the window, ms. */
  readonly tauPre: number
  readonly tauPost: number
  readonly minimum?: number
  readonly maximum?: number
  /** Which earlier spikes a spike pairs with: all of them, or the nearest. */
  readonly pairing?: 'all' | 'nearest'
}

/**
 * A pre spike `d` ms before a post spike adds potentiationRate exp(-d / tauPre); `d` ms after it takes
 * depressionRate exp(-d / tauPost). Source: Song, Miller & Abbott 2000, doi 10.1038/78829; traces as in Morrison,
 * Diesmann & Gerstner 2008, doi 10.1007/s00422-008-0233-1.
 */
export function pairStdp(options: PairStdpOptions): PlasticityRule {
  const { minimum = 0, maximum = 1, pairing = 'all' } = options
  const onSpike = pairing === 'all' ? 'add' : 'set'
  return {
    name: 'pairStdp',
    equations: [
      'pre spike:  w = max(w - depressionRate * y, minimum); x = x + 1',
      'post spike: w = min(w + potentiationRate * x, maximum); y = y + 1',
      'dx/dt = -x / tauPre; dy/dt = -y / tauPost',
    ],
    traces: {
      x: { side: 'pre', tau: options.tauPre, onSpike },
      y: { side: 'post', tau: options.tauPost, onSpike },
    },
    depression: { rate: options.depressionRate, trace: 'y' },
    potentiation: { rate: options.potentiationRate, trace: 'x' },
    minimum,
    maximum,
  }
}
