// A presentation to the Diehl & Cook network of 400 neurons, against Brian2 in runtime mode.
import { z } from 'zod'
import { DiehlCook } from '../../sim/index.ts'
import { InvalidArgumentError } from '../../src/index.ts'
import type { Comparison, Measurement, OurSide } from '../comparison.ts'
import { peerScript } from '../places.ts'
import type { SuiteContext } from './suite.ts'

const NEURONS = 400
const PIXELS = 784
/** Images that both sides see before the first measurement, and that the peer sees in each. */
const WARM_UP_IMAGES = 5
const IMAGES = 5
/** Our side is too quick to time on a few images: it warms up on and is timed on this many, in order, all new to it. */
const OUR_IMAGES = 100

/** At least 250 times faster than Brian2 with the network written as it was published (see peers/brian2DiehlCook.py). */
const BRIAN_BAR = 1 / 250

const INSTALL_BRIAN = 'pip install brian2 cython "numpy<2.4"'

/** The network, which learns from the training images in their order, as the peer does. */
export class DiehlCookSide implements OurSide {
  readonly #images: Uint8Array
  readonly #network = new DiehlCook({ neurons: NEURONS, seed: 1 })
  #next = 0

  constructor(images: Uint8Array) {
    this.#images = images
    this.#present(OUR_IMAGES)
  }

  /** The seconds of a presentation, on the images after those of the last measurement. */
  measure(): Measurement {
    const started = performance.now()
    const { attempts, spikes } = this.#present(OUR_IMAGES)
    const seconds = (performance.now() - started) / 1e3
    return {
      seconds: seconds / attempts,
      work: `${spikes} excitatory spikes on ${OUR_IMAGES} images (integrated otherwise than theirs: see sim/models/diehlCook.ts)`,
    }
  }

  dispose(): void {
    this.#network.dispose()
  }

  #present(count: number): { attempts: number; spikes: number } {
    const first = this.#next * PIXELS
    const last = first + count * PIXELS
    if (last > this.#images.length) {
      throw new InvalidArgumentError(
        `snn: expected at least ${this.#next + count} training images for so many repeats, got ${this.#images.length / PIXELS}`,
      )
    }
    let attempts = 0
    let spikes = 0
    for (let at = first; at < last; at += PIXELS) {
      const presentation = this.#network.present(this.#images.subarray(at, at + PIXELS), { learning: true })
      attempts += presentation.attempts
      spikes += presentation.spikes
    }
    this.#next += count
    return { attempts, spikes }
  }
}

const replySchema = z.object({
  secondsPerPresentation: z.number().positive(),
  excitatorySpikes: z.number().int(),
  images: z.number().int().positive(),
})

function readReply(reply: unknown): Measurement {
  const { secondsPerPresentation, excitatorySpikes, images } = replySchema.parse(reply)
  return { seconds: secondsPerPresentation, work: `${excitatorySpikes} on ${images}` }
}

export function snnSuite({ dataset, dataFolder, python }: SuiteContext): Comparison[] {
  return (['published', 'tuned'] as const).map(form => ({
    suite: 'snn',
    name: `presentation, ${NEURONS} neurons (Brian2 ${form})`,
    statistic: 'median',
    unit: 'ms',
    prepare: () => new DiehlCookSide(dataset.train.images),
    rivals: [
      {
        peer: 'Brian2',
        target: form === 'published' ? BRIAN_BAR : null,
        install: INSTALL_BRIAN,
        command: {
          command: python,
          args: [
            ...['-B', peerScript('brian2DiehlCook.py'), '--data', dataFolder, '--form', form],
            ...['--warm-up', String(WARM_UP_IMAGES), '--images', String(IMAGES)],
          ],
        },
        readReply,
      },
    ],
  }))
}
