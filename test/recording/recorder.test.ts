// Recording in the page, and verifying: the worker's part runs in this thread.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { type MakeLearner, type Relearner, verifyRecording } from '../../experiments/recording/verify.ts'
import { createBackend, useBackend } from '../../src/index.ts'
import { History } from '../../viewer/frames/history.ts'
import { ReplaySource } from '../../viewer/frames/replay.ts'
import type { FrameOf, FrameSource } from '../../viewer/frames/source.ts'
import { record } from '../../viewer/recording/record.ts'
import { Recorder, type RecorderWorker, type Verifiable } from '../../viewer/recording/recorder.ts'
import { saveRecording } from '../../viewer/recording/save.ts'
import { RecordingSession } from '../../viewer/recording/session.ts'
import { loadMnistImages, loadMnistLabels } from '../mnist.ts'
import { MadeUpRun, makeRecording } from './frames.ts'

/** A live run that is made up. */
class MadeUpSource implements FrameSource, Verifiable {
  readonly origin = 'live'
  readonly history = new History()
  readonly length = null
  readonly marks = []
  readonly steady = { mlp: true, brain: false }
  config: LearnerConfig = { ...initialConfig, neurons: 20, hidden1: 8, hidden2: 6 }
  readonly #run = new MadeUpRun(3)
  readonly #listeners = new Set<() => void>()
  #current: FrameOf | null = null

  get position(): number {
    return this.#run.brain.samples
  }

  current<Kind extends keyof FrameOf>(kind: Kind): FrameOf[Kind] | null {
    return this.#current?.[kind] ?? null
  }

  advance(): void {
    this.#run.advance(5)
    const { mlp, brain } = this.#run
    this.#current = { mlp: Object.create(mlp), brain: Object.create(brain) }
    for (const listener of this.#listeners) listener()
  }

  get listeners(): number {
    return this.#listeners.size
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  digests = async () => ({
    mlp: { samples: 50, digest: 'ab'.repeat(32) },
    brain: { samples: 50, digest: 'cd'.repeat(32) },
  })

  run(): void {}
  step = () => false
  seek = () => false
  setFocus(): void {}
  dispose(): void {}
}

/** The worker's part in this thread, each message cloned on its way. */
function inThisThread(mostBytes?: number): RecorderWorker {
  const worker: RecorderWorker = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    postMessage: message => {
      if (message.type === 'frame') onTheWay += 1
      session.receive(structuredClone(message))
    },
  }
  const session = new RecordingSession((data, transfer) => {
    if (data.type === 'taken') onTheWay -= 1
    worker.onmessage?.({ data: structuredClone(data, { transfer }) } as MessageEvent)
  }, mostBytes)
  return worker
}

let source: MadeUpSource
let now: number
/** Frames that the worker in this thread has not taken yet. */
let onTheWay: number

beforeEach(() => {
  source = new MadeUpSource()
  now = 0
  onTheWay = 0
})

/** Shows so many frames, a tenth of a second apart, and lets the worker take them. */
async function show(frames: number): Promise<void> {
  for (let frame = 0; frame < frames; frame++) {
    now += 100
    source.advance()
    await vi.waitFor(() => expect(onTheWay).toBe(0), { timeout: 30_000, interval: 1 })
  }
}

describe('the recorder', () => {
  it('records what the source shows, and its digests where they can be made again', async () => {
    const recorder = new Recorder(source, {
      ...{ startWorker: inThisThread, now: () => now, data: { name: 'MNIST' }, backend: 'wasm' },
    })
    await show(20)
    expect(recorder.seconds).toBe(2)
    expect(recorder.bytes).toBeGreaterThan(0)
    const file = await recorder.stop()
    expect(source.listeners).toBe(0)
    const recording = await openRecording(file)
    expect(recording.information).toMatchObject({ origin: 'page', backend: 'wasm', data: { name: 'MNIST' } })
    expect(recording.frames('mlp').length).toBe(20)
    expect(recording.moments).toHaveLength(20)
    expect(recording.readers().brain.read(19).samples).toBe(100)
    expect(recording.digests).toEqual([{ kind: 'mlp', samples: 50, sha256: 'ab'.repeat(32) }])
    expect(await recorder.stop()).toBe(file)
  })

  it('leaves out frames that come too close, and those of a worker that is behind', async () => {
    const sent: string[] = []
    const silent = (): RecorderWorker => ({
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: message => sent.push(message.type),
    })
    const recorder = new Recorder(source, { startWorker: silent, now: () => now })
    for (let frame = 0; frame < 5; frame++) {
      source.advance()
      now += 10
    }
    expect(sent).toEqual(['start', 'frame', 'frame'])
    now += 100
    source.advance()
    now += 100
    source.advance()
    // Two of each network are on their way: no more until one was taken.
    expect(sent).toHaveLength(5)
    recorder.cancel()
    now += 100
    source.advance()
    expect(sent).toHaveLength(5)
  })

  it('records a change of the configuration', async () => {
    const recorder = new Recorder(source, { startWorker: inThisThread, now: () => now })
    await new Promise(resume => setTimeout(resume, 300))
    await show(4)
    source.config = { ...source.config, learningRate: 0.1 }
    await show(4)
    const recording = await openRecording(await recorder.stop())
    expect(recording.events).toMatchObject([{ seconds: 0.5, exact: false, config: { learningRate: 0.1 } }])
    const replay = new ReplaySource(recording)
    expect(replay.config).toEqual(recording.information.config)
    replay.seek(replay.length)
    expect(replay.config.learningRate).toBe(0.1)
  })

  it('that has reached its largest size says so, and what there is opens', async () => {
    const onProblem = vi.fn()
    const startWorker = () => inThisThread(1)
    const recorder = new Recorder(source, { startWorker, now: () => now, onProblem })
    await new Promise(resume => setTimeout(resume, 300))
    await show(6)
    expect(onProblem).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'recordingFull' }))
    expect(source.listeners).toBe(0)
    expect((await openRecording(await recorder.stop())).moments).toHaveLength(1)
  })

  it('that breaks down says so, when it happens and when it is stopped', async () => {
    const onProblem = vi.fn()
    const worker = inThisThread()
    const recorder = new Recorder(source, { startWorker: () => worker, now: () => now, onProblem })
    worker.onerror?.({ message: 'out of luck' } as ErrorEvent)
    const failed = expect.objectContaining({ code: 'recorderFailed', message: 'out of luck' })
    expect(onProblem).toHaveBeenCalledExactlyOnceWith(failed)
    await expect(recorder.stop()).rejects.toEqual(failed)
    const startWorker = () => {
      throw new Error('no workers here')
    }
    expect(() => new Recorder(source, { startWorker })).toThrow(
      expect.objectContaining({ code: 'recorderFailed' }),
    )
  })
})

describe('saving', () => {
  it('says what the browser said: no room, not allowed, or the reader thought better of it', async () => {
    const refuse = (name: string) => {
      vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new DOMException('no', name)))
    }
    const file = new Blob(['x'])
    refuse('QuotaExceededError')
    await expect(saveRecording(file, 'a.mcap')).rejects.toMatchObject({ code: 'storageFull' })
    refuse('NotAllowedError')
    await expect(saveRecording(file, 'a.mcap')).rejects.toMatchObject({ code: 'storageDenied' })
    refuse('AbortError')
    expect(await saveRecording(file, 'a.mcap')).toBe(false)
    const written: Blob[] = []
    const writable = { write: async (data: Blob) => void written.push(data), close: async () => undefined }
    vi.stubGlobal('showSaveFilePicker', async () => ({ createWritable: async () => writable }))
    expect(await saveRecording(file, 'a.mcap')).toBe(true)
    expect(written).toEqual([file])
    vi.unstubAllGlobals()
  })

  it('puts the file among the downloads where a page inside another may ask nothing', async () => {
    const link = { href: '', download: '', click: vi.fn(), remove: vi.fn() }
    vi.stubGlobal('document', { createElement: () => link, body: { append: () => undefined } })
    vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new DOMException('no', 'SecurityError')))
    expect(await saveRecording(new Blob(['x']), 'a.mcap')).toBe(true)
    expect(link.click).toHaveBeenCalledOnce()
    expect(link).toMatchObject({ download: 'a.mcap', href: expect.stringMatching(/^blob:/) })
    URL.revokeObjectURL(link.href)
    vi.unstubAllGlobals()
  })
})

describe('verifying', () => {
  const data = {
    train: { images: loadMnistImages('train', 200), labels: loadMnistLabels('train', 200) },
    test: { images: loadMnistImages('t10k', 20), labels: loadMnistLabels('t10k', 20) },
  }
  const config = { ...initialConfig, neurons: 16, hidden1: 8, hidden2: 6, batchSize: 8 }
  const make: MakeLearner = (kind, learned) =>
    (kind === 'mlp' ? new MlpLearner(learned, data) : new BrainLearner(learned, data)) as Relearner

  it('runs a recorded run again to the same bits, changes of its configuration and all', async () => {
    useBackend(createBackend())
    const faster = { ...config, learningRate: 0.02, depressionRate: 0.001 }
    const bytes = await record({
      ...{ config, data, about: { name: 'MNIST', trainingImages: 200, testImages: 20, sha256: '' } },
      plan: [
        { samples: 16, framesEvery: 4, slow: true },
        { samples: 32, framesEvery: 8, config: faster },
      ],
    })
    const recording = await openRecording(bytes)
    expect(recording.moments.map(({ position }) => position)).toEqual([0, 8, 8, 16, 24, 32])
    expect(recording.digests).toHaveLength(2)
    const shares: number[] = []
    const verified = await verifyRecording(recording, make, { progress: share => shares.push(share) })
    expect(verified).toEqual({ outcome: 'same', digests: 2 })
    expect(shares.at(-1)).toBe(1)
    // Another seed learns something else.
    const otherSeed: MakeLearner = (kind, learned) => make(kind, { ...learned, seed: 2 })
    expect(await verifyRecording(recording, otherSeed)).toMatchObject({ outcome: 'differs', samples: 32 })
    const signal = AbortSignal.abort()
    expect(await verifyRecording(recording, make, { signal })).toEqual({ outcome: 'stopped' })
    expect(recording.readers().brain.read(1)).toMatchObject({ samples: 8, focusUnit: -1 })
  })

  it('has nothing to say of a recording without digests', async () => {
    const recording = await openRecording(await makeRecording({ frames: 3 }))
    expect(await verifyRecording(recording, make)).toEqual({ outcome: 'nothing' })
  })
})
