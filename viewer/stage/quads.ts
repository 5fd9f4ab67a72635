// The simple shapes of a panel as quads, whose edges the fragment shader finds by distance: sharp at any size.
import type { Packed } from './colours.ts'
import { DIGIT_HEIGHT, DIGIT_WIDTH } from './digits.ts'
import type { Scene } from './panel.ts'
import { QUAD_WORDS, type QuadPart } from './quadLayer.ts'

/** As the fragment shader numbers them. */
const kinds = { box: 0, comet: 1, cell: 2, glow: 3, digit: 4, line: 5 } as const

/** Rooms for quads: a batch grows to the next one, so that steady use allocates nothing. */
const FIRST_CAPACITY = 256

/** Shapes are drawn in the order they are added; positions and sizes are CSS pixels. */
export class QuadBatch implements QuadPart {
  readonly #scene: Scene
  #floats = new Float32Array(FIRST_CAPACITY * QUAD_WORDS)
  #words = new Uint32Array(this.#floats.buffer)
  #quads = 0
  #version = 0

  constructor(scene: Scene) {
    this.#scene = scene
    scene.quads.add(this)
  }

  get shown(): boolean {
    return this.#scene.container.visible
  }

  get words(): Uint32Array {
    return this.#words
  }

  get quads(): number {
    return this.#quads
  }

  get version(): number {
    return this.#version
  }

  /** Begins anew. */
  begin(): void {
    this.#quads = 0
    this.#version++
  }

  /** A rectangle with round corners; a border of no width is none. */
  box(
    left: number,
    top: number,
    width: number,
    height: number,
    corner: number,
    fill: Packed,
    border = 0,
    stroke: Packed = fill,
  ): void {
    const halfWidth = width / 2
    const halfHeight = height / 2
    this.#add(
      left + halfWidth,
      top + halfHeight,
      halfWidth,
      halfHeight,
      0,
      corner,
      border,
      kinds.box,
      fill,
      stroke,
    )
  }

  /** A square around its middle. */
  square(
    x: number,
    y: number,
    half: number,
    corner: number,
    fill: Packed,
    border = 0,
    stroke: Packed = fill,
  ): void {
    this.#add(x, y, half, half, 0, corner, border, kinds.box, fill, stroke)
  }

  disc(x: number, y: number, radius: number, fill: Packed, border = 0, stroke: Packed = fill): void {
    this.#add(x, y, radius, radius, 0, radius, border, kinds.box, fill, stroke)
  }

  /** A circle's line, its outer edge at `radius`. */
  ring(x: number, y: number, radius: number, thickness: number, stroke: Packed): void {
    this.#add(x, y, radius, radius, 0, radius, thickness, kinds.box, (stroke & 0xffffff) >>> 0, stroke)
  }

  diamond(x: number, y: number, half: number, fill: Packed, border = 0, stroke: Packed = fill): void {
    this.#add(x, y, half, half, Math.PI / 4, 0, border, kinds.box, fill, stroke)
  }

  line(x1: number, y1: number, x2: number, y2: number, thickness: number, colour: Packed): void {
    this.#segment(x1, y1, x2, y2, thickness, kinds.line, colour)
  }

  /** A line around its middle, for those that are drawn again and again. */
  segment(x: number, y: number, half: number, angle: number, thickness: number, colour: Packed): void {
    // A line thinner than a pixel covers less of it.
    const cover = Math.min(thickness / this.#scene.pixel, 1)
    this.#add(x, y, half, thickness / 2, angle, cover, 0, kinds.line, colour, colour)
  }

  /** A line that fades in from its first end to its second. */
  comet(x1: number, y1: number, x2: number, y2: number, thickness: number, colour: Packed): void {
    this.#segment(x1, y1, x2, y2, thickness, kinds.comet, colour)
  }

  /**
   * A round cell, filled from below to `level` (0 to 1), with a rim whose part `arc` (0 to 1, clockwise from the top) is
   * bright.
   */
  cell(x: number, y: number, radius: number, level: number, arc: number, fill: Packed, rim: Packed): void {
    this.#add(x, y, radius, radius, 0, level, arc, kinds.cell, fill, rim)
  }

  /** Light that falls off to nothing at `radius`. */
  glow(x: number, y: number, radius: number, colour: Packed): void {
    this.#add(x, y, radius, radius, 0, 0, 0, kinds.glow, colour, colour)
  }

  /** A digit, 0 to 9, around its middle. */
  digit(x: number, y: number, height: number, value: number, colour: Packed): void {
    const half = height / 2
    this.#add(x, y, (half * DIGIT_WIDTH) / DIGIT_HEIGHT, half, 0, value, 0, kinds.digit, colour, colour)
  }

  dispose(): void {
    this.#scene.quads.remove(this)
  }

  #segment(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    thickness: number,
    kind: number,
    colour: Packed,
  ): void {
    const dx = x2 - x1
    const dy = y2 - y1
    const half = Math.sqrt(dx * dx + dy * dy) / 2
    this.#add(
      (x1 + x2) / 2,
      (y1 + y2) / 2,
      half,
      thickness / 2,
      Math.atan2(dy, dx),
      // A line thinner than a pixel covers less of it.
      Math.min(thickness / this.#scene.pixel, 1),
      0,
      kind,
      colour,
      colour,
    )
  }

  #add(
    x: number,
    y: number,
    halfWidth: number,
    halfHeight: number,
    angle: number,
    first: number,
    second: number,
    kind: number,
    fill: Packed,
    stroke: Packed,
  ): void {
    const at = this.#quads * QUAD_WORDS
    if (at === this.#floats.length) this.#grow()
    const floats = this.#floats
    const words = this.#words
    floats[at] = x
    floats[at + 1] = y
    floats[at + 2] = halfWidth
    floats[at + 3] = halfHeight
    floats[at + 4] = angle
    floats[at + 5] = first
    floats[at + 6] = second
    words[at + 7] = kind
    words[at + 8] = fill
    words[at + 9] = stroke
    this.#quads++
  }

  #grow(): void {
    const floats = new Float32Array(this.#floats.length * 2)
    floats.set(this.#floats)
    this.#floats = floats
    this.#words = new Uint32Array(floats.buffer)
  }
}
