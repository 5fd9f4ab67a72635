// Colours by number: the palettes of magnitudes, the two signs, and a hue for each digit, as text and as one table of pixels.
import { hex, mix, type Packed, signs, stageColours } from './colours.ts'
import type { Palette, Theme } from './view.ts'

/** Red, green and blue of cividis, each a polynomial of the value, lowest power first (Nuñez, Anderton and Renslow 2018, PLoS ONE 13(7) e0199239; coefficients as fitted for d3-scale-chromatic). */
const cividis = [
  [-4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57],
  [32.49, 170.73, 52.82, -131.46, 176.58, -67.37],
  [81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67],
] as const

/** Every sixteenth colour of viridis (Smith and van der Walt 2015, matplotlib, CC0); between them, straight lines. */
const viridis =
  '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725'
    .split(' ')
    .map(text => hex(`#${text}`))

function polynomial(coefficients: readonly number[], value: number): number {
  const sum = coefficients.reduceRight((total, coefficient) => total * value + coefficient, 0)
  return Math.round(Math.min(Math.max(sum, 0), 255))
}

function alongCividis(value: number): Packed {
  const [red, green, blue] = cividis
  const channels = polynomial(red, value) | (polynomial(green, value) << 8) | (polynomial(blue, value) << 16)
  return (channels | 0xff000000) >>> 0
}

/** Between the colours of a list, from its first at 0 to its last at 1. */
function along(colours: readonly Packed[], value: number): Packed {
  const place = value * (colours.length - 1)
  const before = Math.min(Math.floor(place), colours.length - 2)
  return mix(colours[before]!, colours[before + 1]!, place - before)
}

const grey = [hex('#000000'), hex('#ffffff')]

/** The colour of a magnitude from 0 to 1. */
export function paletteColour(palette: Palette, value: number): Packed {
  const inside = Math.min(Math.max(value, 0), 1)
  if (palette === 'cividis') return alongCividis(inside)
  return along(palette === 'viridis' ? viridis : grey, inside)
}

/** From strongly negative to strongly positive, over what is empty in a theme. */
const signed: Readonly<Record<Theme, readonly Packed[]>> = {
  dark: [hex('#ffb27a'), signs.negative, stageColours.dark.well, signs.positive, hex('#7cc8f5')],
  light: [hex('#8f3d00'), signs.negative, hex('#f3f5f7'), signs.positive, hex('#003f66')],
}

/** The colour of a number from -1 to 1: vermillion below zero, blue above. */
export function signedColour(theme: Theme, value: number): Packed {
  return along(signed[theme], (Math.min(Math.max(value, -1), 1) + 1) / 2)
}

/** A picture's own greys: ink on paper, or light in the dark. */
const paper: Readonly<Record<Theme, readonly Packed[]>> = {
  dark: [hex('#12171e'), hex('#f4f6f8')],
  light: [hex('#f6f7f9'), hex('#17202b')],
}

/**
 * A hue for each digit, the same in every picture. Found by search: the least difference of any two, in OKLab and for normal, protan,
 * deutan and tritan sight (Machado, Oliveira and Fernandes 2009), is as large as lightness fit for the theme allows: at least 0.16
 * for normal sight and 0.088 for the others. Digits that are easily taken for one another lie far apart.
 */
export const classHues: Readonly<Record<Theme, readonly string[]>> = {
  dark: [
    ...['#fa5e8a', '#7c8918', '#74ebff', '#b94abf', '#d8a719'],
    ...['#03adb8', '#baa4ff', '#ffb6b3', '#acf778', '#4675f6'],
  ],
  light: [
    ...['#dd3b6f', '#a5b70f', '#2b8593', '#7a1680', '#8f6c00'],
    ...['#36c0ca', '#9970f8', '#d88e8b', '#2f5a01', '#254bc9'],
  ],
}

/** For what belongs to no digit yet. */
export const unlabelledHue: Readonly<Record<Theme, string>> = { dark: '#7d8793', light: '#8d97a3' }

/** The same hues for the stage's batches: ten digits, then none. */
const classColours: Readonly<Record<Theme, readonly Packed[]>> = {
  dark: [...classHues.dark, unlabelledHue.dark].map(hue => hex(hue)),
  light: [...classHues.light, unlabelledHue.light].map(hue => hex(hue)),
}

/** The colour of a class, -1 for none. */
export function classColour(theme: Theme, label: number): Packed {
  return classColours[theme][label < 0 ? 10 : label]!
}

/** Rows of the table of pixels, 256 colours each; a row of hues holds eleven. */
const tableRows = [
  ...['cividis', 'viridis', 'grey', 'signed dark', 'signed light'],
  ...['paper dark', 'paper light', 'hues dark', 'hues light'],
] as const
type TableRow = 'signed' | 'paper' | 'hues' | Palette

export const TABLE_WIDTH = 256
export const TABLE_HEIGHT = tableRows.length

/** Where a palette lies in the table. */
export function tableRow(row: TableRow, theme: Theme): number {
  const plain = (tableRows as readonly string[]).indexOf(row)
  return plain >= 0 ? plain : (tableRows as readonly string[]).indexOf(`${row} ${theme}`)
}

/** All palettes as RGBA pixels, [TABLE_HEIGHT, TABLE_WIDTH]; signed values have their zero at byte 128. */
export function palettePixels(): Uint8Array<ArrayBuffer> {
  const pixels = new Uint32Array(TABLE_WIDTH * TABLE_HEIGHT)
  const fill = (row: TableRow, theme: Theme, colour: (byte: number) => Packed) => {
    const start = tableRow(row, theme) * TABLE_WIDTH
    for (let byte = 0; byte < TABLE_WIDTH; byte++) pixels[start + byte] = colour(byte)
  }
  for (const palette of ['cividis', 'viridis', 'grey'] as const)
    fill(palette, 'dark', byte => paletteColour(palette, byte / 255))
  for (const theme of ['dark', 'light'] as const) {
    fill('signed', theme, byte => signedColour(theme, (byte - 128) / 127))
    fill('paper', theme, byte => along(paper[theme], byte / 255))
    fill('hues', theme, byte => classColours[theme][Math.min(byte, 10)]!)
  }
  return new Uint8Array(pixels.buffer)
}
