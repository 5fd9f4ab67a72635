// Pair-based spike-timing-dependent plasticity.
import type { PlasticityRule } from './rule.ts'

/**
 * The constants of the pair rule.
 *
 * @example
 * ```ts
 * import { type PairStdpOptions, pairStdp } from 'spikegrad/sim'
 * const options: PairStdpOptions = { potentiationRate: 0.01, depressionRate: 0.012, tauPre: 20, tauPost: 20 }
 * pairStdp({ ...options, pairing: 'nearest' }).traces.x?.onSpike // 'set'
 * ```
 */
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
 *
 * @example
 * ```ts
 * import { currentLif, dense, Network, pairStdp, Population, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const pre = network.add(spikeTimes('pre', 1, [{ index: 0, time: 10 }]))
 * const post = network.add(new Population('post', 1, currentLif, { iBias: 0.2 }))
 * const plasticity = pairStdp({ potentiationRate: 0.1, depressionRate: 0.1, tauPre: 20, tauPost: 20 })
 * const synapse = network.connect(dense({ from: pre, to: post, into: 'i', weights: Float32Array.of(0.5), plasticity }))
 * const simulation = network.compile({ dt: 0.1, seed: 1 })
 * simulation.learning = true
 * simulation.run(400)
 * simulation.weights(synapse).item() > 0.5 // true
 * ```
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
