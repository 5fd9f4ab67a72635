// A recording as a source of frames: at every speed, in both directions, in loops.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { type ReplayClock, ReplaySource } from '../../viewer/frames/replay.ts'
import { makeRecording } from './frames.ts'

/** A clock that goes when it is told to. */
class ManualClock implements ReplayClock {
  #now = 0
  readonly #callbacks = new Set<() => void>()

  get running(): boolean {
    return this.#callbacks.size > 0
  }

  now(): number {
    return this.#now
  }

  every(_: number, callback: () => void): () => void {
    this.#callbacks.add(callback)
    return () => this.#callbacks.delete(callback)
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): void {
    for (let tick = 0; tick < Math.round(seconds * 100); tick++) {
      this.#now += 10
      for (const callback of [...this.#callbacks]) callback()
    }
  }
}

let recording: Recording
let clock: ManualClock
let source: ReplaySource

beforeAll(async () => {
  // Frames at 0, 0.1, ..., 5.9 seconds, of 5, 10, ..., 300 images.
  recording = await openRecording(await makeRecording())
})

beforeEach(() => {
  clock = new ManualClock()
  source = new ReplaySource(recording, clock)
})

describe('a replay', () => {
  it('begins still, at the first frame', () => {
    expect(source).toMatchObject({ origin: 'recording', position: 5, start: 5, length: 300, ended: false })
    expect(source.current('mlp')).toMatchObject({ samples: 5, kind: 'mlp' })
    expect(source.current('brain')).toMatchObject({ samples: 5, kind: 'brain' })
    expect(source.current('brain')).toBe(source.current('brain'))
    clock.pass(1)
    expect(source.position).toBe(5)
    expect(clock.running).toBe(false)
  })

  it('plays at full speed in the time of the recording, and stops at its end', () => {
    source.run(Number.POSITIVE_INFINITY)
    clock.pass(2)
    expect(source.seconds).toBeCloseTo(2, 0)
    expect(Math.abs(source.position - 105)).toBeLessThanOrEqual(5)
    clock.pass(10)
    expect(source).toMatchObject({ position: 300, ended: true })
    expect(source.current('mlp')!.samples).toBe(300)
  })

  it('plays at so many images a second', () => {
    source.run(10)
    clock.pass(3)
    expect(Math.abs(source.position - 35)).toBeLessThanOrEqual(5)
    source.run(100)
    clock.pass(1)
    expect(Math.abs(source.position - 135)).toBeLessThanOrEqual(10)
  })

  it('in slow motion shows frame by frame, each for the time of an image', () => {
    source.run(0.5)
    clock.pass(1.9)
    expect(source.position).toBe(5)
    clock.pass(0.2)
    expect(source.position).toBe(10)
    clock.pass(2)
    expect(source.position).toBe(15)
  })

  it('steps both ways, to the ends', () => {
    expect(source.step(-1)).toBe(false)
    expect(source.step(1)).toBe(true)
    expect(source.current('brain')!.samples).toBe(10)
    expect(source.step(-1)).toBe(true)
    expect(source.current('brain')!.samples).toBe(5)
    source.seek(300)
    expect(source.step(1)).toBe(false)
  })

  it('goes to the frame at or before a place, tells so once, and not when it is there', () => {
    let told = 0
    const end = source.subscribe(() => {
      told += 1
    })
    expect(source.seek(102)).toBe(true)
    expect(source.position).toBe(100)
    source.seek(104)
    expect(told).toBe(1)
    for (const [samples, position] of [
      [0, 5],
      [-3, 5],
      [9e9, 300],
      [300, 300],
    ] as const) {
      source.seek(samples)
      expect(source.position).toBe(position)
    }
    end()
    const before = told
    source.seek(50)
    expect(told).toBe(before)
    source.seekSeconds(3)
    expect(source.seconds).toBeCloseTo(3)
  })

  it('loops between two places', () => {
    source.setLoop(200, 100)
    expect(source.loop).toEqual({ from: 100, to: 200 })
    source.seek(190)
    source.run(Number.POSITIVE_INFINITY)
    const seen = new Set<number>()
    source.subscribe(() => seen.add(source.position))
    clock.pass(8)
    expect(Math.max(...seen)).toBe(200)
    expect(Math.min(...seen)).toBe(100)
    source.setLoop()
    clock.pass(20)
    expect(source.position).toBe(300)
  })

  it('loops even over a single frame without hanging', () => {
    source.setLoop(100, 100)
    source.seek(100)
    source.run(Number.POSITIVE_INFINITY)
    clock.pass(5)
    expect(source.position).toBe(100)
  })

  it('has the whole history from the beginning', () => {
    expect(source.history.mlp.length).toBe(60)
    expect([...source.history.brain.column('samples')].at(-1)).toBe(300)
    const { brain } = recording.readers()
    expect(source.history.brain.column('testAccuracy')[40]).toBeCloseTo(brain.read(40).testAccuracy)
  })

  it('marks its beginning, accuracies, and what the reader marks', () => {
    const { marks } = source
    expect(marks[0]).toEqual({ samples: 5, text: 'First frame' })
    expect(marks.filter(({ text }) => text.includes('75'))).toHaveLength(2)
    expect(marks.map(({ samples }) => samples)).toEqual(
      marks.map(({ samples }) => samples).sort((a, b) => a - b),
    )
    source.seek(120)
    source.toggleBookmark()
    expect(source.marks).toContainEqual({ samples: 120, text: 'Bookmark at 120 images' })
    source.toggleBookmark()
    expect(source.marks).toEqual(marks)
  })

  it('stops with its reason at a frame that cannot be shown, and keeps the one before', async () => {
    const broken = await openRecording(await makeRecording({ frames: 10, seconds: 1 }))
    const readers = broken.readers()
    const { RecordingError } = await import('../../experiments/recording/errors.ts')
    broken.readers = () => ({
      mlp: readers.mlp,
      brain: {
        read: index => {
          if (index === 3) throw new RecordingError('damaged', 'a test')
          return readers.brain.read(index)
        },
      },
    })
    const replay = new ReplaySource(broken, clock)
    replay.run(Number.POSITIVE_INFINITY)
    const shown: (number | undefined)[] = []
    replay.subscribe(() => shown.push(replay.current('brain')?.samples))
    clock.pass(3)
    expect(replay.problem?.code).toBe('damaged')
    expect(clock.running).toBe(false)
    expect(shown).toEqual([10, 15, 15])
  })

  it('does nothing more when it is disposed of', () => {
    source.run(1)
    source.dispose()
    expect(clock.running).toBe(false)
  })
})
