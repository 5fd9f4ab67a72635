// What the brain computes while it learns: accumulates, each a spike that meets a weight.
import type { DiehlCook } from '../../sim/index.ts'
import { PIXELS } from './common.ts'

/** Presentations for which a count of the weights that are not zero is good enough. */
const RECOUNT = 100

type Counted = Pick<DiehlCook, 'activity' | 'weights' | 'neurons'>

/**
 * Effective accumulates in the sense of NeuroBench (Yik et al. 2025, doi 10.1038/s41467-025-56739-4): each spike times the weights
 * that are not zero and that it meets; and while it learns, the weights that its plasticity changes: those that leave an input
 * that spikes, and those that enter an excitatory neuron that spikes.
 */
export class BrainOperations {
  #fanOut: Int32Array = new Int32Array(PIXELS)
  #counted = -1

  /**
   * Of one presentation.
   * @param counted the network, and what happened in it during that presentation alone.
   */
  of({ activity, weights, neurons }: Counted, samples: number, learning: boolean): number {
    const version = Math.floor(samples / RECOUNT)
    if (version !== this.#counted) {
      this.#fanOut = nonZerosByRow(weights.view(), neurons)
      this.#counted = version
    }
    let total = activity.excitatorySpikes + activity.inhibitorySpikes * (neurons - 1)
    const changed = learning ? neurons : 0
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      total += activity.inputSpikes[pixel]! * (this.#fanOut[pixel]! + changed)
    }
    return total + (learning ? activity.excitatorySpikes * PIXELS : 0)
  }
}

function nonZerosByRow(weights: ArrayLike<number>, columns: number): Int32Array {
  const counts = new Int32Array(weights.length / columns)
  for (let row = 0, i = 0; row < counts.length; row++) {
    let count = 0
    for (let column = 0; column < columns; column++, i++) if (weights[i] !== 0) count += 1
    counts[row] = count
  }
  return counts
}
