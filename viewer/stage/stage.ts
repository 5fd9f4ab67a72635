// The stage: one canvas for all pictures, each in the place that the page gives it, drawn only when something differs.
import { Container, type WebGLRenderer } from 'pixi.js'
import { stageColours } from './colours.ts'
import { type Panel, Seen } from './panel.ts'
import { makePanels } from './panels.ts'
import { copyPicture, pngOf } from './picture.ts'
import { PictureFence } from './pictureFence.ts'
import { QuadLayer } from './quadLayer.ts'
import type { ArrangedRows } from './rasterRange.ts'
import { countDrawCalls, createRenderer, type RendererCounts } from './renderer.ts'
import { SnapshotError, Snapshots, type TakeSnapshot } from './snapshots.ts'
import { type Tier, TierWatch, tiers } from './tier.ts'
import type { PanelName, Rectangle, StageView, Target } from './view.ts'

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
  /** How the raster's rows hold the neurons, null before it is drawn; another object when they do so differently. */
  readonly raster: ArrangedRows | null
  /** Tells when the graphics context is lost and when it is back; the next `draw` then makes the whole picture anew. */
  onContext(listener: (state: 'lost' | 'restored') => void): void
  /**
   * A picture of a panel, or of the whole stage, as PNG with the theme's background: made at the next `draw`.
   * @throws SnapshotError
   */
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
  readonly #quads: QuadLayer
  readonly #watch = new TierWatch()
  readonly #fence: PictureFence
  readonly #fixedTier: Tier | undefined
  readonly #counts: RendererCounts = { drawCalls: 0 }
  readonly #seen = new Seen()
  readonly #snapshots = new Snapshots()
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
    const over = new Container()
    this.#quads = new QuadLayer(over)
    for (const [name, make] of Object.entries(makePanels)) {
      const container = new Container({ visible: false })
      const panel = make({
        container,
        quads: this.#quads,
        get pixel() {
          return 1 / renderer.resolution
        },
      })
      this.#root.addChild(container)
      this.#panels.set(name as PanelName, { panel, container, rectangle: null })
    }
    this.#root.addChild(over)
    canvas.addEventListener('webglcontextlost', this.#onLost)
    canvas.addEventListener('webglcontextrestored', this.#onRestored)
  }

  get statistics(): StageStatistics {
    return {
      ...this.#counts,
      textures: this.#renderer.texture.managedTextures.length,
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
    if (this.#snapshots.pending) this.#takeSnapshots(view)
  }

  pick(x: number, y: number): Target | null {
    for (const { panel, rectangle } of this.#panels.values()) {
      if (rectangle !== null && contains(rectangle, x, y)) return panel.pick(x, y)
    }
    return null
  }

  get raster(): ArrangedRows | null {
    return this.#panels.get('brainTime')?.panel.raster ?? null
  }

  onContext(listener: (state: 'lost' | 'restored') => void): void {
    this.#listeners.push(listener)
  }

  snapshot(panel?: PanelName): Promise<Blob> {
    return this.#snapshots.ask(panel)
  }

  dispose(): void {
    this.#snapshots.refuse('disposed')
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost)
    this.#canvas.removeEventListener('webglcontextrestored', this.#onRestored)
    for (const { panel } of this.#panels.values()) panel.dispose()
    this.#panels.clear()
    this.#quads.dispose()
    this.#root.destroy({ children: true })
    this.#renderer.destroy()
  }

  get #tier(): Tier {
    return this.#fixedTier ?? this.#watch.tier
  }

  #differs(view: StageView): boolean {
    const { mlp, brain, time, slow, learning, reducedMotion, theme, palette, edges, focus, hover } = view
    const unit = focus === null ? -1 : `${focus.kind} ${focus.layer} ${focus.unit}`
    const under = hover === null ? -1 : `${hover.kind} ${hover.layer} ${hover.unit}`
    return this.#seen.changed(
      ...[mlp, brain, time, slow, learning, reducedMotion, theme, palette, edges, unit, under],
    )
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
    this.#quads.gather(1 / this.#renderer.resolution, stageColours[view.theme].well)
    this.#counts.drawCalls = 0
    this.#renderer.render(this.#root)
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
    const { background } = stageColours[view.theme]
    let take: TakeSnapshot = async panel =>
      pngOf(copyPicture(this.#canvas, this.#placeOf(panel), ratio, background))
    try {
      this.#fit(ratio)
      this.#render(view, Number.POSITIVE_INFINITY)
    } catch (error) {
      take = () => Promise.reject(error)
    }
    // Those of a context that was lost just now are refused when the browser says so.
    if (!this.#renderer.gl.isContextLost()) this.#snapshots.make(take)
    // At once: the canvas was cleared, and the next `draw` may have to wait for the picture before.
    this.#fit(usual)
    this.#render(view, this.#tier.edges)
  }

  /** @throws SnapshotError where nothing is shown. */
  #placeOf(name: PanelName | undefined): Rectangle {
    const { width, height } = this.#size
    const placed = [...this.#panels.values()].some(({ rectangle }) => rectangle !== null)
    const whole = placed ? { left: 0, top: 0, width, height } : null
    const place = name === undefined ? whole : this.#panels.get(name)?.rectangle
    if (!place) throw new SnapshotError('notShown', 'There is nothing of it on the canvas.')
    return place
  }

  readonly #onLost = (): void => {
    this.#lost = true
    this.#fence.drop()
    this.#snapshots.refuse('lost')
    for (const listener of this.#listeners) listener('lost')
  }

  readonly #onRestored = (): void => {
    this.#lost = false
    this.#snapshots.accept()
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
