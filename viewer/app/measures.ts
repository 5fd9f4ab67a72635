// What the page measures of itself when its address says `measure=1`, for benchmarks and tests.
import { effect } from '@preact/signals'
import { source } from '../state/store.ts'
import { player } from './player.ts'

/** Times are milliseconds since navigation; null until it has happened. */
export interface Measures {
  /** When the stage first showed a second, different frame. */
  firstMotion: number | null
  /** When the first frame of a live run was shown that had learned something. */
  firstLive: number | null
  /** Script time of each drawn frame, ms, the last 2,000. */
  readonly scripts: number[]
  /** Time between animation frames, ms, the last 2,000. */
  readonly intervals: number[]
  /** Tasks of the page's thread that took more than 50 ms: when and how long. */
  readonly longTasks: { readonly at: number; readonly milliseconds: number }[]
  /** Of the live run, as the page was told. */
  readonly accuracies: {
    readonly at: number
    readonly kind: 'mlp' | 'brain'
    readonly samples: number
    readonly train: number
    readonly test: number
  }[]
  /** Draw calls and textures of the last frame. */
  drawCalls: number
  textures: number
}

const KEPT = 2000

function keep(list: number[], value: number): void {
  if (list.length === KEPT) list.shift()
  list.push(value)
}

/** What the stage says of its last frame. */
export interface StageStatistics {
  readonly drawCalls: number
  readonly textures: number
  readonly scriptMilliseconds: number
}

/** Begins to measure into `globalThis.spikegradMeasures`. */
export function startMeasuring(statistics: () => StageStatistics | null): void {
  const measures: Measures = {
    ...{ firstMotion: null, firstLive: null, drawCalls: 0, textures: 0 },
    ...{ scripts: [], intervals: [], longTasks: [], accuracies: [] },
  }
  Object.assign(globalThis, { spikegradMeasures: measures })
  watchLongTasks(measures)
  watchFrames(measures, statistics)
  const lastSamples = { mlp: -1, brain: -1 }
  effect(() => {
    const live = source.value
    if (live?.origin !== 'live') return
    return live.subscribe(() => {
      for (const kind of ['mlp', 'brain'] as const) {
        const frame = live.current(kind)
        if (!frame || frame.samples === 0 || frame.samples === lastSamples[kind]) continue
        lastSamples[kind] = frame.samples
        measures.firstLive ??= performance.now()
        const { samples, trainAccuracy: train, testAccuracy: test } = frame
        measures.accuracies.push({ at: performance.now(), kind, samples, train, test })
      }
    })
  })
}

function watchLongTasks(measures: Measures): void {
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) {
      measures.longTasks.push({ at: startTime, milliseconds: duration })
    }
  }).observe({ type: 'longtask', buffered: true })
}

function watchFrames(measures: Measures, statistics: () => StageStatistics | null): void {
  let last = Number.NaN
  let shown: object | null = null
  player.watchers.add(now => {
    if (!Number.isNaN(last)) keep(measures.intervals, now - last)
    last = now
    // The stage has drawn the frame before this one.
    const drawn = statistics()
    if (drawn === null) return
    keep(measures.scripts, drawn.scriptMilliseconds)
    measures.drawCalls = drawn.drawCalls
    measures.textures = drawn.textures
    const { brain } = player.frames
    if (measures.firstMotion === null && shown !== null && brain !== shown)
      measures.firstMotion = performance.now()
    shown = brain
  })
}
