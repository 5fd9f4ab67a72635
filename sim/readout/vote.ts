// The class vote: neurons are labelled with the class they answer best, and the class whose neurons fire most wins.
import { indexOfLargest, type Readout, type ResponseTable } from './responses.ts'

/**
 * The class of each neuron's highest mean response, int32 [neurons]; -1 for a neuron that never fired.
 * Source: Diehl & Cook 2015, section 2.5. The table must come from training images.
 *
 * @example
 * ```ts
 * import { assignLabels, ResponseTable } from 'spikegrad/sim'
 * const table = new ResponseTable(2, 3)
 * table.add(0, Float32Array.of(5, 1, 0))
 * table.add(1, Float32Array.of(1, 5, 0))
 * assignLabels(table) // [0, 1, -1]
 * ```
 */
export function assignLabels(responses: ResponseTable): Int32Array {
  const { classes, neurons, images, spikes } = responses
  const means = new Float64Array(classes)
  return Int32Array.from({ length: neurons }, (_, n) => {
    for (let c = 0; c < classes; c++) means[c] = images[c]! > 0 ? spikes[c * neurons + n]! / images[c]! : 0
    return indexOfLargest(means, 0)
  })
}

/**
 * The class whose neurons fire most wins.
 *
 * @example
 * ```ts
 * import { ResponseTable, VoteReadout } from 'spikegrad/sim'
 * const table = new ResponseTable(2, 3)
 * table.add(0, Float32Array.of(5, 1, 4))
 * table.add(1, Float32Array.of(1, 5, 0))
 * new VoteReadout(table).predict(Float32Array.of(2, 3, 1)) // 1
 * ```
 */
export class VoteReadout implements Readout {
  /** Class of each neuron, or -1. */
  readonly labels: Int32Array
  readonly #members: Float64Array
  readonly #votes: Float64Array

  constructor(responses: ResponseTable) {
    this.labels = assignLabels(responses)
    this.#members = new Float64Array(responses.classes)
    this.#votes = new Float64Array(responses.classes)
    for (const label of this.labels) if (label >= 0) this.#members[label] = this.#members[label]! + 1
  }

  /** The class whose neurons have the highest mean spike count; -1 when none of them fired. */
  predict(counts: Float32Array): number {
    const votes = this.#votes.fill(0)
    for (let n = 0; n < counts.length; n++) {
      const label = this.labels[n]!
      if (label >= 0) votes[label] = votes[label]! + counts[n]!
    }
    for (let c = 0; c < votes.length; c++) if (votes[c]! > 0) votes[c] = votes[c]! / this.#members[c]!
    return indexOfLargest(votes, 0)
  }
}
