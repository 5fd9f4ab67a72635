// The brain's neurons as shapes: excitatory ones as round cells, inhibitory ones as small diamonds.
import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import { CLASSES } from '../../experiments/learners/common.ts'
import type { BrainActivity } from './brainActivity.ts'
import { mix, type Packed, type StageColours, signs, withAlpha } from './colours.ts'
import { type BrainLayout, centreX, centreY, type Grid } from './layout.ts'
import { classColour } from './palettes.ts'
import type { QuadBatch } from './quads.ts'
import type { Theme } from './view.ts'

/** A cell's radius as a share of its place. */
const RADIUS = 0.42
/** Less light than this is not drawn. */
const DARK = 0.04

/** Cells in the hue of the digit they are read out as, filled by their membrane, ringed by their threshold; spikes as light. */
export function drawCells(
  batch: QuadBatch,
  grid: Grid,
  brain: BrainFrame,
  { levels, dimming, glow }: BrainActivity,
  theme: Theme,
  colours: StageColours,
): void {
  const radius = grid.pitch * RADIUS
  const looks = cellLooks(theme, colours)
  const mostTheta = Math.max(brain.thetaMaximum, 1e-6)
  for (let neuron = 0; neuron < grid.count; neuron++) {
    const x = centreX(grid, neuron)
    const y = centreY(grid, neuron)
    if (brain.lesions[neuron] === 1) {
      drawLesion(batch, x, y, radius, colours.rim)
      continue
    }
    const look = looks[brain.labels[neuron]! + 1]!
    const dim = dimming[neuron]!
    const fill = dim === 0 ? look.fill : mix(look.fill, colours.well, 0.55 * dim)
    const rim = dim === 0 ? look.rim : mix(look.rim, signs.negative, 0.6 * dim)
    batch.cell(x, y, radius, levels[neuron]!, brain.theta[neuron]! / mostTheta, fill, rim)
  }
  for (let neuron = 0; neuron < grid.count; neuron++) {
    const light = glow[neuron]!
    if (light < DARK) continue
    const x = centreX(grid, neuron)
    const y = centreY(grid, neuron)
    batch.glow(x, y, radius * 2.6, withAlpha(colours.spike, 0.75 * light))
    batch.disc(x, y, radius * 0.45, withAlpha(colours.core, light))
  }
}

/** How the cells of each class look that nothing inhibits, those of none first. */
function cellLooks(theme: Theme, { well, pale }: StageColours): { fill: Packed; rim: Packed }[] {
  return Array.from({ length: CLASSES + 1 }, (_, index) => {
    const hue = classColour(theme, index - 1)
    return { fill: mix(hue, well, pale), rim: mix(hue, well, 0.3) }
  })
}

/** A silenced neuron: an empty ring, struck through. */
function drawLesion(batch: QuadBatch, x: number, y: number, radius: number, rim: Packed): void {
  batch.ring(x, y, radius, 1, rim)
  const arm = radius * 0.45
  batch.line(x - arm, y + arm, x + arm, y - arm, 1, rim)
}

/** The inhibitory neurons, one for each excitatory one, and the line from the winner to its own. */
export function drawInhibitory(
  batch: QuadBatch,
  { excitatory, inhibitory }: BrainLayout,
  winner: number,
  lights: Float32Array,
  { rim }: StageColours,
): void {
  if (inhibitory === null) return
  if (winner >= 0 && winner < excitatory.count) {
    const colour = withAlpha(signs.negative, 0.25 + 0.6 * lights[winner]!)
    const x = centreX(inhibitory, winner)
    const y = centreY(inhibitory, winner)
    batch.line(centreX(excitatory, winner), centreY(excitatory, winner), x, y, 1, colour)
  }
  const half = inhibitory.pitch * 0.3
  for (let neuron = 0; neuron < inhibitory.count; neuron++) {
    const light = lights[neuron]!
    const colour = light < DARK ? rim : mix(rim, signs.negative, light)
    batch.diamond(centreX(inhibitory, neuron), centreY(inhibitory, neuron), half * (1 + 0.8 * light), colour)
  }
}

/** A circle around a neuron that is looked at. */
export function markCell(batch: QuadBatch, grid: Grid, unit: number, width: number, ink: Packed): void {
  if (unit >= grid.count) return
  batch.ring(centreX(grid, unit), centreY(grid, unit), grid.pitch / 2 + width, width, ink)
}
