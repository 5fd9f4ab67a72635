// Rectangles with a fragment shader of their own: what pictures of many pixels are drawn with, in one draw call.
import {
  Buffer,
  BufferImageSource,
  BufferUsage,
  Geometry,
  GlProgram,
  Mesh,
  Shader,
  State,
  type TextureSource,
  UniformGroup,
} from 'pixi.js'
import type { Packed } from './colours.ts'
import { palettePixels, TABLE_HEIGHT, TABLE_WIDTH } from './palettes.ts'
import type { Scene } from './panel.ts'
import type { Rectangle } from './view.ts'

/** Floats of a vertex: its place, its place in what is drawn there with two more values, a packed colour. */
const FLOATS = 7
const STRIDE = FLOATS * Float32Array.BYTES_PER_ELEMENT

const vertex = `#version 300 es
in vec2 aPosition;
in vec4 aPicture;
in vec4 aColour;
uniform mat3 uProjectionMatrix;
uniform mat3 uWorldTransformMatrix;
uniform mat3 uTransformMatrix;
out vec2 vLocal;
flat out vec2 vTile;
flat out vec4 vColour;

void main() {
  vLocal = aPicture.xy;
  vTile = aPicture.zw;
  vColour = aColour;
  mat3 transform = uProjectionMatrix * uWorldTransformMatrix * uTransformMatrix;
  gl_Position = vec4((transform * vec3(aPosition, 1.0)).xy, 0.0, 1.0);
}
`

/** What every fragment shader begins with: its place in what is drawn, what its rectangle was added with, and the palettes. */
const header = `#version 300 es
in vec2 vLocal;
flat in vec2 vTile;
flat in vec4 vColour;
/** CSS pixels that the first rectangle measures, and that a canvas pixel does. */
uniform vec2 uSize;
uniform float uPixel;
uniform sampler2D uPalettes;
out vec4 finalColor;

vec3 fromPalette(float byte, float row) {
  return texelFetch(uPalettes, ivec2(int(byte + 0.5), int(row + 0.5)), 0).rgb;
}
`

export type UniformType = 'f32' | 'vec2<f32>' | 'vec3<f32>' | 'vec4<f32>'
const lengths = { 'vec2<f32>': 2, 'vec3<f32>': 3, 'vec4<f32>': 4 } as const

/** A texture of one byte a texel, read with `texelFetch`; its width must be a multiple of four. */
export function byteTexture(width: number, height: number): BufferImageSource {
  return new BufferImageSource({
    ...{ resource: new Uint8Array(width * height), width, height },
    ...{ format: 'r8unorm', alphaMode: 'no-premultiply-alpha', scaleMode: 'nearest' },
  })
}

let palettes: BufferImageSource | null = null

/** The palettes, one texture for all pictures of the page, as long as it lives. */
function paletteTexture(): BufferImageSource {
  palettes ??= new BufferImageSource({
    ...{ resource: palettePixels(), width: TABLE_WIDTH, height: TABLE_HEIGHT },
    ...{ format: 'rgba8unorm', alphaMode: 'no-premultiply-alpha', scaleMode: 'nearest' },
  })
  return palettes
}

export interface ShaderQuadsOptions {
  readonly name: string
  /** GLSL after the header: uniforms and `main`, which writes `finalColor`, premultiplied. */
  readonly fragment: string
  readonly uniforms: Readonly<Record<string, UniformType>>
  readonly textures: Readonly<Record<string, TextureSource>>
  /** Most rectangles, by default 1. */
  readonly most?: number
}

/** How a rectangle is drawn beside its place. */
export interface QuadPicture {
  /** What `vLocal` is in its upper left corner and in its lower right one. */
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  /** What `vTile` is. */
  readonly tile?: readonly [number, number]
  readonly colour?: Packed
}

export class ShaderQuads {
  readonly #scene: Scene
  readonly #mesh: Mesh<Geometry, Shader>
  readonly #group: UniformGroup
  readonly #values: Record<string, number | Float32Array>
  readonly #floats: Float32Array<ArrayBuffer>
  readonly #colours: Uint32Array<ArrayBuffer>
  readonly #vertices: Buffer
  #quads = 0

  constructor(scene: Scene, { name, fragment, uniforms, textures, most = 1 }: ShaderQuadsOptions) {
    this.#scene = scene
    this.#group = uniformGroup({ uSize: 'vec2<f32>', uPixel: 'f32', ...uniforms })
    this.#values = this.#group.uniforms as Record<string, number | Float32Array>
    this.#floats = new Float32Array(most * 4 * FLOATS)
    this.#colours = new Uint32Array(this.#floats.buffer)
    this.#vertices = new Buffer({ data: this.#floats, usage: BufferUsage.VERTEX | BufferUsage.COPY_DST })
    const shader = new Shader({
      glProgram: GlProgram.from({
        ...{ vertex, fragment: header + fragment, name },
        preferredFragmentPrecision: 'highp',
      }),
      resources: { quad: this.#group, uPalettes: paletteTexture(), ...textures },
    })
    this.#mesh = new Mesh({ geometry: geometryOf(this.#vertices, most), shader, state: State.for2d() })
    scene.container.addChild(this.#mesh)
  }

  /** One rectangle, in which `vLocal` is CSS pixels from its upper left corner. */
  place({ left, top, width, height }: Rectangle): void {
    this.begin()
    this.add(left, top, width, height, { from: [0, 0], to: [width, height] })
    this.set('uSize', width, height)
  }

  begin(): void {
    this.#quads = 0
  }

  /** Adds a rectangle; later ones lie over earlier ones. */
  add(left: number, top: number, width: number, height: number, picture: QuadPicture): void {
    const { from, to, tile, colour = 0 } = picture
    let at = this.#quads * 4 * FLOATS
    for (let corner = 0; corner < 4; corner++) {
      const right = corner & 1
      const below = corner >> 1
      const floats = this.#floats
      floats[at] = left + right * width
      floats[at + 1] = top + below * height
      floats[at + 2] = right === 1 ? to[0] : from[0]
      floats[at + 3] = below === 1 ? to[1] : from[1]
      floats[at + 4] = tile?.[0] ?? 0
      floats[at + 5] = tile?.[1] ?? 0
      this.#colours[at + 6] = colour
      at += FLOATS
    }
    this.#quads++
  }

  show(visible: boolean): void {
    this.#mesh.visible = visible
  }

  set(uniform: string, x: number, y = 0, z = 0, w = 0): void {
    const value = this.#values[uniform]
    if (value instanceof Float32Array) {
      value[0] = x
      value[1] = y
      if (value.length > 2) value[2] = z
      if (value.length > 3) value[3] = w
    } else this.#values[uniform] = x
  }

  setColour(uniform: string, colour: Packed): void {
    this.set(
      uniform,
      (colour & 255) / 255,
      ((colour >>> 8) & 255) / 255,
      ((colour >>> 16) & 255) / 255,
      (colour >>> 24) / 255,
    )
  }

  /** Hands rectangles and uniforms to the renderer. */
  end(): void {
    this.set('uPixel', this.#scene.pixel)
    this.#mesh.geometry.indexCount = this.#quads * 6
    this.#vertices.update(this.#quads * 4 * STRIDE)
    this.#group.update()
  }

  /** Puts another texture in the place of one that was outgrown. */
  setTexture(uniform: string, texture: TextureSource): void {
    this.#mesh.shader!.resources[uniform] = texture
  }

  dispose(): void {
    this.#mesh.geometry.destroy(true)
    this.#mesh.shader?.destroy()
    this.#mesh.destroy()
  }
}

function uniformGroup(types: Readonly<Record<string, UniformType>>): UniformGroup {
  const entries = Object.entries(types).map(([uniform, type]) => {
    const value = type === 'f32' ? 0 : new Float32Array(lengths[type])
    return [uniform, { value, type }] as const
  })
  return new UniformGroup(Object.fromEntries(entries))
}

function geometryOf(buffer: Buffer, quads: number): Geometry {
  const corners = [0, 1, 2, 2, 1, 3]
  const indices = Uint32Array.from(
    { length: quads * 6 },
    (_, at) => 4 * Math.floor(at / 6) + corners[at % 6]!,
  )
  return new Geometry({
    attributes: {
      aPosition: { buffer, format: 'float32x2', stride: STRIDE, offset: 0 },
      aPicture: { buffer, format: 'float32x4', stride: STRIDE, offset: 8 },
      aColour: { buffer, format: 'unorm8x4', stride: STRIDE, offset: 24 },
    },
    indexBuffer: indices,
  })
}
