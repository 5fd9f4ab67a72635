// The image at the left of a network, pixel by pixel, with what its inputs have just fired.
import { SIDE } from '../../experiments/learners/common.ts'
import { mix, type StageColours, signColour, withAlpha } from './colours.ts'
import { largest } from './edges.ts'
import { centreX, centreY, type Grid } from './layout.ts'
import type { QuadBatch } from './quads.ts'

/** Pixels darker than this are part of the ground. */
const DARK = 12

/** What is laid over the image. */
export interface InputOverlay {
  /** Of each pixel, the light of its last spikes, from 0 to 1. */
  readonly traces?: Float32Array
  /** Of each pixel, its weight into the unit that is looked at; the strongest is shown in full. */
  readonly weights?: Int8Array | Uint8Array | undefined
}

/** Draws the pixels as ink on a plate, with what is laid over them. */
export function drawInput(
  batch: QuadBatch,
  grid: Grid,
  pixels: Uint8Array,
  colours: StageColours,
  { traces, weights }: InputOverlay = {},
): void {
  const side = SIDE * grid.pitch
  const margin = Math.min(grid.pitch, 4)
  batch.box(
    grid.left - margin,
    grid.top - margin,
    side + 2 * margin,
    side + 2 * margin,
    5,
    colours.well,
    1,
    colours.guide,
  )
  const half = grid.pitch / 2
  if (weights !== undefined) drawWeights(batch, grid, weights, half)
  for (let pixel = 0; pixel < grid.count; pixel++) {
    const trace = traces?.[pixel] ?? 0
    const brightness = pixels[pixel]!
    if (brightness < DARK && trace < 0.02) continue
    const ink = withAlpha(
      colours.ink,
      (brightness / 255) * (traces === undefined && weights === undefined ? 0.95 : 0.45),
    )
    const colour = trace < 0.02 ? ink : mix(ink, colours.spike, Math.min(trace, 1))
    batch.square(centreX(grid, pixel), centreY(grid, pixel), half, 0, colour)
  }
}

/** The weights of a unit in the colours of their signs, under the image. */
function drawWeights(batch: QuadBatch, grid: Grid, weights: Int8Array | Uint8Array, half: number): void {
  const full = largest(weights)
  for (let pixel = 0; pixel < grid.count; pixel++) {
    const weight = weights[pixel]! / full
    const size = Math.abs(weight)
    if (size < 0.05) continue
    batch.square(
      centreX(grid, pixel),
      centreY(grid, pixel),
      half,
      0,
      withAlpha(signColour(weight), 0.9 * size),
    )
  }
}
