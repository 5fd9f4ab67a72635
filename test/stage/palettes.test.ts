// The palettes begin and end where they were published, and their table of pixels says the same as the functions.
import { describe, expect, it } from 'vitest'
import { hex } from '../../viewer/stage/colours.ts'
import {
  classColour,
  classHues,
  paletteColour,
  palettePixels,
  signedColour,
  TABLE_HEIGHT,
  TABLE_WIDTH,
  tableRow,
} from '../../viewer/stage/palettes.ts'
import { palettes } from '../../viewer/stage/view.ts'

const channels = (colour: number) => [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255]
const luminance = (colour: number) => {
  const [red, green, blue] = channels(colour).map(value => (value / 255) ** 2.2)
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

describe('palettes of magnitudes', () => {
  it('have the published ends', () => {
    expect(paletteColour('viridis', 0)).toBe(hex('#440154'))
    expect(paletteColour('viridis', 1)).toBe(hex('#fde725'))
    expect(paletteColour('viridis', 128 / 255)).toBe(hex('#21918c'))
    expect(paletteColour('grey', 0)).toBe(hex('#000000'))
    expect(paletteColour('grey', 1)).toBe(hex('#ffffff'))
    // The fitted polynomials meet the table of the paper within a few steps of a byte.
    const table: [number, string][] = [
      [0, '#00204c'],
      [0.5, '#7c7b78'],
      [1, '#ffe945'],
    ]
    for (const [value, published] of table) {
      const [ours, theirs] = [channels(paletteColour('cividis', value)), channels(hex(published))]
      ours.forEach((channel, index) => {
        expect(Math.abs(channel - theirs[index]!)).toBeLessThanOrEqual(6)
      })
    }
  })

  it.each(palettes)('%s grows lighter all the way, and takes values from outside for its ends', palette => {
    for (let byte = 8; byte < 256; byte += 8)
      expect(luminance(paletteColour(palette, byte / 255))).toBeGreaterThan(
        luminance(paletteColour(palette, (byte - 8) / 255)),
      )
    expect(paletteColour(palette, -3)).toBe(paletteColour(palette, 0))
    expect(paletteColour(palette, 7)).toBe(paletteColour(palette, 1))
  })
})

describe('signed colours', () => {
  it.each(['light', 'dark'] as const)('are vermillion below zero and blue above, in the %s theme', theme => {
    for (const value of [0.3, 0.6, 1]) {
      const [red, , blue] = channels(signedColour(theme, value))
      expect(blue).toBeGreaterThan(red!)
      const [redBelow, , blueBelow] = channels(signedColour(theme, -value))
      expect(redBelow).toBeGreaterThan(blueBelow!)
    }
    expect(signedColour(theme, 0.5)).toBe(hex('#0072b2'))
    expect(signedColour(theme, -0.5)).toBe(hex('#d55e00'))
  })
})

describe('hues of digits', () => {
  it.each(['light', 'dark'] as const)('are ten different ones in the %s theme', theme => {
    expect(new Set(classHues[theme]).size).toBe(10)
    expect(classColour(theme, 3)).toBe(hex(classHues[theme][3]!))
    expect(classHues[theme].map(hue => hex(hue))).not.toContain(classColour(theme, -1))
  })
})

describe('table of pixels', () => {
  it('holds every palette in its row', () => {
    const pixels = new Uint32Array(palettePixels().buffer)
    expect(pixels).toHaveLength(TABLE_WIDTH * TABLE_HEIGHT)
    const at = (row: Parameters<typeof tableRow>[0], theme: 'light' | 'dark', byte: number) =>
      pixels[tableRow(row, theme) * TABLE_WIDTH + byte]
    for (const palette of palettes) expect(at(palette, 'light', 200)).toBe(paletteColour(palette, 200 / 255))
    for (const theme of ['light', 'dark'] as const) {
      expect(at('signed', theme, 128)).toBe(signedColour(theme, 0))
      expect(at('signed', theme, 255)).toBe(signedColour(theme, 1))
      expect(at('hues', theme, 7)).toBe(classColour(theme, 7))
      expect(at('hues', theme, 10)).toBe(classColour(theme, -1))
    }
  })
})
