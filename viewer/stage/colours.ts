// The stage's colours: signs, and what each theme draws networks with; packed as four bytes for the vertex buffers.
import type { Theme } from './view.ts'

/** A colour as four bytes, straight alpha, red in the lowest: as a little-endian vertex buffer holds it. */
export type Packed = number

export function rgba(red: number, green: number, blue: number, alpha = 1): Packed {
  return (red | (green << 8) | (blue << 16) | (Math.round(alpha * 255) << 24)) >>> 0
}

/** A colour from its CSS form, #rrggbb. */
export function hex(text: string, alpha = 1): Packed {
  const value = Number.parseInt(text.slice(1), 16)
  return rgba(value >> 16, (value >> 8) & 255, value & 255, alpha)
}

/** The same colour with this alpha, from 0 to 1. */
export function withAlpha(colour: Packed, alpha: number): Packed {
  const byte = alpha <= 0 ? 0 : alpha >= 1 ? 255 : (alpha * 255 + 0.5) | 0
  return ((colour & 0xffffff) | (byte << 24)) >>> 0
}

/** Between two colours, channel by channel, alpha included. */
export function mix(from: Packed, to: Packed, share: number): Packed {
  let mixed = 0
  for (let shift = 0; shift < 32; shift += 8) {
    const a = (from >>> shift) & 255
    const b = (to >>> shift) & 255
    mixed |= Math.round(a + (b - a) * share) << shift
  }
  return mixed >>> 0
}

/** Blue and vermillion of Okabe and Ito, which the colour-blind tell apart; the signs everywhere in the page. */
export const signs = { positive: hex('#0072b2'), negative: hex('#d55e00') } as const

export function signColour(value: number): Packed {
  return value < 0 ? signs.negative : signs.positive
}

export interface StageColours {
  /** What lies behind the pictures; used only where a picture leaves the page. */
  readonly background: Packed
  /** An empty cell, and the rim it always has. */
  readonly well: Packed
  readonly rim: Packed
  /** Lines that only lead the eye. */
  readonly guide: Packed
  /** Digits as the networks see them, and marks that must be seen: focus, threshold. */
  readonly ink: Packed
  /** The light of a neuron that fires, and its middle. */
  readonly spike: Packed
  readonly core: Packed
  /** How much a cell's filling is washed out, so that many cells that fill at once do not flash. */
  readonly pale: number
  /** Strongest alpha of a synapse's line. */
  readonly edgeAlpha: number
}

export const stageColours: Readonly<Record<Theme, StageColours>> = {
  dark: {
    background: hex('#0e1218'),
    well: hex('#1b222c'),
    rim: hex('#364252'),
    guide: hex('#2a3441'),
    ink: hex('#eef2f6'),
    spike: hex('#ffe08a'),
    core: hex('#fff4d2'),
    pale: 0.3,
    edgeAlpha: 0.62,
  },
  light: {
    background: hex('#fbfcfd'),
    well: hex('#eceff3'),
    rim: hex('#bcc6d1'),
    guide: hex('#dbe1e8'),
    ink: hex('#17202b'),
    spike: hex('#f5a300'),
    core: hex('#e08600'),
    pale: 0.5,
    edgeAlpha: 0.55,
  },
}

/** An opaque colour as CSS writes it. */
export function css(colour: Packed): string {
  return `rgb(${colour & 255} ${(colour >>> 8) & 255} ${(colour >>> 16) & 255})`
}
