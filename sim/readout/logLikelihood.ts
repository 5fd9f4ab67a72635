// The log-likelihood read-out: which class makes this response, taken as independent Poisson counts, most likely.
import { indexOfLargest, type Readout, type ResponseTable } from './responses.ts'

/** Spikes and images added to every mean, so that a silent neuron leaves every class possible. */
const PRIOR_SPIKES = 0.1
const PRIOR_IMAGES = 1

/**
 * argmax over classes c of sum over neurons n of counts[n] log(mean[c, n]) - mean[c, n], with the mean responses of the
 * table. Equal class priors; a silent response goes to the class that evokes least. A class without images is never
 * named: -1 when there is none with. The table must come from training images.
 *
 * @example
 * ```ts
 * import { LogLikelihoodReadout, ResponseTable } from 'spikegrad/sim'
 * const table = new ResponseTable(2, 2)
 * table.add(0, Float32Array.of(5, 1))
 * table.add(1, Float32Array.of(1, 5))
 * new LogLikelihoodReadout(table).predict(Float32Array.of(0, 3)) // 1
 * ```
 */
export class LogLikelihoodReadout implements Readout {
  readonly #logMeans: Float64Array
  readonly #totals: Float64Array
  readonly #scores: Float64Array

  constructor({ classes, neurons, images, spikes }: ResponseTable) {
    this.#logMeans = new Float64Array(classes * neurons)
    this.#totals = new Float64Array(classes)
    this.#scores = new Float64Array(classes)
    for (let c = 0; c < classes; c++) {
      // Of a class that no image stood for nothing is known.
      if (images[c] === 0) {
        this.#totals[c] = Number.POSITIVE_INFINITY
        continue
      }
      for (let n = 0; n < neurons; n++) {
        const mean = (spikes[c * neurons + n]! + PRIOR_SPIKES) / (images[c]! + PRIOR_IMAGES)
        this.#logMeans[c * neurons + n] = Math.log(mean)
        this.#totals[c] = this.#totals[c]! + mean
      }
    }
  }

  predict(counts: Float32Array): number {
    const scores = this.#scores
    for (let c = 0; c < scores.length; c++) scores[c] = -this.#totals[c]!
    for (let n = 0; n < counts.length; n++) {
      const count = counts[n]!
      if (count === 0) continue
      for (let c = 0; c < scores.length; c++) {
        scores[c] = scores[c]! + count * this.#logMeans[c * counts.length + n]!
      }
    }
    return indexOfLargest(scores)
  }
}
