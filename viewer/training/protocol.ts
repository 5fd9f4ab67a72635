// What the page and a training worker say to one another.
import type { Focus, LearnerMeasures } from '../../experiments/learners/learner.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { Outline, Piece } from '../data/dataSet.ts'
import type { FrameOf, Speed } from '../frames/source.ts'

/** An image that both networks show: the one the brain saw last. */
export interface Shown {
  /** As the brain saw it, noise included. */
  readonly pixels: Uint8Array
  readonly label: number
  /** Its place in the training set, -1 for none. */
  readonly image: number
  /** How many images the brain had learned from by then: where it rose, another one of the stream was shown. */
  readonly samples: number
}

export type ToWorker =
  | {
      readonly type: 'start'
      readonly config: LearnerConfig
      readonly outline: Outline
      /** Share of the time that the worker may take where it is not told a speed. */
      readonly share: number
    }
  | ({ readonly type: 'piece' } & Piece)
  | { readonly type: 'configure'; readonly config: LearnerConfig }
  | { readonly type: 'restart' }
  /** `framed`: whether frames can be shown at all; a page that is hidden shows none. */
  | { readonly type: 'run'; readonly speed: Speed; readonly framed: boolean }
  /** Not to learn from more images than this, but, if it follows, from as many whatever the speed. */
  | { readonly type: 'limit'; readonly samples: number; readonly follow: boolean }
  | { readonly type: 'step' }
  | ({ readonly type: 'show' } & Shown)
  /** One more frame may come, in this buffer where it fits. */
  | { readonly type: 'credit'; readonly buffer: ArrayBuffer | null }
  | { readonly type: 'focus'; readonly focus: Focus | null }
  | { readonly type: 'probe'; readonly request: number; readonly pixels: Uint8Array }
  | { readonly type: 'digest'; readonly request: number }

/** What went wrong in a worker; the page has the words. */
export type TrainingProblem =
  /** No WebAssembly SIMD: the slow backend computes. */
  | 'slowBackend'
  /** The loss is not a number any more: the learning rate was too large. */
  | 'nonFinite'
  /** No image is of the classes chosen. */
  | 'noImages'
  | 'outOfMemory'
  | 'workerFailed'

export type FromWorker<Kind extends keyof FrameOf> =
  /** The first message: what computes. */
  | { readonly type: 'backend'; readonly name: string }
  | {
      readonly type: 'frame'
      readonly shape: FrameOf[Kind]['shape']
      readonly buffer: ArrayBuffer
      /** Counts the fresh starts of the network. */
      readonly run: number
    }
  | { readonly type: 'progress'; readonly run: number; readonly measures: LearnerMeasures }
  | {
      readonly type: 'probed'
      readonly request: number
      readonly shape: FrameOf[Kind]['shape']
      readonly buffer: ArrayBuffer
    }
  | { readonly type: 'digested'; readonly request: number; readonly digest: string; readonly samples: number }
  | { readonly type: 'refused'; readonly request: number; readonly detail: string }
  | { readonly type: 'problem'; readonly problem: TrainingProblem; readonly detail: string }
