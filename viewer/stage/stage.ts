// The stage: one canvas for all pictures, each in the place that the page gives it, drawn only when something differs.
import { Container, type WebGLRenderer } from 'pixi.js'
import { stageColours } from './colours.ts'
import { type Panel, Seen } from './panel.ts'
import { makePanels } from './panels.ts'
import { copyPicture, pngOf } from './picture.ts'
import { PictureFence } from './pictureFence.ts'
import { countDrawCalls, createRenderer, type RendererCounts } from './renderer.ts'
import { type Tier, TierWatch, tiers } from './tier.ts'
import type { PanelName, Rectangle, StageView, Target } from './view.ts'

export { StageUnavailableError } from './renderer.ts'

export interface StageStatistics {
  /** Of the last picture. */
  readonly drawCalls: number
  readonly textures: number
  /** Script time of the last picture, ms. */
  readonly scriptMilliseconds: number
  readonly tier: Tier['name']
  /** Pictures drawn so far. */
  readonly pictures: number
}

export interface StageOptions {
  /** Draws at this tier whatever it costs; by default it follows the machine. */
  readonly tier?: Tier['name']
}

export interface Stage {
  /** CSS pixels of the canvas, and how many pixels the screen has for each. */
  resize(width: number, height: number, pixelRatio: number): void
  /** Gives a panel its place on the canvas; null takes it away. */
  place(panel: PanelName, rectangle: Rectangle | null): void
  /** Draws, unless nothing differs from the last time or the picture before is not done. Frames are read here and not kept. */
  draw(view: StageView): void
  pick(x: number, y: number): Target | null
  /** Tells when the graphics context is lost and when it is back; the next `draw` then makes the whole picture anew. */
  onContext(listener: (state: 'lost' | 'restored') => void): void
  /** A picture of a panel, or of the whole stage, as PNG with the theme's background: made at the next `draw`. */
  snapshot(panel?: PanelName): Promise<Blob>
  readonly statistics: StageStatistics
  dispose(): void
}

/** Pixels of a snapshot for each CSS pixel, at least. */
const SNAPSHOT_RATIO = 2

/** A canvas of less than this share of the pixels is tried at the best tier again. */
const MUCH_SMALLER = 0.7

interface Placed {
  readonly panel: Panel
  readonly container: Container
  rectangle: Rectangle | null
}

interface Snapshot {
  readonly panel: PanelName | undefined
  readonly resolve: (picture: Promise<Blob>) => void
}

/**
 * Takes over a canvas.
 * @throws StageUnavailableError where there is no WebGL 2.
 */
export async function createStage(canvas: HTMLCanvasElement, options: StageOptions = {}): Promise<Stage> {
  return new PixiStage(await createRenderer(canvas), canvas, options)
}

class PixiStage implements Stage {
  readonly #renderer: WebGLRenderer
  readonly #canvas: HTMLCanvasElement
  readonly #root = new Container()
  readonly #panels = new Map<PanelName, Placed>()
  readonly #watch = new TierWatch()
  readonly #fence: PictureFence
  readonly #fixedTier: Tier | undefined
  readonly #counts: RendererCounts = { drawCalls: 0, textures: 0 }
  readonly #seen = new Seen()
  readonly #snapshots: Snapshot[] = []
  readonly #listeners: ((state: 'lost' | 'restored') => void)[] = []
  #size = { width: 1, height: 1, pixelRatio: 1 }
  #lost = false
  #scriptMilliseconds = 0
  #pictures = 0

  constructor(renderer: WebGLRenderer, canvas: HTMLCanvasElement, { tier }: StageOptions) {
    this.#renderer = renderer
    this.#canvas = canvas
    this.#fence = new PictureFence(renderer.gl)
    this.#fixedTier = tiers.find(({ name }) => name === tier)
    countDrawCalls(renderer, this.#counts)
    for (const [name, make] of Object.entries(makePanels)) {
      const container = new Container({ visible: false })
      const panel = make({
        container,
        get pixel() {
          return 1 / renderer.resolution
        },
      })
      this.#root.addChild(container)
      this.#panels.set(name as PanelName, { panel, container, rectangle: null })
    }
    canvas.addEventListener('webglcontextlost', this.#onLost)
    canvas.addEventListener('webglcontextrestored', this.#onRestored)
  }

  get statistics(): StageStatistics {
    return {
      ...this.#counts,
      scriptMilliseconds: this.#scriptMilliseconds,
      tier: this.#tier.name,
      pictures: this.#pictures,
    }
  }

  resize(width: number, height: number, pixelRatio: number): void {
    const before = this.#size
    this.#size = { width: Math.max(width, 1), height: Math.max(height, 1), pixelRatio }
    // What was too much for a large canvas may do for a much smaller one.
    if (pixels(this.#size) < MUCH_SMALLER * pixels(before)) this.#watch.reset()
    this.#fit(Math.min(pixelRatio, this.#tier.pixelRatio))
  }

  place(name: PanelName, rectangle: Rectangle | null): void {
    const placed = this.#panels.get(name)
    if (placed === undefined) return
    const drawable = rectangle !== null && rectangle.width >= 1 && rectangle.height >= 1
    placed.rectangle = drawable ? rectangle : null
    placed.container.visible = drawable
    placed.panel.place(placed.rectangle)
    this.#seen.forget()
  }

  draw(view: StageView): void {
    if (this.#lost || !this.#ready()) return
    if (this.#differs(view)) this.#drawTimed(view)
    if (this.#snapshots.length > 0) this.#takeSnapshots(view)
  }

  pick(x: number, y: number): Target | null {
    for (const { panel, rectangle } of this.#panels.values()) {
      if (rectangle !== null && contains(rectangle, x, y)) return panel.pick(x, y)
    }
    return null
  }

  onContext(listener: (state: 'lost' | 'restored') => void): void {
    this.#listeners.push(listener)
  }

  snapshot(panel?: PanelName): Promise<Blob> {
    return new Promise(resolve => this.#snapshots.push({ panel, resolve }))
  }

  dispose(): void {
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost)
    this.#canvas.removeEventListener('webglcontextrestored', this.#onRestored)
    for (const { panel } of this.#panels.values()) panel.dispose()
    this.#panels.clear()
    this.#root.destroy({ children: true })
    this.#renderer.destroy()
  }

  get #tier(): Tier {
    return this.#fixedTier ?? this.#watch.tier
  }

  #differs(view: StageView): boolean {
    const { mlp, brain, time, slow, reducedMotion, theme, palette, edges, focus, hover } = view
    const unit = focus === null ? -1 : `${focus.kind} ${focus.layer} ${focus.unit}`
    const under = hover === null ? -1 : `${hover.kind} ${hover.layer} ${hover.unit}`
    return this.#seen.changed(mlp, brain, time, slow, reducedMotion, theme, palette, edges, unit, under)
  }

  /** Whether the picture before is done; how long it took tells what the next may cost. */
  #ready(): boolean {
    const took = this.#fence.look(performance.now())
    if (took !== null && this.#fixedTier === undefined && this.#watch.note(took))
      this.#fit(Math.min(this.#size.pixelRatio, this.#tier.pixelRatio))
    return !this.#fence.pending
  }

  #drawTimed(view: StageView): void {
    const before = performance.now()
    this.#render(view, this.#tier.edges)
    this.#scriptMilliseconds = performance.now() - before
    this.#pictures++
    this.#fence.raise(before)
  }

  #render(view: StageView, mostEdges: number): void {
    const limited = view.edges > mostEdges ? { ...view, edges: mostEdges } : view
    for (const { panel, rectangle } of this.#panels.values()) {
      if (rectangle !== null) panel.draw(limited)
    }
    this.#counts.drawCalls = 0
    this.#renderer.render(this.#root)
    this.#counts.textures = this.#renderer.texture.managedTextures.length
  }

  /** Sizes the canvas; the panels then draw anew, since the width of a pixel is part of their pictures. */
  #fit(resolution: number): void {
    const { width, height } = this.#size
    this.#renderer.resize(width, height, resolution)
    this.#placeAll()
  }

  #placeAll(): void {
    for (const { panel, rectangle } of this.#panels.values()) panel.place(rectangle)
    this.#seen.forget()
  }

  /** Draws once more, finer where the screen is coarse, and copies before the browser takes the picture away. */
  #takeSnapshots(view: StageView): void {
    const usual = this.#renderer.resolution
    const ratio = Math.max(this.#size.pixelRatio, SNAPSHOT_RATIO)
    this.#fit(ratio)
    this.#render(view, Number.POSITIVE_INFINITY)
    const whole = { left: 0, top: 0, width: this.#size.width, height: this.#size.height }
    for (const { panel, resolve } of this.#snapshots.splice(0)) {
      const place = panel === undefined ? whole : (this.#panels.get(panel)?.rectangle ?? whole)
      resolve(pngOf(copyPicture(this.#canvas, place, ratio, stageColours[view.theme].background)))
    }
    this.#fit(usual)
    this.draw(view)
  }

  readonly #onLost = (): void => {
    this.#lost = true
    this.#fence.drop()
    for (const listener of this.#listeners) listener('lost')
  }

  readonly #onRestored = (): void => {
    this.#lost = false
    this.#placeAll()
    for (const listener of this.#listeners) listener('restored')
  }
}

/** Canvas pixels of a size. */
function pixels({
  width,
  height,
  pixelRatio,
}: {
  width: number
  height: number
  pixelRatio: number
}): number {
  return width * height * pixelRatio * pixelRatio
}

function contains({ left, top, width, height }: Rectangle, x: number, y: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height
}
