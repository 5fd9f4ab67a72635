// Keeps the one canvas under whatever pictures a screen shows, and tells the stage where they are.
import { signal } from '@preact/signals'
import type { Stage } from '../stage/stage.ts'
import { type PanelName, panelNames, type Rectangle, type Target } from '../stage/view.ts'
import { text } from '../text/text.ts'
import { announce } from './announcer.tsx'
import { player } from './player.ts'

/** The stage, null until it is there, and how it fares. */
export const stage = signal<Stage | null>(null)
export const stageState = signal<'starting' | 'ready' | 'lost' | 'unavailable' | 'failed'>('starting')

/** Height of the canvas, in heights of the window: it moves along as the page scrolls, so that its size stays bounded. */
const CANVAS_HEIGHT = 1.6
/** A picture this far outside of the window, in CSS pixels, is not drawn. */
const MARGIN = 160

const pictures = new Map<PanelName, HTMLElement>()
const placed = new Map<PanelName, string>()
let canvas: HTMLCanvasElement | null = null
let surface: HTMLElement | null = null
let size = ''
/** Where the canvas begins, from the top of the surface. */
let top = 0

/** Says that this element is the place of a panel. Returns what takes it back. */
export function registerPicture(panel: PanelName, element: HTMLElement): () => void {
  pictures.set(panel, element)
  return () => {
    if (pictures.get(panel) === element) pictures.delete(panel)
  }
}

/** Fetches the stage and draws on this canvas, which lies in `onto`, from now on. */
export async function startStage(onto: HTMLElement, element: HTMLCanvasElement): Promise<void> {
  surface = onto
  canvas = element
  try {
    const { createStage } = await import('../stage/stage.ts')
    const made = await createStage(element)
    made.onContext(state => {
      stageState.value = state === 'lost' ? 'lost' : 'ready'
      announce(text.value.stage[state])
    })
    stage.value = made
    stageState.value = 'ready'
    player.watchers.add(arrange)
    player.drawing = made
  } catch (error) {
    element.hidden = true
    // Without its script, or with a fault in it, no other browser would help.
    stageState.value =
      error instanceof Error && error.name === 'StageUnavailableError' ? 'unavailable' : 'failed'
  }
}

/** What lies under a point of the window. */
export function pick(clientX: number, clientY: number): Target | null {
  if (canvas === null) return null
  const { left, top: above } = canvas.getBoundingClientRect()
  return stage.value?.pick(clientX - left, clientY - above) ?? null
}

/** Brings the canvas and the places on it to where the page has its pictures now; changes nothing where nothing moved. */
function arrange(): void {
  const drawn = stage.value
  if (drawn === null || canvas === null || surface === null) return
  const ground = surface.getBoundingClientRect()
  const rectangles = new Map<PanelName, DOMRect>()
  for (const [panel, element] of pictures) {
    const rectangle = element.getBoundingClientRect()
    if (rectangle.width > 0 && rectangle.bottom > -MARGIN && rectangle.top < innerHeight + MARGIN)
      rectangles.set(panel, rectangle)
  }
  canvas.hidden = rectangles.size === 0
  moveCanvas(drawn, ground, [...rectangles.values()])
  for (const panel of panelNames) {
    const rectangle = rectangles.get(panel)
    place(drawn, panel, rectangle ? within(rectangle, ground) : null)
  }
}

/** The canvas reaches from the first picture in sight on, and stays while all of them are on it. */
function moveCanvas(drawn: Stage, ground: DOMRect, rectangles: readonly DOMRect[]): void {
  if (rectangles.length === 0 || canvas === null) return
  const first = Math.min(...rectangles.map(rectangle => rectangle.top)) - ground.top
  const last = Math.max(...rectangles.map(rectangle => rectangle.bottom)) - ground.top
  const height = Math.ceil(Math.min(Math.max(innerHeight * CANVAS_HEIGHT, last - first), ground.height))
  if (first < top || last > top + height)
    top = Math.max(0, Math.min(Math.floor(first - MARGIN), Math.floor(ground.height - height)))
  const next = `${ground.width} ${height} ${devicePixelRatio} ${top}`
  if (next === size) return
  size = next
  canvas.style.transform = `translateY(${top}px)`
  drawn.resize(ground.width, height, devicePixelRatio)
}

function within({ left, top: above, width, height }: DOMRect, ground: DOMRect): Rectangle {
  return { left: left - ground.left, top: above - ground.top - top, width, height }
}

function place(drawn: Stage, panel: PanelName, rectangle: Rectangle | null): void {
  const key = rectangle === null ? '' : Object.values(rectangle).join(' ')
  if ((placed.get(panel) ?? '') === key) return
  placed.set(panel, key)
  drawn.place(panel, rectangle)
}
