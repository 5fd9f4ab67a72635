// The MLP's answer: ten probabilities, and in slow motion, once it has been told, how far each is from what was right.
import { CLASSES } from '../../experiments/learners/common.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { type BarLayout, barAt, barLayout, drawBars } from './bars.ts'
import { signColour, withAlpha } from './colours.ts'
import { type MakePanel, Seen } from './panel.ts'
import { mlpMotion } from './phases.ts'
import { QuadBatch } from './quads.ts'
import type { Rectangle, StageView } from './view.ts'

/** A smaller error is not worth a mark. */
const LEAST_ERROR = 0.04

export const makeMlpOutput: MakePanel = scene => {
  const batch = new QuadBatch(scene)
  const seen = new Seen()
  const values = new Float32Array(CLASSES)
  let place: Rectangle | null = null
  let layout: BarLayout | null = null

  function draw({ mlp, time, slow, theme }: StageView): void {
    const { lit, told } = mlpMotion(time)
    const shown = slow ? lit[3] : 1
    const judged = slow ? told[3] : 0
    if (layout === null || !seen.changed(mlp, shown, judged, theme)) return
    batch.begin()
    const probabilities = mlp?.activations[2]
    if (mlp !== null && probabilities !== undefined) {
      for (let digit = 0; digit < CLASSES; digit++) values[digit] = probabilities[digit]! * shown
      const named = shown > 0.5 ? largest(probabilities) : -1
      drawBars(batch, layout, theme, { values, label: mlp.label, named, round: false })
      if (judged > 0 && mlp.label >= 0) drawErrors(layout, mlp, judged)
    }
  }

  /** From what was answered to what was right, in the colour of the gradient's sign. */
  function drawErrors({ top, height, width, middle }: BarLayout, mlp: MlpFrame, judged: number): void {
    const errors = mlp.gradients[2]
    const bottom = top + height
    for (let digit = 0; digit < CLASSES; digit++) {
      const error = errors?.[digit] ?? 0
      if (Math.abs(error) < LEAST_ERROR) continue
      const from = bottom - values[digit]! * height
      const to = from + error * height * judged
      const x = middle(digit)
      const colour = withAlpha(signColour(error), judged)
      const thick = Math.min(Math.max(width * 0.22, 2), 5)
      batch.box(x - thick / 2, Math.min(from, to), thick, Math.abs(to - from), thick / 2, colour)
    }
  }

  return {
    place: rectangle => {
      place = rectangle
      layout = rectangle === null ? null : barLayout(rectangle, scene.pixel)
      seen.forget()
    },
    draw,
    pick: x => (place === null ? null : { kind: 'mlp', layer: 3, unit: barAt(place, x) }),
    dispose: () => batch.dispose(),
  }
}

/** Where the largest value lies, -1 where all are nothing. */
export function largest(values: Float32Array): number {
  let best = -1
  for (let index = 0; index < values.length; index++)
    if (values[index]! > (best < 0 ? 0 : values[best]!)) best = index
  return best
}
