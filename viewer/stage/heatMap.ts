// Many small pictures in one texture and one draw call: a row of the texture is a unit's picture of 28 by 28 bytes.
import type { BufferImageSource } from 'pixi.js'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { type Packed, stageColours, withAlpha } from './colours.ts'
import { type Mosaic, mosaicIn, tileAt } from './mosaic.ts'
import { tableRow } from './palettes.ts'
import type { Scene } from './panel.ts'
import { byteTexture, ShaderQuad } from './shaderQuad.ts'
import type { Palette, Rectangle, Theme } from './view.ts'

/** Room around the tiles for the frames of those at the edge, CSS pixels. */
const MARGIN = 3

const fragment = `
uniform sampler2D uAtlas;
uniform float uTiles;
uniform float uColumns;
/** From a tile to the next, and the side of its picture. */
uniform vec2 uPitch;
/** Row of the palette of pictures; row of the signed palette. */
uniform vec2 uRows;
/** Bytes this far from zero are drawn strongest; zero's byte. */
uniform vec2 uRange;
/** A tile, how strongly its change shows, and the atlas's row of changes. */
uniform vec3 uFlash;
/** Tiles with a frame. */
uniform float uWinner;
uniform float uFocus;
uniform float uHover;
uniform vec4 uWinnerColour;
uniform vec4 uFocusColour;
uniform vec4 uHoverColour;
/** An enlarged tile: its left, its top, its side and which it is; of no side for none. */
uniform vec4 uLoupe;
uniform vec4 uLoupeColour;

float texel(vec2 place, float row) {
  ivec2 at = ivec2(clamp(floor(place), 0.0, ${SIDE - 1}.0));
  return texelFetch(uAtlas, ivec2(at.y * ${SIDE} + at.x, int(row + 0.5)), 0).r * 255.0;
}

/** The mean over what a canvas pixel covers. */
float covered(vec2 place, float row, float span) {
  if (span <= 1.0) return texel(place, row);
  float part = 0.25 * span;
  float sum = texel(place + vec2(-part, -part), row) + texel(place + vec2(part, -part), row);
  return 0.25 * (sum + texel(place + vec2(-part, part), row) + texel(place + vec2(part, part), row));
}

vec3 picture(vec2 place, float tile, float side) {
  vec2 at = place * ${SIDE}.0 / side;
  float span = ${SIDE}.0 * uPixel / side;
  float byte = covered(at, tile, span);
  float shown = clamp(uRange.y + (byte - uRange.y) * uRange.x, 0.0, 255.0);
  vec3 colour = fromPalette(shown, uRows.x);
  if (tile != uFlash.x || uFlash.y <= 0.0) return colour;
  // What was learned steps back while what changes is shown.
  colour *= 1.0 - 0.45 * uFlash.y;
  float change = covered(at, uFlash.z, span);
  float strength = min(abs(change - 128.0) / 40.0, 1.0);
  float bold = clamp(128.0 + sign(change - 128.0) * (50.0 + 77.0 * strength), 0.0, 255.0);
  return mix(colour, fromPalette(bold, uRows.y), uFlash.y * smoothstep(0.04, 0.3, strength));
}

/** Distance outside a tile's picture. */
float outside(vec2 place, vec2 corner, float side) {
  vec2 beyond = abs(place - corner - 0.5 * side) - 0.5 * side;
  return max(beyond.x, beyond.y);
}

void frame(float tile, vec4 colour, float width, vec2 local, inout vec4 drawn) {
  if (tile < 0.0) return;
  vec2 cell = vec2(mod(tile, uColumns), floor(tile / uColumns));
  float distance = outside(local, cell * uPitch.x, uPitch.y);
  float share = colour.a * step(0.0, distance) * clamp((width - distance) / uPixel, 0.0, 1.0);
  drawn = mix(drawn, vec4(colour.rgb, 1.0), share);
}

void main() {
  vec4 drawn = vec4(0.0);
  vec2 local = vLocal - ${MARGIN}.0;
  vec2 cell = floor(local / uPitch.x);
  vec2 place = local - cell * uPitch.x;
  float tile = cell.y * uColumns + cell.x;
  bool inside = cell.x >= 0.0 && cell.x < uColumns && cell.y >= 0.0 && tile < uTiles;
  if (inside && max(place.x, place.y) < uPitch.y) drawn = vec4(picture(place, tile, uPitch.y), 1.0);
  float width = uPitch.x - uPitch.y;
  frame(uHover, uHoverColour, max(1.0, width), local, drawn);
  frame(uWinner, uWinnerColour, max(2.0, width), local, drawn);
  frame(uFocus, uFocusColour, max(2.0, width), local, drawn);
  if (uLoupe.z > 0.0) {
    float distance = outside(local, uLoupe.xy, uLoupe.z);
    if (distance < 0.0) drawn = vec4(picture(local - uLoupe.xy, uLoupe.w, uLoupe.z), 1.0);
    else if (distance < 2.0) drawn = vec4(uLoupeColour.rgb, 1.0);
    else drawn = mix(drawn, vec4(0.0, 0.0, 0.0, max(drawn.a, 0.5)), 0.45 * (1.0 - smoothstep(2.0, 9.0, distance)));
  }
  finalColor = drawn;
}
`

/** A loupe's side: this share of the shorter side of the whole. */
const LOUPE_SHARE = 0.3
/** Tiles this large need no loupe, CSS pixels. */
const LARGE_TILE = 56

/** Bytes of the atlas: the pictures, and after them one of changes. */
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
  readonly #quad: ShaderQuad
  #atlas: BufferImageSource
  #place: Rectangle | null = null
  #mosaic: Mosaic | null = null
  #tiles = 0

  constructor(scene: Scene) {
    this.#scene = scene
    this.#atlas = byteTexture(PIXELS, roomFor(0))
    this.#quad = new ShaderQuad(scene, {
      name: 'heatMap',
      fragment,
      uniforms: {
        ...{ uTiles: 'f32', uColumns: 'f32', uPitch: 'vec2<f32>', uRows: 'vec2<f32>', uRange: 'vec2<f32>' },
        ...{ uFlash: 'vec3<f32>', uWinner: 'f32', uFocus: 'f32', uHover: 'f32' },
        ...{ uWinnerColour: 'vec4<f32>', uFocusColour: 'vec4<f32>', uHoverColour: 'vec4<f32>' },
        ...{ uLoupe: 'vec4<f32>', uLoupeColour: 'vec4<f32>' },
      },
      textures: { uAtlas: this.#atlas },
    })
    this.#quad.show(false)
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
    if (bytes instanceof Int8Array) for (let i = 0; i < bytes.length; i++) atlas[i] = bytes[i]! ^ 128
    else atlas.set(bytes)
    this.#atlas.update(0, bytes.length)
  }

  /** Takes what one picture has changed by, [784], numbers with a sign. */
  setChange(change: Int8Array): void {
    const start = this.#tiles * PIXELS
    const atlas = this.#atlas.resource as Uint8Array
    for (let i = 0; i < PIXELS; i++) atlas[start + i] = change[i]! ^ 128
    this.#atlas.update(start, start + PIXELS)
  }

  draw(look: HeatMapLook): void {
    const quad = this.#quad
    const mosaic = this.#mosaic
    quad.show(mosaic !== null)
    if (mosaic === null) return
    const colours = stageColours[look.theme]
    const palette = look.signed ? 'signed' : look.palette
    // Changes shine: they lie over pictures that are dark in both themes.
    quad.set('uRows', tableRow(palette, look.theme), tableRow('signed', 'dark'))
    quad.set('uRange', look.gain, look.signed ? 128 : 0)
    quad.set('uFlash', look.winner, look.flash, this.#tiles)
    this.#frame('Winner', look.winner, colours.spike)
    this.#frame('Hover', look.hover, withAlpha(colours.ink, 0.6))
    this.#frame('Focus', look.focus, colours.ink)
    this.#setLoupe(mosaic, look.loupe)
    quad.setColour('uLoupeColour', look.loupe === look.winner ? colours.spike : colours.ink)
    quad.end()
  }

  /** The tile under a point, -1 for none. */
  tileAt(x: number, y: number): number {
    return this.#mosaic === null ? -1 : tileAt(this.#mosaic, x, y)
  }

  /** Whether tiles are so small that a loupe helps. */
  get small(): boolean {
    return this.#mosaic !== null && this.#mosaic.pitch < LARGE_TILE
  }

  dispose(): void {
    this.#quad.dispose()
    this.#atlas.destroy()
  }

  #frame(which: 'Winner' | 'Focus' | 'Hover', tile: number, colour: Packed): void {
    this.#quad.set(`u${which}`, tile)
    this.#quad.setColour(`u${which}Colour`, colour)
  }

  /** Puts the loupe beside its tile, inside the panel. */
  #setLoupe({ columns, rows, pitch }: Mosaic, tile: number): void {
    if (tile < 0 || tile >= this.#tiles || !this.small) {
      this.#quad.set('uLoupe', 0)
      return
    }
    const width = columns * pitch
    const height = rows * pitch
    const side = Math.max(Math.min(width, height) * LOUPE_SHARE, 2 * pitch)
    const x = (tile % columns) * pitch
    const y = Math.floor(tile / columns) * pitch
    const beside = x + pitch / 2 < width / 2 ? x + 1.6 * pitch : x - 0.6 * pitch - side
    const level = Math.min(Math.max(y + pitch / 2 - side / 2, 2), height - side - 2)
    const { pixel } = this.#scene
    const snap = (place: number) => Math.round(place / pixel) * pixel
    const inside = Math.min(Math.max(beside, 2), width - side - 2)
    this.#quad.set('uLoupe', snap(inside), snap(level), snap(side), tile)
  }

  #resize(tiles: number): void {
    this.#tiles = tiles
    const before = this.#atlas
    this.#atlas = byteTexture(PIXELS, roomFor(tiles))
    this.#quad.setTexture('uAtlas', this.#atlas)
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
    const { columns, rows, pitch, gap } = this.#mosaic
    const quad = this.#quad
    quad.place({
      left: this.#mosaic.left - MARGIN,
      top: this.#mosaic.top - MARGIN,
      width: columns * pitch - gap + 2 * MARGIN,
      height: rows * pitch - gap + 2 * MARGIN,
    })
    quad.set('uTiles', this.#tiles)
    quad.set('uColumns', columns)
    quad.set('uPitch', pitch, pitch - gap)
  }
}
