// Palettes as tables of 256 packed colours, for batches that colour thousands of shapes.
import type { Packed } from './colours.ts'
import { paletteColour } from './palettes.ts'
import type { Palette } from './view.ts'

const tables = new Map<Palette, readonly Packed[]>()

/** The colours of the magnitudes 0/255 to 255/255. */
export function paletteTable(palette: Palette): readonly Packed[] {
  let table = tables.get(palette)
  if (table === undefined) {
    table = Array.from({ length: 256 }, (_, byte) => paletteColour(palette, byte / 255))
    tables.set(palette, table)
  }
  return table
}
