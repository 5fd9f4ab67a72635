// What the page runs: the bundled recording at once, the live run as soon as it is there, and who of both is shown.
import { effect, signal } from '@preact/signals'
import { openRecording } from '../../experiments/recording/open.ts'
import type { DataLoader } from '../data/dataSet.ts'
import { shippedImages } from '../data/shipped.ts'
import { type LiveProblem, LiveSource } from '../frames/live.ts'
import { ReplaySource } from '../frames/replay.ts'
import * as state from '../state/store.ts'
import { text } from '../text/text.ts'
import { stageState } from './stageHost.ts'

/** The live run, null where it could not be started. */
export const live = signal<LiveSource | null>(null)
/** Whether the live run has shown both networks after they learned. */
const liveReady = signal(false)
const poster = signal<ReplaySource | null>(null)
/** What the live run learns from; a recording is verified on it. */
export const imagesAtHand = signal<DataLoader>(shippedImages())

/** The screens that show the live run; the others bring a source of their own. */
const liveScreens: ReadonlySet<state.Screen> = new Set(['stage', 'lab', 'present'])

/** Starts the bundled recording and the live run, and keeps both as the page's state says. */
export function startSession(): void {
  if (state.reducedMotion.value) state.playing.value = false
  void loadPoster()
  afterFirstPicture(() => {
    if (live.peek() === null) startLive(imagesAtHand.peek())
  })
  effect(showOne)
  effect(() => {
    // Until it is shown nobody else runs it; a page that stands still begins to learn when it is told to play.
    const run = live.value
    if (run === null || state.source.value === run) return
    const warmingUp = state.playing.value && !liveReady.value && liveScreens.has(state.screen.value)
    run.run(warmingUp ? Number.POSITIVE_INFINITY : 0)
  })
  effect(() => void live.value?.configure(state.config.value))
  effect(() => live.value?.setPace(state.pace.value))
  effect(() => {
    if (state.restarts.value > 0) live.peek()?.restart()
  })
  effect(() => {
    const { source, focus } = { source: state.source.value, focus: state.focus.value }
    for (const kind of ['mlp', 'brain'] as const) source?.setFocus(kind, focus?.kind === kind ? focus : null)
  })
}

/** Milliseconds from the stage being there to its first picture being made. */
const FIRST_PICTURE = 50

/** Calls back when the first picture is on its way, or never will be: made beside two workers that start it would take longer. */
function afterFirstPicture(then: () => void): void {
  const end = stageState.subscribe(state => {
    if (state === 'starting') return
    queueMicrotask(() => end())
    setTimeout(then, FIRST_PICTURE)
  })
}

/** Learns from these images from now on: both networks begin anew. */
export function learnFrom(data: DataLoader): void {
  live.value?.dispose()
  liveReady.value = false
  imagesAtHand.value = data
  startLive(data)
}

/** Shows the live run or, until it is there, the bundled recording, on the screens that are theirs. */
function showOne(): void {
  if (!liveScreens.has(state.screen.value)) return
  const next = liveReady.value ? live.value : poster.value
  if (next !== null || state.source.peek() === null) state.source.value = next
}

async function loadPoster(): Promise<void> {
  try {
    const response = await fetch(new URL('../recordings/poster.mcap', import.meta.url))
    if (!response.ok) throw new Error(`status ${response.status}`)
    const recording = await openRecording(await response.arrayBuffer(), { trusted: true })
    const source = new ReplaySource(recording)
    source.setLoop(source.start, source.length)
    poster.value = source
  } catch {
    state.notify('problem', text.value.stage.noPoster)
  }
}

function startLive(data: DataLoader): void {
  try {
    const run = new LiveSource({
      data,
      config: state.config.peek(),
      pace: state.pace.peek(),
      onProblem: tellProblem,
    })
    run.subscribe(() => {
      if (liveReady.peek()) return
      const [mlp, brain] = [run.current('mlp'), run.current('brain')]
      liveReady.value = run === live.peek() && (mlp?.samples ?? 0) > 0 && (brain?.samples ?? 0) > 0
    })
    live.value = run
  } catch (error) {
    live.value = null
    tellProblem('noWorkers', error instanceof Error ? error.message : String(error), null)
  }
}

function tellProblem(problem: LiveProblem, detail: string, kind: 'mlp' | 'brain' | null): void {
  const { live: words } = text.value.problems
  const told = words[problem]
  const network = kind === null ? '' : words.networks[kind]
  state.notify(problem === 'slowBackend' ? 'information' : 'problem', told(network, detail))
}
