// The numbers that the lessons quote: all measured by `make.ts` on the bundled recordings, or on runs that it describes.
import type { Counts } from './laboratory/bill.ts'

/** A share of 1 for each network. */
export interface Pair {
  readonly mlp: number
  readonly brain: number
}

export interface Figures {
  /** The first recording: accuracy on test images after so many images. */
  readonly first: {
    readonly neurons: number
    readonly images: number
    readonly course: readonly (Pair & { readonly images: number })[]
  }
  /** The trained brain, reading: means over test images, and when its answer is there. */
  readonly moment: {
    readonly testImages: number
    readonly inputSpikes: number
    readonly excitatorySpikes: number
    readonly neuronsFiring: number
    /** Neurons that fire in the bin of the first spike. */
    readonly firstNeurons: number
    /** The share of an image's spikes that its most active neuron fires, and how often that one is among the first. */
    readonly winnerShare: number
    readonly winnerAmongFirst: number
    readonly accuracy: number
    /** Until the accuracy is half, and nine tenths, of its last value, ms. */
    readonly toHalf: number
    readonly toNineTenths: number
  }
  /** Lesson 4: changes of a weight of 0.5. */
  readonly timing: {
    readonly pairBefore: number
    readonly pairAfter: number
    readonly tripletPair: number
    readonly tripletTriple: number
  }
  /** Lesson 5: the same run with the inhibition of the paper and with none. */
  readonly competition: {
    readonly neurons: number
    readonly images: number
    readonly with: CompetitionFigures
    readonly without: CompetitionFigures
  }
  /** Lesson 6: accuracy by the number of labels used. The MLP learned from these images alone. */
  readonly labels: readonly (Pair & { readonly labels: number })[]
  readonly bill: Counts
  /** Lesson 8: accuracy on 0 to 4 after learning them, and after learning 5 to 9; and on 5 to 9 at the end. */
  readonly forgetting: {
    readonly imagesBefore: number
    readonly imagesAfter: number
    readonly before: Pair
    readonly after: Pair
    readonly newDigits: Pair
  }
  /** Accuracy by the share of units silenced, and by the pixel noise. */
  readonly lesions: readonly (Pair & { readonly share: number })[]
  readonly noise: readonly (Pair & { readonly level: number })[]
}

export interface CompetitionFigures {
  readonly accuracy: number
  /** Mean correlation between the receptive fields of two neurons: 1 where all are the same. */
  readonly likeness: number
  /** Mean number of neurons that fire at one image. */
  readonly neuronsFiring: number
}

/** What was measured on the runs themselves, since the recordings do not hold it. */
export type Measured = Pick<Figures, 'bill' | 'lesions' | 'noise' | 'forgetting'> & {
  readonly inputSpikes: number
  readonly labels: readonly { readonly labels: number; readonly mlp: number }[]
}
