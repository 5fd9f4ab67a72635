// A network that learns from a stream of images, one call at a time, and can be looked at between any two.
import type { Frame } from './frame.ts'
import type { LearnerConfig } from './parameters.ts'

/** Images with labels: pixels [count, 784], labels [count]. */
export interface LabelledImages {
  readonly images: Uint8Array
  readonly labels: Uint8Array
}

export interface LearnerData {
  readonly train: LabelledImages
  readonly test: LabelledImages
}

/** The unit whose exact values frames carry. */
export interface Focus {
  /** MLP: 1 for the first hidden layer; brain: 0. */
  readonly layer: number
  readonly unit: number
}

/**
 * Both learners of one seed see the same images in the same order: that of `sampleOrder`. A frame is written for the last image of
 * an `advance`; everything a frame says follows from the configuration, the data and the number of images.
 */
export interface Learner<F extends Frame> {
  readonly kind: F['kind']
  readonly config: LearnerConfig
  readonly shape: F['shape']
  /** Training images learned from so far. */
  readonly samples: number
  focus: Focus | null
  /** Takes a new configuration. Returns true when the network began anew, as the parameter table says. */
  configure(config: LearnerConfig): boolean
  /**
   * Learns from about `images` more images (the MLP: from whole batches, at least one). With a frame, also writes the story of
   * the last image into it.
   */
  advance(images: number, frame?: F): void
  /** Shows an image [784] without learning and writes its story: `label` is -1 unless given. */
  read(pixels: Uint8Array, frame: F, label?: number): void
  /** Shows the next `images` test images without learning, and adds them to the frame's test accuracy. */
  test(images: number): void
  /** SHA-256, hexadecimal, of all that was learned: equal exactly where two runs are. */
  digest(): Promise<string>
  dispose(): void
}
