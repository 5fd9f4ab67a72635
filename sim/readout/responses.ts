// How many spikes each neuron gave to images of each class: what every read-out is made from.
import { InvalidArgumentError } from '../../src/index.ts'

/**
 * Spikes of each neuron to images of each class.
 *
 * @example
 * ```ts
 * import { ResponseTable } from 'spikegrad/sim'
 * const table = new ResponseTable(2, 3)
 * table.add(1, Float32Array.of(4, 0, 2))
 * table.spikes // [0, 0, 0, 4, 0, 2]
 * table.add(2, Float32Array.of(4, 0, 2)) // throws InvalidArgumentError
 * ```
 */
export class ResponseTable {
  readonly classes: number
  readonly neurons: number
  /** Images seen of each class. */
  readonly images: Float64Array
  /** Spikes of each neuron to images of each class, [classes, neurons]. */
  readonly spikes: Float64Array

  constructor(classes: number, neurons: number) {
    this.classes = classes
    this.neurons = neurons
    this.images = new Float64Array(classes)
    this.spikes = new Float64Array(classes * neurons)
  }

  /**
   * Adds the spike counts [neurons] that an image of class `label` evoked.
   * @throws InvalidArgumentError for a label that is no class or counts of another size.
   */
  add(label: number, counts: Float32Array): void {
    if (!Number.isInteger(label) || label < 0 || label >= this.classes) {
      throw new InvalidArgumentError(`label must be an integer from 0 to ${this.classes - 1}, got ${label}`)
    }
    if (counts.length !== this.neurons) {
      throw new InvalidArgumentError(`expected counts of ${this.neurons} neurons, got ${counts.length}`)
    }
    this.images[label] = this.images[label]! + 1
    const row = label * this.neurons
    for (let n = 0; n < this.neurons; n++) this.spikes[row + n] = this.spikes[row + n]! + counts[n]!
  }

  /** Makes everything seen so far count `factor` as much: a table that forgets follows a network that learns. */
  fade(factor: number): void {
    for (const values of [this.images, this.spikes]) {
      for (let i = 0; i < values.length; i++) values[i] = values[i]! * factor
    }
  }
}

/**
 * A read-out names the class of a response, or -1 where it cannot tell.
 *
 * @example
 * ```ts
 * import type { Readout } from 'spikegrad/sim'
 * const loudest: Readout = { predict: counts => counts.indexOf(Math.max(...counts)) }
 * loudest.predict(Float32Array.of(1, 4, 2)) // 1
 * ```
 */
export interface Readout {
  predict(counts: Float32Array): number
}

/** Index of the largest value, the first of equals; -1 unless one is above `floor`. */
export function indexOfLargest(values: ArrayLike<number>, floor = Number.NEGATIVE_INFINITY): number {
  let best = -1
  let largest = floor
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > largest) {
      largest = values[i]!
      best = i
    }
  }
  return best
}
