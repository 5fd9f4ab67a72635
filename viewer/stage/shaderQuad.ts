// One rectangle with a fragment shader of its own: what pictures of many pixels are drawn with, in one draw call.
import {
  BufferImageSource,
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

const vertex = `#version 300 es
in vec2 aPosition;
uniform mat3 uProjectionMatrix;
uniform mat3 uWorldTransformMatrix;
uniform mat3 uTransformMatrix;
uniform vec4 uPlace;
out vec2 vLocal;

void main() {
  vLocal = aPosition * uPlace.zw;
  mat3 transform = uProjectionMatrix * uWorldTransformMatrix * uTransformMatrix;
  gl_Position = vec4((transform * vec3(uPlace.xy + vLocal, 1.0)).xy, 0.0, 1.0);
}
`

/** What every fragment shader begins with: its place in CSS pixels from the rectangle's corner, and the palettes. */
const header = `#version 300 es
in vec2 vLocal;
uniform vec4 uPlace;
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

export interface ShaderQuadOptions {
  readonly name: string
  /** GLSL after the header: uniforms and `main`, which writes `finalColor`, premultiplied. */
  readonly fragment: string
  readonly uniforms: Readonly<Record<string, UniformType>>
  readonly textures: Readonly<Record<string, TextureSource>>
}

export class ShaderQuad {
  readonly #scene: Scene
  readonly #mesh: Mesh<Geometry, Shader>
  readonly #group: UniformGroup
  readonly #values: Record<string, number | Float32Array>

  constructor(scene: Scene, { name, fragment, uniforms, textures }: ShaderQuadOptions) {
    this.#scene = scene
    const types = { uPlace: 'vec4<f32>', uPixel: 'f32', ...uniforms } as const
    this.#group = new UniformGroup(
      Object.fromEntries(
        Object.entries(types).map(([uniform, type]) => [
          uniform,
          { value: type === 'f32' ? 0 : new Float32Array(lengths[type]), type },
        ]),
      ),
    )
    this.#values = this.#group.uniforms as Record<string, number | Float32Array>
    const geometry = new Geometry({
      attributes: { aPosition: { buffer: new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), format: 'float32x2' } },
      indexBuffer: new Uint32Array([0, 1, 2, 2, 1, 3]),
    })
    const shader = new Shader({
      glProgram: GlProgram.from({
        ...{ vertex, fragment: header + fragment, name },
        preferredFragmentPrecision: 'highp',
      }),
      resources: { quad: this.#group, uPalettes: paletteTexture(), ...textures },
    })
    this.#mesh = new Mesh({ geometry, shader, state: State.for2d() })
    scene.container.addChild(this.#mesh)
  }

  place({ left, top, width, height }: Rectangle): void {
    this.set('uPlace', left, top, width, height)
    this.set('uPixel', this.#scene.pixel)
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

  /** Hands the uniforms to the renderer. */
  end(): void {
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
