// The deep network's units: squares as bright as what they put out, with a rim as wide as their gradient.
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { mix, type Packed, type StageColours, signColour, withAlpha } from './colours.ts'
import { largest } from './edges.ts'
import { centreX, centreY, type Grid } from './layout.ts'
import type { MlpMotion } from './phases.ts'
import type { QuadBatch } from './quads.ts'
import { paletteTable } from './ramp.ts'
import type { StageView } from './view.ts'

/** A unit's half width as a share of its cell. */
const HALF = 0.4

/** Draws the units of layer `index` + 1. */
export function drawUnits(
  batch: QuadBatch,
  grid: Grid,
  mlp: MlpFrame,
  index: number,
  motion: MlpMotion,
  { palette }: StageView,
  colours: StageColours,
): void {
  const ramp = paletteTable(palette)
  const activations = mlp.activations[index]!
  const gradients = mlp.gradients[index]!
  const lesions = mlp.lesions[index]!
  // Probabilities are shown as they are; sums that enter no such scale, over the largest of their layer.
  const most = index === mlp.activations.length - 1 ? 1 : largest(activations)
  const mostGradient = largest(gradients)
  const lit = motion.lit[index + 1]!
  const told = motion.told[index + 1]!
  const half = grid.pitch * HALF
  const corner = half * 0.3
  for (let unit = 0; unit < grid.count; unit++) {
    const x = centreX(grid, unit)
    const y = centreY(grid, unit)
    if (lesions[unit] === 1) {
      drawLesion(batch, x, y, half, corner, colours)
      continue
    }
    const colour = ramp[Math.min((Math.abs(activations[unit]!) / most) * 255, 255) | 0]!
    batch.square(x, y, half, corner, lit >= 1 ? colour : mix(ramp[0]!, colour, lit))
    const gradient = gradients[unit]! / mostGradient
    const width = told * Math.abs(gradient) ** 0.7 * Math.min(grid.pitch * 0.2, 3.5)
    if (width > 0.3)
      batch.square(
        x,
        y,
        half + width * 0.6,
        corner + width * 0.6,
        withAlpha(colours.well, 0),
        width,
        signColour(gradient),
      )
  }
}

function drawLesion(
  batch: QuadBatch,
  x: number,
  y: number,
  half: number,
  corner: number,
  { well, rim }: StageColours,
): void {
  batch.square(x, y, half, corner, well, 1, rim)
  const arm = half * 0.5
  batch.line(x - arm, y - arm, x + arm, y + arm, 1, rim)
  batch.line(x - arm, y + arm, x + arm, y - arm, 1, rim)
}

/** A line around a unit that is looked at. */
export function markUnit(
  batch: QuadBatch,
  grid: Grid | undefined,
  unit: number,
  width: number,
  ink: Packed,
): void {
  if (grid === undefined || unit >= grid.count) return
  const half = grid.pitch / 2 + width
  batch.square(centreX(grid, unit), centreY(grid, unit), half, half * 0.3, withAlpha(ink, 0), width, ink)
}
