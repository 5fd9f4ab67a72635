// Leaves out of Pixi what the stage never uses: it draws meshes only, with a renderer and textures of its own making.
import type { Plugin } from 'vite'

/** Modules that are there only for what they register: an application, a loader, textures of every kind. */
const leftOut =
  /pixi\.js\/lib\/(environment-browser\/browserAll|environment-webworker\/webworkerAll|rendering\/init|spritesheet\/init)\.mjs$/

/** Modules with another answer: Pixi makes a graphics context of its own to ask what WebGL 2, without which nothing is drawn, promises. */
const answered: Readonly<Record<string, string>> = {
  'rendering/renderers/gl/shader/program/getMaxFragmentPrecision.mjs':
    "export const getMaxFragmentPrecision = () => 'highp'",
}

/** Named parts of modules that stay: nothing on the stage is batched, masked, a sprite, or drawn with uniform buffers. */
const partsLeftOut: Readonly<Record<string, readonly string[]>> = {
  'rendering/renderers/shared/system/SharedSystems.mjs': [
    ...['SpritePipe', 'AlphaMaskPipe', 'StencilMaskPipe', 'CustomRenderPipe'],
    ...['ExtractSystem', 'GenerateTextureSystem', 'HelloSystem'],
  ],
  'rendering/renderers/gl/WebGLRenderer.mjs': ['GlUboSystem'],
  'unsafe-eval/init.mjs': [
    ...['GlUboSystem', 'GpuUboSystem', 'ParticleBuffer'],
    ...['generateUboSyncPolyfill', 'generateParticleUpdatePolyfill'],
  ],
}

/** Pipes that a renderer calls for every picture, whether or not there is anything for them. */
const idlePipes = { BatcherPipe: 'batch', ColorMaskPipe: 'colorMask' } as const

function idlePipe(pipe: keyof typeof idlePipes): string {
  const methods = ['buildStart', 'buildEnd', 'upload', 'break', 'destroyInstructionSet', 'destroy']
  return `class ${pipe} {
  static extension = { type: ['webgl-pipes'], name: '${idlePipes[pipe]}' }
  ${methods.map(method => `${method}() {}`).join('\n  ')}
}`
}

/** Takes a module's imports of a name away, its entries in lists, and what is assigned to its prototype. */
function without(code: string, name: string): string {
  return code
    .replace(new RegExp(`^import \\{[^}]*\\b${name}\\w*\\b[^}]*\\} from [^;]*;$`, 'gm'), '')
    .replace(new RegExp(`^\\s*${name},?$`, 'gm'), '')
    .replace(new RegExp(`Object\\.assign\\(${name}\\.prototype, \\{[^{}]*\\}\\);`, 'g'), '')
}

function lean(path: string, code: string): string {
  let left = code
  for (const name of partsLeftOut[path] ?? []) left = without(left, name)
  if (path.endsWith('SharedSystems.mjs')) {
    for (const pipe of Object.keys(idlePipes) as (keyof typeof idlePipes)[]) {
      const taken = left.replace(new RegExp(`^import \\{ ${pipe} \\} from [^;]*;$`, 'm'), '')
      left = `${taken}\n`.replace('"use strict";', `${idlePipe(pipe)}\n"use strict";`)
    }
  }
  if (path.endsWith('WebGLRenderer.mjs')) {
    left = without(without(left, 'GlBatchAdaptor'), 'GlGraphicsAdaptor').replace(
      '[GlBatchAdaptor, GlMeshAdaptor, GlGraphicsAdaptor]',
      '[GlMeshAdaptor]',
    )
  }
  return left
}

/** A module's path within Pixi, '' for another's. */
const pathIn = (id: string) => id.split('/pixi.js/lib/')[1] ?? ''

export function leanPixi(): Plugin {
  return {
    name: 'lean-pixi',
    apply: 'build',
    load(id) {
      if (leftOut.test(id)) return { code: 'export {}', moduleSideEffects: false }
      const answer = answered[pathIn(id)]
      return answer === undefined ? null : { code: answer, moduleSideEffects: false }
    },
    transform(code, id) {
      const path = pathIn(id)
      return path in partsLeftOut ? { code: lean(path, code), map: null } : null
    },
  }
}
