// Many small pictures in one texture and one draw call: a row of the texture is a unit's picture of 28 by 28 bytes.
import type { BufferImageSource } from 'pixi.js'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { type Packed, stageColours, withAlpha } from './colours.ts'
import { type Mosaic, mosaicIn, tileAt } from './mosaic.ts'
import { tableRow } from './palettes.ts'
import type { Scene } from './panel.ts'
import { byteTexture, ShaderQuads } from './shaderQuads.ts'
import type { Palette, Rectangle, Theme } from './view.ts'

/** What a rectangle shows where it is no single tile: all of them, or its colour. */
const GRID = -1
const PLAIN = -2

const fragment = `
uniform sampler2D uAtlas;
uniform float uTiles;
uniform float uColumns;
/** From a tile to the next, and the side of its picture. */
uniform vec2 uPitch;
/** Row of the palette of pictures; row of the signed palette. */
uniform vec2 uRows;
/** Numbers are drawn this many times as strong, and zero's byte. */
uniform vec2 uRange;
/** A tile, how strongly its change shows, and the atlas's row of changes. */
uniform vec3 uFlash;

float texel(vec2 place, float row) {
  ivec2 at = ivec2(clamp(place, 0.0, ${SIDE - 0.5}));
  return texelFetch(uAtlas, ivec2(at.y * ${SIDE} + at.x, int(row + 0.5)), 0).r * 255.0;
}

/** The mean over what a canvas pixel covers. */
float covered(vec2 place, float row, float span) {
  if (span <= 1.0) return texel(place, row);
  float part = 0.25 * span;
  float sum = texel(place + vec2(-part, -part), row) + texel(place + vec2(part, -part), row);
  return 0.25 * (sum + texel(place + vec2(-part, part), row) + texel(place + vec2(part, part), row));
}

/** A tile's colour at a place in its pixels, of which a canvas pixel spans some. */
vec3 picture(vec2 place, float tile, float span) {
  float byte = covered(place, tile, span);
  float shown = clamp(uRange.y + (byte - uRange.y) * uRange.x, 0.0, 255.0);
  vec3 colour = fromPalette(shown, uRows.x);
  if (tile != uFlash.x || uFlash.y <= 0.0) return colour;
  // What was learned steps back while what changes is shown.
  colour *= 1.0 - 0.45 * uFlash.y;
  float change = covered(place, uFlash.z, span);
  float strength = min(abs(change - 128.0) / 40.0, 1.0);
  float bold = clamp(128.0 + sign(change - 128.0) * (50.0 + 77.0 * strength), 0.0, 255.0);
  return mix(colour, fromPalette(bold, uRows.y), uFlash.y * smoothstep(0.04, 0.3, strength));
}

void main() {
  finalColor = vec4(vColour.rgb, 1.0) * vColour.a;
  if (vTile.x == ${PLAIN}.0) return;
  float tile = vTile.x;
  float span = vTile.y;
  vec2 place = vLocal;
  if (tile == ${GRID}.0) {
    vec2 cell = floor(vLocal / uPitch.x);
    vec2 within = vLocal - cell * uPitch.x;
    tile = cell.y * uColumns + cell.x;
    if (tile >= uTiles || max(within.x, within.y) >= uPitch.y) discard;
    place = within * ${SIDE}.0 / uPitch.y;
  }
  finalColor = vec4(picture(place, tile, span), 1.0);
}
`

/** Room around the tiles for the frames of those at the edge, CSS pixels. */
const MARGIN = 3
/** A loupe's side: this share of the shorter side of the whole. */
const LOUPE_SHARE = 0.3
/** Tiles this large need no loupe, CSS pixels. */
const LARGE_TILE = 56

/** Rectangles: all tiles; three with a frame, and a loupe, of two each. */
const MOST_QUADS = 9

/** Rows of the atlas: the pictures, and after them one of changes. */
const roomFor = (tiles: number) => Math.max(tiles + 1, 2)

export interface HeatMapLook {
  readonly theme: Theme
  readonly palette: Palette
  /** Bytes are numbers with a sign, zero at 128. */
  readonly signed: boolean
  /** Numbers are drawn this many times as strong. */
  readonly gain: number
  readonly winner: number
  /** How strongly the winner's change is shown, from 0 to 1. */
  readonly flash: number
  readonly focus: number
  readonly hover: number
  /** The tile that a loupe shows, -1 for none. */
  readonly loupe: number
}

export class HeatMap {
  readonly #scene: Scene
  readonly #quads: ShaderQuads
  #atlas: BufferImageSource
  #place: Rectangle | null = null
  #mosaic: Mosaic | null = null
  #tiles = 0

  constructor(scene: Scene) {
    this.#scene = scene
    this.#atlas = byteTexture(PIXELS, roomFor(0))
    this.#quads = new ShaderQuads(scene, {
      ...{ name: 'heatMap', fragment, most: MOST_QUADS, textures: { uAtlas: this.#atlas } },
      uniforms: {
        ...{ uTiles: 'f32', uColumns: 'f32', uPitch: 'vec2<f32>' },
        ...{ uRows: 'vec2<f32>', uRange: 'vec2<f32>', uFlash: 'vec3<f32>' },
      },
    })
    this.#quads.show(false)
  }

  place(rectangle: Rectangle | null): void {
    this.#place = rectangle
    this.#layOut()
  }

  /** Takes pictures, a byte for each pixel, [tiles, 784]; bytes of numbers with a sign are shifted to have zero at 128. */
  setPictures(bytes: Uint8Array | Int8Array): void {
    const tiles = bytes.length / PIXELS
    if (tiles !== this.#tiles) this.#resize(tiles)
    const atlas = this.#atlas.resource as Uint8Array
    if (bytes instanceof Int8Array) shiftSigned(bytes, atlas)
    else atlas.set(bytes)
    this.#atlas.update(0, bytes.length)
  }

  /** Takes what one picture has changed by, [784], numbers with a sign. */
  setChange(change: Int8Array): void {
    const start = this.#tiles * PIXELS
    const atlas = this.#atlas.resource as Uint8Array
    shiftSigned(change, atlas.subarray(start, start + PIXELS))
    this.#atlas.update(start, start + PIXELS)
  }

  draw(look: HeatMapLook): void {
    const quads = this.#quads
    const mosaic = this.#mosaic
    quads.show(mosaic !== null)
    if (mosaic === null) return
    const { spike, ink } = stageColours[look.theme]
    const palette = look.signed ? 'signed' : look.palette
    // Changes shine: they lie over pictures that are dark in both themes.
    quads.set('uRows', tableRow(palette, look.theme), tableRow('signed', 'dark'))
    quads.set('uRange', look.gain, look.signed ? 128 : 0)
    quads.set('uFlash', look.winner, look.flash, this.#tiles)
    quads.begin()
    this.#addGrid(mosaic)
    this.#addFramed(mosaic, look.hover, withAlpha(ink, 0.6), 1)
    this.#addFramed(mosaic, look.winner, spike, 2)
    this.#addFramed(mosaic, look.focus, ink, 2)
    this.#addLoupe(mosaic, look.loupe, look.loupe === look.winner ? spike : ink)
    quads.end()
  }

  /** The tile under a point, -1 for none. */
  tileAt(x: number, y: number): number {
    return this.#mosaic === null ? -1 : tileAt(this.#mosaic, x, y)
  }

  dispose(): void {
    this.#quads.dispose()
    this.#atlas.destroy()
  }

  #addGrid({ left, top, columns, rows, pitch, gap }: Mosaic): void {
    const width = columns * pitch
    const height = rows * pitch
    const span = (SIDE * this.#scene.pixel) / (pitch - gap)
    this.#quads.add(left, top, width, height, { from: [0, 0], to: [width, height], tile: [GRID, span] })
  }

  /** A tile again, on a ground a little larger than itself. */
  #addFramed({ left, top, columns, pitch, gap }: Mosaic, tile: number, colour: Packed, width: number): void {
    if (tile < 0 || tile >= this.#tiles) return
    const x = left + (tile % columns) * pitch
    const y = top + Math.floor(tile / columns) * pitch
    this.#addTile(x, y, pitch - gap, tile, colour, Math.max(width, gap))
  }

  #addTile(left: number, top: number, side: number, tile: number, colour: Packed, border: number): void {
    const outer = side + 2 * border
    const nothing = [0, 0] as const
    this.#quads.add(left - border, top - border, outer, outer, {
      ...{ from: nothing, to: nothing, tile: [PLAIN, 0], colour },
    })
    const span = (SIDE * this.#scene.pixel) / side
    this.#quads.add(left, top, side, side, { from: nothing, to: [SIDE, SIDE], tile: [tile, span] })
  }

  /** Puts the loupe beside its tile, inside the panel. */
  #addLoupe({ left, top, columns, rows, pitch }: Mosaic, tile: number, colour: Packed): void {
    if (tile < 0 || tile >= this.#tiles || pitch >= LARGE_TILE) return
    const width = columns * pitch
    const height = rows * pitch
    const { pixel } = this.#scene
    const snap = (place: number) => Math.round(place / pixel) * pixel
    const side = snap(Math.max(Math.min(width, height) * LOUPE_SHARE, 2 * pitch))
    const x = (tile % columns) * pitch
    const y = Math.floor(tile / columns) * pitch
    const beside = x + pitch / 2 < width / 2 ? x + 1.6 * pitch : x - 0.6 * pitch - side
    const across = Math.min(Math.max(beside, 2), width - side - 2)
    const down = Math.min(Math.max(y + pitch / 2 - side / 2, 2), height - side - 2)
    this.#addTile(left + snap(across), top + snap(down), side, tile, colour, 2)
  }

  #resize(tiles: number): void {
    this.#tiles = tiles
    const before = this.#atlas
    this.#atlas = byteTexture(PIXELS, roomFor(tiles))
    this.#quads.setTexture('uAtlas', this.#atlas)
    before.destroy()
    this.#layOut()
  }

  #layOut(): void {
    if (this.#place === null || this.#tiles === 0) {
      this.#mosaic = null
      return
    }
    const { left, top, width, height } = this.#place
    const inner = {
      left: left + MARGIN,
      top: top + MARGIN,
      width: Math.max(width - 2 * MARGIN, 1),
      height: Math.max(height - 2 * MARGIN, 1),
    }
    this.#mosaic = mosaicIn(inner, this.#tiles, this.#scene.pixel)
    const { columns, pitch, gap } = this.#mosaic
    this.#quads.set('uTiles', this.#tiles)
    this.#quads.set('uColumns', columns)
    this.#quads.set('uPitch', pitch, pitch - gap)
  }
}

/** Copies bytes with a sign so that zero lies at 128: four at once, since there are hundreds of thousands. */
function shiftSigned(bytes: Int8Array, to: Uint8Array): void {
  const [from, into] = [wordsOf(bytes), wordsOf(to)]
  for (let word = 0; word < from.length; word++) into[word] = from[word]! ^ 0x80808080
}

/** Over the same bytes: the arrays of a frame lie on multiples of eight. */
const wordsOf = ({ buffer, byteOffset, byteLength }: Int8Array | Uint8Array) =>
  new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT)
