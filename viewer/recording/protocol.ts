// What the page and the recording worker say to one another.
import type { RecordingInformation } from '../../experiments/recording/information.ts'
import type { ConfigEvent, Digest } from '../../experiments/recording/writer.ts'
import type { FrameOf } from '../frames/source.ts'

/** A frame in a buffer that goes back when it has been taken. */
export type RecordedFrame = {
  [Kind in keyof FrameOf]: {
    readonly kind: Kind
    readonly shape: FrameOf[Kind]['shape']
    readonly buffer: ArrayBuffer
    /** Since the recording began. */
    readonly seconds: number
  }
}[keyof FrameOf]

export type ToRecorder =
  | { readonly type: 'start'; readonly information: RecordingInformation }
  | ({ readonly type: 'frame' } & RecordedFrame)
  | { readonly type: 'event'; readonly event: ConfigEvent }
  | { readonly type: 'digest'; readonly digest: Digest }
  | { readonly type: 'end' }

export type FromRecorder =
  /** A frame has been taken: here is its buffer. */
  | {
      readonly type: 'taken'
      readonly kind: keyof FrameOf
      readonly buffer: ArrayBuffer
      readonly bytes: number
    }
  /** Nothing more is taken: the file has its largest size. */
  | { readonly type: 'full' }
  | { readonly type: 'done'; readonly parts: readonly ArrayBuffer[] }
  | { readonly type: 'failed'; readonly detail: string }
