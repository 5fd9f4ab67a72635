// The page of the recorder's test: a run that is made up is recorded by the real worker, and its file opened by both decompressors.
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { History } from '../../viewer/frames/history.ts'
import type { FrameOf, FrameSource } from '../../viewer/frames/source.ts'
import { Recorder } from '../../viewer/recording/recorder.ts'
import { MadeUpRun } from './frames.ts'

const FRAMES = 20

async function main() {
  const run = new MadeUpRun(1)
  const listeners = new Set<() => void>()
  let shown: FrameOf | null = null
  const source: FrameSource = {
    ...{
      origin: 'live',
      config: initialConfig,
      history: new History(),
      position: 0,
      length: null,
      marks: [],
    },
    current: kind => shown?.[kind] ?? null,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...{ step: () => false, seek: () => false },
    ...{ run: () => undefined, setFocus: () => undefined, dispose: () => undefined },
  }
  const problems: string[] = []
  const recorder = new Recorder(source, { onProblem: ({ code }) => problems.push(code) })
  let longest = 0
  for (let frame = 0; frame < FRAMES; frame++) {
    run.advance(5)
    shown = { mlp: Object.create(run.mlp), brain: Object.create(run.brain) }
    const before = performance.now()
    for (const listener of listeners) listener()
    longest = Math.max(longest, performance.now() - before)
    await new Promise(resume => setTimeout(resume, 80))
  }
  const file = await recorder.stop()
  const counts: number[] = []
  for (const trusted of [false, true]) {
    const recording = await openRecording(file, { trusted })
    counts.push(recording.moments.length)
    recording.readers().brain.read(recording.frames('brain').length - 1)
  }
  return { problems, bytes: file.size, counts, longest }
}

export type RecorderResult = Awaited<ReturnType<typeof main>>

Object.assign(globalThis, { result: main() })
