// A recording whose run is about to go: it is ended first, and saved whole.
import { afterEach, expect, it, vi } from 'vitest'
import { dataDigest } from '../../experiments/learners/digest.ts'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { busy, endRecording, recorder, toggleRecording } from '../../viewer/app/recording.ts'
import { live } from '../../viewer/app/session.ts'
import { loaderOf } from '../../viewer/data/wholeSet.ts'
import type { LiveSource } from '../../viewer/frames/live.ts'
import type { FrameOf } from '../../viewer/frames/source.ts'
import type { ToRecorder } from '../../viewer/recording/protocol.ts'
import { RecordingSession } from '../../viewer/recording/session.ts'
import { source } from '../../viewer/state/store.ts'
import { data } from '../learners/data.ts'
import { MadeUpRun } from '../recording/frames.ts'

// The session itself starts workers and fetches images.
vi.mock('../../viewer/app/session.ts', async () => {
  const { signal } = await import('@preact/signals')
  return { live: signal(null) }
})

/** What the page uses of a live run, made up; once it is disposed of there are no digests. */
function madeUpRun() {
  const run = new MadeUpRun(5)
  run.advance(5)
  const frames: FrameOf = { mlp: run.mlp, brain: run.brain }
  let there = true
  return {
    ...{ origin: 'live', position: 5, data: loaderOf('MNIST', data), backend: 'wasm' },
    config: { ...initialConfig, neurons: 20, hidden1: 8, hidden2: 6 },
    steady: { mlp: true, brain: true },
    current: (kind: keyof FrameOf) => frames[kind],
    subscribe: () => () => undefined,
    digests: async () => {
      if (!there) throw new Error('the worker is not there')
      const digest = { samples: 5, digest: 'ab'.repeat(32) }
      return { mlp: digest, brain: digest }
    },
    dispose: () => {
      there = false
    },
  } as unknown as LiveSource
}

/** The recording worker, in this thread. */
class ThisThread {
  onmessage: ((event: MessageEvent) => void) | null = null
  readonly #session = new RecordingSession(data => this.onmessage?.({ data } as MessageEvent))
  postMessage(message: ToRecorder): void {
    this.#session.receive(structuredClone(message))
  }
  terminate(): void {}
}

afterEach(() => vi.unstubAllGlobals())

it('keeps all frames and the digests, even when it had hardly begun', async () => {
  const saved: { file: Blob; name: string }[] = []
  vi.stubGlobal('VERSIONS', { spikegrad: '1.0.0' })
  vi.stubGlobal('Worker', ThisThread)
  vi.stubGlobal('showSaveFilePicker', async ({ suggestedName: name }: { suggestedName: string }) => ({
    createWritable: async () => ({
      write: async (file: Blob) => void saved.push({ file, name }),
      close: async () => undefined,
    }),
  }))
  const run = madeUpRun()
  live.value = run
  source.value = run
  const begun = toggleRecording()
  expect(busy.value).toBe(true)
  await endRecording()
  run.dispose()
  await begun
  expect({ busy: busy.value, recorder: recorder.value }).toEqual({ busy: false, recorder: null })
  await vi.waitFor(() => expect(saved).toHaveLength(1))
  const { file, name } = saved[0]!
  expect(name).toContain('5')
  const recording = await openRecording(file)
  expect(recording.moments).toHaveLength(1)
  expect(recording.digests).toHaveLength(2)
  expect(recording.information).toMatchObject({
    data: { name: 'MNIST', trainingImages: 400, testImages: 60, sha256: await dataDigest(data) },
    backend: 'wasm',
  })
  // With nothing to end, nothing is saved.
  await endRecording()
  expect(saved).toHaveLength(1)
})
