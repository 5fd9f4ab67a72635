// Makes the stage's Pixi renderer: WebGL with meshes only, no ticker and no collector of its own, on a canvas that lets the page through.
import 'pixi.js/unsafe-eval'
import { Ticker, WebGLRenderer } from 'pixi.js'

/** There is no WebGL 2 here, or none is left. */
export class StageUnavailableError extends Error {
  override readonly name = 'StageUnavailableError'
}

/** Counts of the last picture. */
export interface RendererCounts {
  drawCalls: number
}

export async function createRenderer(canvas: HTMLCanvasElement): Promise<WebGLRenderer> {
  // Pixi's ticker would wake the page sixty times a second for nothing: the caller says when to draw.
  Ticker.system.autoStart = false
  const renderer = new WebGLRenderer<HTMLCanvasElement>()
  try {
    await renderer.init({
      canvas,
      backgroundAlpha: 0,
      antialias: false,
      autoDensity: true,
      preferWebGLVersion: 2,
      skipExtensionImports: true,
      // All that is made stays in use: nothing to collect, and counts stay flat.
      gcActive: false,
    })
  } catch (error) {
    throw new StageUnavailableError('This browser gives the page no WebGL context.', { cause: error })
  }
  Ticker.system.stop()
  if (renderer.context.webGLVersion !== 2 || renderer.context.isLost) {
    renderer.destroy()
    throw new StageUnavailableError('The stage needs WebGL 2.')
  }
  return renderer
}

/** Counts the draw calls of a renderer as they are made. */
export function countDrawCalls(renderer: WebGLRenderer, counts: RendererCounts): void {
  const { geometry } = renderer
  const draw = geometry.draw
  geometry.draw = (...options) => {
    counts.drawCalls++
    return draw.apply(geometry, options)
  }
}
