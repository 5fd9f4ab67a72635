// The colours of the report: one for each network, and the scales of the pictures.
import { type ScaleOptions, scale } from '@observablehq/plot'

/** The networks' colours, which the style sheet sets for light and dark: blue and orange differ for every kind of sight. */
export const networkColour = { mlp: 'var(--mlp)', snn: 'var(--snn)' } as const

export type Rgb = [red: number, green: number, blue: number]

/** Entries of a ramp; the last entry of a 256-colour palette is left for what lies between the pictures. */
export const RAMP_LENGTH = 255

function parseColour(text: string): Rgb {
  const hexadecimal = /^#(..)(..)(..)$/.exec(text)
  if (hexadecimal !== null) {
    return [1, 2, 3].map(group => Number.parseInt(hexadecimal[group]!, 16)) as Rgb
  }
  return [...text.matchAll(/\d+/g)].slice(0, 3).map(match => Number(match[0])) as Rgb
}

function ramp(options: ScaleOptions, least: number): Rgb[] {
  const colour = scale({ color: { type: 'linear', ...options } })
  return Array.from({ length: RAMP_LENGTH }, (_, i) =>
    parseColour(String(colour.apply(least + ((1 - least) * i) / (RAMP_LENGTH - 1)))),
  )
}

/** From nothing (dark) to the strongest (light), even to the eye. */
export const sequentialRamp = ramp({ scheme: 'inferno', domain: [0, 1] }, 0)

/** Negative purple, zero dark, positive green: a pair that colour-blind readers can tell apart. */
export const divergingRamp = ramp(
  {
    domain: [-1, -0.45, 0, 0.45, 1],
    range: ['#f0c8ff', '#9b4fc0', '#0b0b10', '#2f9e63', '#c9f7cf'],
    interpolate: 'lab',
  },
  -1,
)

/** From black to white. */
export const greyRamp = ramp({ domain: [0, 1], range: ['#0b0b10', '#ffffff'] }, 0)
