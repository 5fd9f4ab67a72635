// Nearest-spike triplet plasticity: a post spike potentiates only if another post spike came shortly before.
import type { PlasticityRule } from './rule.ts'

/**
 * The constants of the triplet rule.
 *
 * @example
 * ```ts
 * import { type TripletStdpOptions, tripletStdp } from 'spikegrad/sim'
 * const rates = { potentiationRate: 0.01, depressionRate: 0.0001 }
 * const options: TripletStdpOptions = { ...rates, tauPre: 20, tauPostFast: 20, tauPostSlow: 40 }
 * tripletStdp(options).maximum // 1
 * ```
 */
export interface TripletStdpOptions {
  readonly potentiationRate: number
  readonly depressionRate: number
  /** Time constants, ms: of the presynaptic trace, and of the fast and slow postsynaptic traces. */
  readonly tauPre: number
  readonly tauPostFast: number
  readonly tauPostSlow: number
  readonly minimum?: number
  readonly maximum?: number
}

/**
 * The minimal triplet rule of Pfister & Gerstner 2006, doi 10.1523/JNEUROSCI.1425-06.2006 (equations 3 and 4 with
 * A2+ = A3- = 0), nearest spikes only, as Diehl & Cook 2015 use it.
 *
 * @example
 * ```ts
 * import { tripletStdp } from 'spikegrad/sim'
 * const rates = { potentiationRate: 0.01, depressionRate: 0.0001 }
 * const rule = tripletStdp({ ...rates, tauPre: 20, tauPostFast: 20, tauPostSlow: 40 })
 * rule.potentiation // { rate: 0.01, trace: 'x', factor: 'y2' }
 * ```
 */
export function tripletStdp(options: TripletStdpOptions): PlasticityRule {
  const { minimum = 0, maximum = 1 } = options
  return {
    name: 'tripletStdp',
    equations: [
      'pre spike:  w = max(w - depressionRate * y1, minimum); x = 1',
      'post spike: w = min(w + potentiationRate * x * y2, maximum), y2 as before this spike; then y1 = 1, y2 = 1',
      'dx/dt = -x / tauPre; dy1/dt = -y1 / tauPostFast; dy2/dt = -y2 / tauPostSlow',
    ],
    traces: {
      x: { side: 'pre', tau: options.tauPre, onSpike: 'set' },
      y1: { side: 'post', tau: options.tauPostFast, onSpike: 'set' },
      y2: { side: 'post', tau: options.tauPostSlow, onSpike: 'set' },
    },
    depression: { rate: options.depressionRate, trace: 'y1' },
    potentiation: { rate: options.potentiationRate, trace: 'x', factor: 'y2' },
    minimum,
    maximum,
  }
}
