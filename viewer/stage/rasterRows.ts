// Which row of the raster a neuron's spikes lie in: neurons in order of the digit they are read out as, several to a row where room is short.

import type { RasterRows } from './rasterRange.ts'

/** A spike is never drawn lower than this, CSS pixels. */
const ROW_HEIGHT = 4
/** Most rows: those of the raster's texture. */
export const MOST_ROWS = 256

/** How the neurons share the rows that fit into a height, CSS pixels: all are shown, none is left out. */
export function rasterRows(neurons: number, height: number): RasterRows {
  const most = Math.min(Math.max(Math.floor(height / ROW_HEIGHT), 1), MOST_ROWS)
  const neuronsPerRow = Math.max(Math.ceil(neurons / most), 1)
  return { neurons, rows: Math.ceil(neurons / neuronsPerRow), neuronsPerRow }
}

/** Classes in the raster's order: the ten digits, then the neurons that have none yet. */
export const GROUPS = 11

/** A label's group: 10 for none. */
export const groupOf = (label: number): number => (label < 0 ? GROUPS - 1 : label)

/**
 * Puts the neurons in order of their labels, and in that of their numbers where labels are the same.
 * @param order receives the neuron at each place, [neurons].
 * @param starts receives the place at which each group begins, and the end, [GROUPS + 1].
 */
export function orderByLabel(labels: Int8Array, order: Uint16Array, starts: Uint16Array): void {
  starts.fill(0)
  for (let neuron = 0; neuron < labels.length; neuron++) starts[groupOf(labels[neuron]!) + 1]!++
  for (let group = 0; group < GROUPS; group++) starts[group + 1]! += starts[group]!
  const next = starts.slice()
  for (let neuron = 0; neuron < labels.length; neuron++) {
    const group = groupOf(labels[neuron]!)
    order[next[group]!++] = neuron
  }
}
