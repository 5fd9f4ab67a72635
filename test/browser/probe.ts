// What a page is watched with from outside, put there before its own scripts: its animation frames, its graphics, its long tasks.
import type { Page } from 'playwright-core'

/** One animation frame; times are milliseconds since navigation. */
export interface WatchedFrame {
  readonly at: number
  /** Script time of all that the page does in it. */
  readonly script: number
  readonly drawCalls: number
}

export interface Probe {
  readonly frames: WatchedFrame[]
  /** Tasks of the page's thread over 50 ms. */
  readonly longTasks: { readonly at: number; readonly milliseconds: number }[]
  /** Textures that there are now. */
  textures: number
  /** When the canvas first showed a picture, and when it first showed another; null until then. */
  firstPicture: number | null
  firstMotion: number | null
  /** That first picture as one number, null until it is there. */
  firstHash: number | null
  /** Graphics contexts made so far. */
  readonly contexts: WebGL2RenderingContext[]
  /** Draw calls so far. */
  drawCalls: number
  /** What the picture is now, as one number; 0 for one that is blank. Waits for the next that is drawn. */
  picture(): Promise<number>
}

/** Runs in the page, so that it may name nothing outside itself. */
function install(): void {
  const pictures: ((hash: number) => void)[] = []
  const probe: Probe = {
    ...{ frames: [], longTasks: [], contexts: [] },
    ...{ textures: 0, drawCalls: 0, firstPicture: null, firstMotion: null, firstHash: null },
    picture: () => new Promise(resolve => pictures.push(resolve)),
  }
  Object.assign(globalThis, { probe })

  const makeContext = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
    const context = Reflect.apply(makeContext, this, args)
    if (context instanceof WebGL2RenderingContext && this.isConnected && !probe.contexts.includes(context))
      probe.contexts.push(context)
    return context
  } as typeof makeContext

  type Call = (this: WebGL2RenderingContext, ...args: unknown[]) => unknown
  const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Call>
  const after = (name: string, count: () => void) => {
    const original = methods[name]!
    methods[name] = function (...args) {
      count()
      return original.apply(this, args)
    }
  }
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced'])
    after(name, () => probe.drawCalls++)
  after('createTexture', () => probe.textures++)
  after('deleteTexture', () => probe.textures--)

  const hashOf = (context: WebGL2RenderingContext): number => {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = context
    const pixels = new Uint8Array(width * height * 4)
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, pixels)
    const words = new Uint32Array(pixels.buffer)
    let hash = 2166136261
    let blank = true
    for (let i = 0; i < words.length; i++) {
      if (words[i] !== words[0]) blank = false
      hash = Math.imul(hash ^ words[i]!, 16777619)
    }
    return blank ? 0 : hash >>> 0
  }
  const look = (now: number): void => {
    const context = probe.contexts.at(-1)
    if (context === undefined || context.isContextLost()) return
    if (probe.firstMotion !== null && pictures.length === 0) return
    const hash = hashOf(context)
    for (const resolve of pictures.splice(0)) resolve(hash)
    if (hash === 0) return
    if (probe.firstPicture === null) {
      probe.firstPicture = now
      probe.firstHash = hash
    } else if (hash !== probe.firstHash) probe.firstMotion ??= now
  }

  const request = globalThis.requestAnimationFrame.bind(globalThis)
  let [frame, script, calls] = [-1, 0, 0]
  globalThis.requestAnimationFrame = callback =>
    request(now => {
      if (now !== frame) [frame, script, calls] = [now, 0, probe.drawCalls]
      const before = performance.now()
      callback(now)
      script += performance.now() - before
      // Every callback of a frame is told the same time.
      if (probe.frames.at(-1)?.at === now) probe.frames.pop()
      probe.frames.push({ at: now, script, drawCalls: probe.drawCalls - calls })
      if (probe.frames.length > 5000) probe.frames.splice(0, 1000)
      if (probe.drawCalls > calls) look(now)
    })

  new PerformanceObserver(list => {
    for (const { startTime: at, duration: milliseconds } of list.getEntries())
      probe.longTasks.push({ at, milliseconds })
  }).observe({ type: 'longtask', buffered: true })
}

/** Watches every page that is opened in `page` from now on. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(install)
}

/** What was seen so far. */
export function seen(page: Page): Promise<Omit<Probe, 'contexts' | 'picture'>> {
  return page.evaluate(() => {
    const { contexts: _, picture: __, ...plain } = (globalThis as unknown as { probe: Probe }).probe
    return plain
  })
}

/** Forgets frames and long tasks seen so far. */
export function seeAnew(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { frames, longTasks } = (globalThis as unknown as { probe: Probe }).probe
    frames.length = 0
    longTasks.length = 0
  })
}
