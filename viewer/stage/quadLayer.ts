// The mesh that draws the quads of all panels in one call: they lie over everything else, and panels do not overlap.
import {
  Buffer,
  BufferImageSource,
  BufferUsage,
  type Container,
  Geometry,
  GlProgram,
  Mesh,
  Shader,
  State,
  UniformGroup,
} from 'pixi.js'
import type { Packed } from './colours.ts'
import { digitTexture } from './digits.ts'
import { fragment, vertex } from './quadShader.ts'

/**
 * Words of a quad: centre 2, half size 2, angle, two parameters, kind, two packed colours, two of nothing. The vertex shader finds
 * them in a texture, so that each is written and uploaded once and not for every corner.
 */
export const QUAD_WORDS = 12
const WORDS_PER_TEXEL = 4
const TEXELS = QUAD_WORDS / WORDS_PER_TEXEL
/** Quads of a row of the texture, as the vertex shader counts them. */
const ROW = 256

/** Rooms for quads, whole rows: the layer grows to the next one, so that steady use allocates nothing. */
const FIRST_CAPACITY = 4 * ROW

/** Quads of one panel. */
export interface QuadPart {
  /** Whether its panel has a place. */
  readonly shown: boolean
  /** [quads, QUAD_WORDS], and perhaps more behind. */
  readonly words: Uint32Array
  readonly quads: number
  /** Rises whenever the quads differ. */
  readonly version: number
}

/** Where a part lies in the layer, and which version of it. */
interface Copied {
  readonly part: QuadPart
  at: number
  version: number
}

export class QuadLayer {
  readonly #mesh: Mesh<Geometry, Shader>
  readonly #indices: Buffer
  readonly #uniforms: UniformGroup
  readonly #parts: Copied[] = []
  #capacity = FIRST_CAPACITY
  #texture = wordTexture(FIRST_CAPACITY)

  constructor(container: Container) {
    const usage = BufferUsage.INDEX | BufferUsage.COPY_DST
    this.#indices = new Buffer({ data: indices(FIRST_CAPACITY), usage })
    const geometry = new Geometry({ attributes: {}, indexBuffer: this.#indices })
    this.#uniforms = new UniformGroup({
      uPixel: { value: 1, type: 'f32' },
      uWell: { value: new Float32Array(4), type: 'vec4<f32>' },
    })
    const shader = new Shader({
      glProgram: GlProgram.from({ vertex, fragment, name: 'quads', preferredFragmentPrecision: 'highp' }),
      resources: { quads: this.#uniforms, uDigits: digitTexture(), uQuads: this.#texture },
    })
    this.#mesh = new Mesh({ geometry, shader, state: State.for2d() })
    container.addChild(this.#mesh)
  }

  /** Draws this part too from now on, over those before it. */
  add(part: QuadPart): void {
    this.#parts.push({ part, at: -1, version: -1 })
  }

  remove(part: QuadPart): void {
    const index = this.#parts.findIndex(copied => copied.part === part)
    if (index >= 0) this.#parts.splice(index, 1)
  }

  /**
   * Brings the mesh to what the parts are now.
   * @param pixel CSS pixels that a pixel of the canvas is wide.
   * @param well the colour of the empty part of cells.
   */
  gather(pixel: number, well: Packed): void {
    const quads = this.#parts.reduce((sum, { part }) => sum + (part.shown ? part.quads : 0), 0)
    this.#mesh.visible = quads > 0
    if (quads === 0) return
    this.#reserve(quads)
    this.#copy()
    this.#mesh.geometry.indexCount = quads * 6
    const { uniforms } = this.#uniforms
    uniforms.uPixel = pixel
    const channels = uniforms.uWell as Float32Array
    for (let channel = 0; channel < 4; channel++) channels[channel] = ((well >>> (8 * channel)) & 255) / 255
    this.#uniforms.update()
  }

  dispose(): void {
    this.#texture.destroy()
    this.#mesh.geometry.destroy(true)
    this.#mesh.shader?.destroy()
    this.#mesh.destroy()
  }

  /** Copies and uploads what differs, or lies elsewhere than before. */
  #copy(): void {
    const into = this.#texture.resource as Uint32Array
    let at = 0
    let [from, until] = [Number.POSITIVE_INFINITY, 0]
    for (const copied of this.#parts) {
      const { part } = copied
      const quads = part.shown ? part.quads : 0
      const end = at + quads
      if (quads > 0 && (copied.version !== part.version || copied.at !== at)) {
        into.set(part.words.subarray(0, quads * QUAD_WORDS), at * QUAD_WORDS)
        from = Math.min(from, at)
        until = end
      }
      copied.at = at
      copied.version = part.version
      at = end
    }
    // Whole rows are one rectangle.
    const [first, last] = [Math.floor(from / ROW), Math.ceil(until / ROW)]
    if (last > first) this.#texture.update(first * ROW * TEXELS, last * ROW * TEXELS)
  }

  #reserve(quads: number): void {
    if (quads <= this.#capacity) return
    while (this.#capacity < quads) this.#capacity *= 2
    const before = this.#texture
    this.#texture = wordTexture(this.#capacity)
    this.#mesh.shader!.resources.uQuads = this.#texture
    before.destroy()
    this.#indices.data = indices(this.#capacity)
    for (const copied of this.#parts) copied.version = -1
  }
}

function wordTexture(quads: number): BufferImageSource {
  const [width, height] = [ROW * TEXELS, quads / ROW]
  return new BufferImageSource({
    ...{ resource: new Uint32Array(quads * QUAD_WORDS), width, height },
    ...{ format: 'rgba32uint', alphaMode: 'no-premultiply-alpha', scaleMode: 'nearest' },
  })
}

function indices(quads: number): Uint32Array<ArrayBuffer> {
  const corners = new Uint32Array(quads * 6)
  for (let quad = 0; quad < quads; quad++)
    corners.set([4 * quad, 4 * quad + 1, 4 * quad + 2, 4 * quad + 2, 4 * quad + 1, 4 * quad + 3], 6 * quad)
  return corners
}
