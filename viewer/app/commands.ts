// What the keyboard and the buttons of the transport do, in one place.

import { SLOW_SPEED } from '../frames/source.ts'
import { count, percent } from '../panels/format.ts'
import { palettes } from '../stage/view.ts'
import { MOST_EDGES } from '../state/address.ts'
import { addressOf, openScreen } from '../state/addressBar.ts'
import * as store from '../state/store.ts'
import { text } from '../text/text.ts'
import { announce } from './announcer.tsx'
import { player, reading } from './player.ts'
import { requestRestart } from './restarts.ts'

/** A speed as people read it. */
export function speedWords(speed: number): string {
  const words = text.value.shell
  if (speed === Number.POSITIVE_INFINITY) return words.fullSpeed
  const told = String(speed)
  return speed <= SLOW_SPEED ? words.slowMotion(told) : words.speedTold(told)
}

export function togglePlay(): void {
  // A drawn digit stands in the way of the images: they go on.
  store.playing.value = reading.value !== null || !store.playing.value
  player.endReading()
  const { paused, playing } = text.value.shell.announce
  announce(store.playing.value ? playing : paused)
}

export function step(direction: 1 | -1): void {
  if (direction < 0 && store.sampleTime.value <= 0 && !canGoBack()) return
  player.step(direction)
}

export function stepSample(direction: 1 | -1): void {
  if (direction < 0 && !canGoBack()) return
  player.stepSample(direction)
}

function canGoBack(): boolean {
  if (store.source.value?.origin === 'recording') return true
  announce(text.value.shell.announce.noBack)
  return false
}

export function stepSpike(direction: 1 | -1): void {
  const { noNeuron, noSpike } = text.value.shell.announce
  if (store.focus.value?.kind !== 'brain') announce(noNeuron)
  else if (!player.stepSpike(direction)) announce(noSpike)
}

export function setSpeed(speed: number): void {
  store.speed.value = speed
  announce(text.value.shell.announce.speed(speedWords(speed)))
}

/** Between phase by phase and as fast as it goes. */
export function toggleSlow(): void {
  setSpeed(store.speed.value <= SLOW_SPEED ? Number.POSITIVE_INFINITY : 0.25)
}

/** None, some, many. */
export function nextEdges(): void {
  const stops = [0, 400, MOST_EDGES]
  store.edges.value = stops.find(stop => stop > store.edges.value) ?? 0
  const words = text.value.shell
  const told = store.edges.value === 0 ? words.noEdges : words.edgesTold(count(store.edges.value))
  announce(words.announce.edges(told))
}

export function nextPalette(): void {
  const next = palettes[(palettes.indexOf(store.palette.value) + 1) % palettes.length] ?? palettes[0]
  store.palette.value = next
  announce(text.value.shell.announce.palette(text.value.shell.palettes[next]))
}

export function toggleDrawing(): void {
  if (store.screen.value !== 'stage' && store.screen.value !== 'present') openScreen('stage')
  store.drawing.value = !store.drawing.value
}

export function togglePresent(): void {
  if (store.screen.value === 'present') {
    if (document.fullscreenElement) void document.exitFullscreen()
    openScreen('stage')
    return
  }
  openScreen('present')
  // A page inside another may not fill the screen; it presents all the same.
  document.documentElement.requestFullscreen?.().catch(() => undefined)
}

export function restart(): void {
  void requestRestart()
}

export async function copyLink(): Promise<void> {
  const words = text.value.shell
  const link = new URL(addressOf(), location.href).href
  try {
    await navigator.clipboard.writeText(link)
    store.notify('information', words.linkCopied)
  } catch {
    store.notify('information', words.linkNotCopied)
  }
}

/** Leaves the innermost thing that is open. */
export function back(): void {
  if (store.drawing.value) store.drawing.value = false
  else if (reading.value !== null) player.endReading()
  else if (store.focus.value !== null) store.focus.value = null
  else if (store.screen.value !== 'stage') openScreen('stage')
}

/** How far both networks are, in a sentence; null before the first test. */
export function progressWords(): string | null {
  const from = store.source.value
  const mlp = from?.current('mlp')
  const brain = from?.current('brain')
  if (!from || !mlp || !brain || (Number.isNaN(mlp.testAccuracy) && Number.isNaN(brain.testAccuracy)))
    return null
  return text.value.shell.announce.accuracy(
    count(from.position),
    percent(mlp.testAccuracy, 0),
    percent(brain.testAccuracy, 0),
  )
}
