// A network that learns from a stream of images, one call at a time, and can be looked at between any two.
import type { Frame } from './frame.ts'
import type { LearnerConfig } from './parameters.ts'
import type { SampleOrder } from './sampleOrder.ts'

/** Images with labels: pixels [count, 784], labels [count]. */
export interface LabelledImages {
  readonly images: Uint8Array
  readonly labels: Uint8Array
}

export interface LearnerData {
  readonly train: LabelledImages
  /** May grow while a learner runs, where it reads a getter. */
  readonly test: LabelledImages
  /** Sizes of the parts of the training images that the first pass goes through one after another; by default one of all. */
  readonly parts?: readonly number[]
}

/** The unit whose exact values frames carry. */
export interface Focus {
  /** MLP: 1 for the first hidden layer; brain: 0. */
  readonly layer: number
  readonly unit: number
}

/** What charts show; in the MLP's the mean loss of the last batch, in the brain's the excitatory spikes of the last image. */
export interface LearnerMeasures {
  readonly samples: number
  readonly operations: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
  readonly loss?: number
  readonly spikes?: number
}

/**
 * Both learners of one seed see the same images in the same order: that of `sampleOrder`. A frame is written for the last image of
 * an `advance`; everything a frame says follows from the configuration, the data and the number of images.
 */
export interface Learner<F extends Frame> {
  readonly kind: F['kind']
  readonly config: LearnerConfig
  readonly shape: F['shape']
  /** Training images of the stream so far: learned from, or only looked at while learning is switched off. */
  readonly samples: number
  readonly measures: LearnerMeasures
  focus: Focus | null
  /** Takes a new configuration. Returns true when the network began anew, as the parameter table says. */
  configure(config: LearnerConfig): boolean
  /** Begins anew with the same configuration. */
  restart(): void
  /** Which image comes when. */
  readonly order: SampleOrder
  /**
   * Learns from about `images` more images (the MLP: from whole batches, at least one). With a frame, also writes the story of
   * the last image into it.
   */
  advance(images: number, frame?: F): void
  /** Shows an image [784] without learning and writes its story: its class, and its place in the training set, are -1 unless given. */
  read(pixels: Uint8Array, frame: F, label?: number, image?: number): void
  /** Writes the story of the last frame again, with the present focus. */
  retell(frame: F): void
  /** Shows the next `images` test images, at most all that are there, without learning, and counts them in the test accuracy. */
  test(images: number): void
  /** SHA-256, hexadecimal, of all that was learned: equal exactly where two runs are. */
  digest(): Promise<string>
  dispose(): void
}
