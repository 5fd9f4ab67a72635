// A batch of simple shapes in one draw call: quads whose edges the fragment shader finds by distance, sharp at any size.
import { Buffer, BufferUsage, Geometry, GlProgram, Mesh, Shader, State, UniformGroup } from 'pixi.js'
import type { Packed } from './colours.ts'
import { DIGIT_HEIGHT, DIGIT_WIDTH, digitTexture } from './digits.ts'
import type { Scene } from './panel.ts'
import { fragment, vertex } from './quadShader.ts'

/** Floats of a vertex: centre 2, half size 2, angle, two parameters, kind and corner, two packed colours. */
const FLOATS = 10
const STRIDE = FLOATS * Float32Array.BYTES_PER_ELEMENT

/** As the fragment shader numbers them. */
const kinds = { box: 0, comet: 1, cell: 2, glow: 3, digit: 4, line: 5 } as const

/** Rooms for quads: a batch grows to the next one, so that steady use allocates nothing. */
const FIRST_CAPACITY = 256

function indices(quads: number): Uint32Array<ArrayBuffer> {
  const corners = new Uint32Array(quads * 6)
  for (let quad = 0; quad < quads; quad++)
    corners.set([4 * quad, 4 * quad + 1, 4 * quad + 2, 4 * quad + 2, 4 * quad + 1, 4 * quad + 3], 6 * quad)
  return corners
}

/** Shapes are drawn in the order they are added; positions and sizes are CSS pixels. */
export class QuadBatch {
  readonly #scene: Scene
  readonly #mesh: Mesh<Geometry, Shader>
  readonly #vertices: Buffer
  readonly #indices: Buffer
  readonly #uniforms: UniformGroup
  #floats = new Float32Array(FIRST_CAPACITY * 4 * FLOATS)
  #colours = new Uint32Array(this.#floats.buffer)
  #quads = 0

  constructor(scene: Scene) {
    this.#scene = scene
    this.#vertices = new Buffer({ data: this.#floats, usage: BufferUsage.VERTEX | BufferUsage.COPY_DST })
    this.#indices = new Buffer({
      data: indices(FIRST_CAPACITY),
      usage: BufferUsage.INDEX | BufferUsage.COPY_DST,
    })
    const buffer = this.#vertices
    const geometry = new Geometry({
      attributes: {
        aPosition: { buffer, format: 'float32x2', stride: STRIDE, offset: 0 },
        aHalf: { buffer, format: 'float32x2', stride: STRIDE, offset: 8 },
        aShape: { buffer, format: 'float32x4', stride: STRIDE, offset: 16 },
        aFill: { buffer, format: 'unorm8x4', stride: STRIDE, offset: 32 },
        aStroke: { buffer, format: 'unorm8x4', stride: STRIDE, offset: 36 },
      },
      indexBuffer: this.#indices,
    })
    this.#uniforms = new UniformGroup({
      uPixel: { value: 1, type: 'f32' },
      uWell: { value: new Float32Array(4), type: 'vec4<f32>' },
    })
    const shader = new Shader({
      glProgram: GlProgram.from({ vertex, fragment, name: 'quads', preferredFragmentPrecision: 'highp' }),
      resources: { quads: this.#uniforms, uDigits: digitTexture() },
    })
    const state = State.for2d()
    this.#mesh = new Mesh({ geometry, shader, state })
    this.#mesh.visible = false
    scene.container.addChild(this.#mesh)
  }

  /** Shapes since `begin`. */
  get length(): number {
    return this.#quads
  }

  /** Begins anew; `well` is the colour of the empty part of cells. */
  begin(well: Packed): void {
    this.#quads = 0
    const channels = this.#uniforms.uniforms.uWell as Float32Array
    for (let channel = 0; channel < 4; channel++) channels[channel] = ((well >>> (8 * channel)) & 255) / 255
  }

  /** Hands what was added to the renderer. */
  end(): void {
    const mesh = this.#mesh
    mesh.visible = this.#quads > 0
    if (!mesh.visible) return
    this.#uniforms.uniforms.uPixel = this.#scene.pixel
    this.#uniforms.update()
    mesh.geometry.indexCount = this.#quads * 6
    this.#vertices.update(this.#quads * 4 * STRIDE)
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
    this.#mesh.geometry.destroy(true)
    this.#mesh.shader?.destroy()
    this.#mesh.destroy()
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
    let at = this.#quads * 4 * FLOATS
    if (at === this.#floats.length) this.#grow()
    const floats = this.#floats
    const colours = this.#colours
    for (let corner = 0; corner < 4; corner++) {
      floats[at] = x
      floats[at + 1] = y
      floats[at + 2] = halfWidth
      floats[at + 3] = halfHeight
      floats[at + 4] = angle
      floats[at + 5] = first
      floats[at + 6] = second
      floats[at + 7] = 4 * kind + corner
      colours[at + 8] = fill
      colours[at + 9] = stroke
      at += FLOATS
    }
    this.#quads++
  }

  #grow(): void {
    const floats = new Float32Array(this.#floats.length * 2)
    floats.set(this.#floats)
    this.#floats = floats
    this.#colours = new Uint32Array(floats.buffer)
    this.#vertices.data = floats
    this.#indices.data = indices(floats.length / (4 * FLOATS))
  }
}
