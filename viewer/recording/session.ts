// Writes a recording as the page tells it, one message after another; in a worker, or anywhere.
import { brainFrame } from '../../experiments/learners/brainFrame.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { brainEncoder, mlpEncoder, type RecordingMessage } from '../../experiments/recording/encoder.ts'
import type { RecordingInformation } from '../../experiments/recording/information.ts'
import { RecordingWriter } from '../../experiments/recording/writer.ts'
import { loadCompressor } from '../../experiments/recording/zstd.ts'
import type { FromRecorder, RecordedFrame, ToRecorder } from './protocol.ts'

/** A recording is ended at this size: about an hour and a half. */
const MOST_BYTES = 160 * 2 ** 20

export type PostRecorder = (message: FromRecorder, transfer: ArrayBuffer[]) => void

export class RecordingSession {
  readonly #post: PostRecorder
  readonly #mostBytes: number
  readonly #parts: ArrayBuffer[] = []
  readonly #encoders = { mlp: mlpEncoder(), brain: brainEncoder() }
  #writer: RecordingWriter | null = null
  #full = false
  #failed = false
  /** What was told before is done first. */
  #before: Promise<void> = Promise.resolve()

  constructor(post: PostRecorder, mostBytes = MOST_BYTES) {
    this.#post = post
    this.#mostBytes = mostBytes
  }

  receive(message: ToRecorder): void {
    this.#before = this.#before.then(() => this.#take(message)).catch(error => this.#fail(error))
  }

  async #take(message: ToRecorder): Promise<void> {
    if (this.#failed) return
    if (message.type === 'start') return this.#start(message.information)
    if (message.type === 'frame') return this.#takeFrame(message)
    if (message.type === 'end') return this.#end()
    if (message.type === 'event') return this.#writer?.addEvent(message.event)
    return this.#writer?.addDigest(message.digest)
  }

  async #start(information: RecordingInformation): Promise<void> {
    const compress = await loadCompressor()
    this.#writer = new RecordingWriter(bytes => this.#parts.push(bytes.buffer), compress)
    await this.#writer.start(information)
  }

  async #takeFrame(frame: RecordedFrame): Promise<void> {
    const writer = this.#writer
    if (writer !== null && !this.#full) {
      for (const message of this.#encode(frame)) await writer.add(message)
      const { ratio } = writer
      if (ratio !== null) {
        this.#encoders.mlp.budget.ratio = ratio
        this.#encoders.brain.budget.ratio = ratio
      }
      if (writer.size > this.#mostBytes) {
        this.#full = true
        this.#post({ type: 'full' }, [])
      }
    }
    const { kind, buffer } = frame
    this.#post({ type: 'taken', kind, buffer, bytes: writer?.size ?? 0 }, [buffer])
  }

  #encode(frame: RecordedFrame): readonly RecordingMessage[] {
    const { seconds } = frame
    // The page has left out what comes too soon.
    const moment = { seconds, keep: true }
    if (frame.kind === 'mlp') return this.#encoders.mlp.encode(mlpFrame(frame.shape, frame.buffer), moment)
    return this.#encoders.brain.encode(brainFrame(frame.shape, frame.buffer), moment)
  }

  async #end(): Promise<void> {
    await this.#writer?.end()
    this.#post({ type: 'done', parts: this.#parts }, this.#parts)
  }

  #fail(error: unknown): void {
    this.#failed = true
    this.#post({ type: 'failed', detail: error instanceof Error ? error.message : String(error) }, [])
  }
}
