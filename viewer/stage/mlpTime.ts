// The MLP in time: the losses of the last images, each a dot, and their mean that forgets as a line, over decades of loss.
import { type Packed, type StageColours, stageColours, withAlpha } from './colours.ts'
import { LossRing, lossAxis, lossHeight } from './lossRing.ts'
import { type MakePanel, Seen } from './panel.ts'
import { QuadBatch } from './quads.ts'
import type { Rectangle, StageView } from './view.ts'

/** CSS pixels left of the chart, for its numbers, and around it. */
const GUTTER = 36
const MARGIN = 6
const DIGIT_HEIGHT = 11
/** Of a digit's height, what a number moves on for each digit. */
const ADVANCE = 0.58

/** Writes a decimal number so that it ends at `right`. */
function drawNumber(batch: QuadBatch, right: number, y: number, value: number, colour: Packed): void {
  const text = String(value)
  let x = right
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at]!
    if (character === '.') {
      batch.disc(x - 1.5, y + DIGIT_HEIGHT * 0.32, 0.9, colour)
      x -= 3
    } else {
      batch.digit(x - (ADVANCE * DIGIT_HEIGHT) / 2, y, DIGIT_HEIGHT, Number(character), colour)
      x -= ADVANCE * DIGIT_HEIGHT
    }
  }
}

function drawAxis(batch: QuadBatch, chart: Rectangle, colours: StageColours, pixel: number): void {
  const { left, top, width, height } = chart
  const every = height / (lossAxis.ticks.length - 1) < DIGIT_HEIGHT * 1.5 ? 2 : 1
  lossAxis.ticks.forEach((tick, index) => {
    const y = Math.round((top + (1 - lossHeight(tick)) * height) / pixel) * pixel
    batch.box(left, y - pixel, width, pixel, 0, colours.guide)
    if (index % every === 0) drawNumber(batch, left - 6, y, tick, withAlpha(colours.ink, 0.65))
  })
}

function drawLosses(batch: QuadBatch, ring: LossRing, chart: Rectangle, colours: StageColours): void {
  const { left, top, width, height } = chart
  const newest = ring.samples[ring.at(0)]!
  const span = Math.max(newest - ring.samples[ring.at(ring.length - 1)]!, 1)
  const xOf = (slot: number) => left + width * (1 - (newest - ring.samples[slot]!) / span)
  const yOf = (loss: number) => top + (1 - lossHeight(loss)) * height
  const dot = withAlpha(colours.ink, 0.28)
  for (let age = 0; age < ring.length; age++) {
    const slot = ring.at(age)
    batch.disc(xOf(slot), yOf(ring.losses[slot]!), 1.4, dot)
  }
  for (let age = 0; age + 1 < ring.length; age++) {
    const [slot, before] = [ring.at(age), ring.at(age + 1)]
    const [y, yBefore] = [yOf(ring.smoothed[slot]!), yOf(ring.smoothed[before]!)]
    batch.line(xOf(before), yBefore, xOf(slot), y, 2, colours.ink)
    // A round joint, without which a bend shows a notch.
    batch.disc(xOf(slot), y, 1, colours.ink)
  }
  const slot = ring.at(0)
  batch.disc(xOf(slot), yOf(ring.losses[slot]!), 3.5, colours.well, 1.5, colours.spike)
  batch.disc(xOf(slot), yOf(ring.smoothed[slot]!), 3, colours.ink)
}

export const makeMlpTime: MakePanel = scene => {
  const batch = new QuadBatch(scene)
  const ring = new LossRing()
  const seen = new Seen()
  let frame: StageView['mlp'] = null
  let chart: Rectangle | null = null

  function draw({ mlp, theme }: StageView): void {
    if (mlp !== frame) {
      frame = mlp
      if (mlp !== null) ring.add(mlp.samples, mlp.loss)
    }
    if (chart === null || !seen.changed(mlp, theme)) return
    const colours = stageColours[theme]
    batch.begin()
    drawAxis(batch, chart, colours, scene.pixel)
    if (ring.length > 0) drawLosses(batch, ring, chart, colours)
  }

  return {
    place: rectangle => {
      seen.forget()
      if (rectangle === null) return
      const { left, top, width, height } = rectangle
      chart = {
        left: left + GUTTER,
        top: top + MARGIN,
        width: Math.max(width - GUTTER - MARGIN, 1),
        height: Math.max(height - 2 * MARGIN, 1),
      }
    },
    draw,
    pick: () => null,
    dispose: () => batch.dispose(),
  }
}
