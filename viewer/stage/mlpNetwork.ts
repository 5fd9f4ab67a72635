// The deep network's picture: the image, two hidden layers and the outputs as squares, the strongest synapses between them.
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { type StageColours, stageColours, withAlpha } from './colours.ts'
import { type BundleEnds, EdgeBundle } from './edges.ts'
import { drawInput } from './inputBlock.ts'
import { centreX, centreY, type Grid, layOutMlp, type MlpLayout, unitAt } from './layout.ts'
import { drawUnits, markUnit } from './mlpUnits.ts'
import { type MakePanel, type Panel, type Scene, Seen } from './panel.ts'
import { mlpMotion } from './phases.ts'
import { QuadBatch } from './quads.ts'
import type { Rectangle, StageView, Target, Unit } from './view.ts'

export const makeMlpNetwork: MakePanel = scene => new MlpNetwork(scene)

/** How much of their strength synapses keep while those of one unit are looked at. */
const BESIDE_FOCUS = 0.22
/** Most lines into a unit that is looked at: all, but from the image, where its weights are laid over the pixels. */
const FAN_IN = 256

class MlpNetwork implements Panel {
  readonly #scene: Scene
  readonly #batch: QuadBatch
  readonly #seen = new Seen()
  readonly #chosen = new Seen()
  readonly #edges = [new EdgeBundle(), new EdgeBundle(), new EdgeBundle()] as const
  #place: Rectangle | null = null
  #layout: MlpLayout | null = null
  #sizes = ''

  constructor(scene: Scene) {
    this.#scene = scene
    this.#batch = new QuadBatch(scene)
  }

  place(rectangle: Rectangle | null): void {
    this.#place = rectangle
    this.#layout = null
    this.#seen.forget()
    this.#chosen.forget()
  }

  draw(view: StageView): void {
    const { mlp, time, learning, theme, palette, edges } = view
    const focus = own(view.focus)
    const hover = own(view.hover)
    if (!this.#seen.changed(mlp, time, learning, theme, palette, edges, keyOf(focus), keyOf(hover))) return
    const colours = stageColours[theme]
    this.#batch.begin()
    if (mlp !== null && this.#place !== null) this.#drawFrame(mlp, view, focus, hover, colours)
  }

  pick(x: number, y: number): Target | null {
    const layout = this.#layout
    if (layout === null) return null
    const pixel = unitAt(layout.input, x, y)
    if (pixel >= 0) return { kind: 'pixel', pixel }
    for (const [index, grid] of layout.layers.entries()) {
      const unit = unitAt(grid, x, y)
      if (unit >= 0) return { kind: 'mlp', layer: index + 1, unit }
    }
    return null
  }

  dispose(): void {
    this.#batch.dispose()
  }

  #drawFrame(
    mlp: MlpFrame,
    view: StageView,
    focus: Unit | null,
    hover: Unit | null,
    colours: StageColours,
  ): void {
    const batch = this.#batch
    const { input, layers } = this.#layOut(mlp)
    const grids: readonly Grid[] = [input, ...layers]
    const motion = mlpMotion(view.time, view.learning)
    this.#chooseEdges(mlp, view.edges, grids)
    const looked = hover ?? focus
    const strength = colours.edgeAlpha * (looked === null ? 1 : BESIDE_FOCUS)
    for (const bundle of this.#edges) bundle.drawLines(batch, strength)
    const weights = looked === null ? undefined : weightsInto(mlp, looked)
    if (looked !== null && weights !== undefined)
      this.#drawFanIn(mlp, weights, looked, grids, colours.edgeAlpha)
    for (const [index, bundle] of this.#edges.entries()) {
      const sources = index === 0 ? mlp.pixels : mlp.activations[index - 1]!
      bundle.drawMotion(batch, motion, index, sources, mlp.gradients[index]!, colours)
    }
    drawInput(batch, input, mlp.pixels, colours, { weights: looked?.layer === 1 ? weights : undefined })
    for (const [index, grid] of layers.entries()) drawUnits(batch, grid, mlp, index, motion, view, colours)
    this.#drawDigits(layers[2], mlp, colours)
    if (focus !== null) markUnit(batch, layers[focus.layer - 1], focus.unit, 2, colours.ink)
    if (hover !== null) markUnit(batch, layers[hover.layer - 1], hover.unit, 1, colours.ink)
  }

  #layOut({ shape }: MlpFrame): MlpLayout {
    const sizes = shape.layers.join()
    if (this.#layout === null || sizes !== this.#sizes) {
      const [, first, second, third] = shape.layers
      this.#layout = layOutMlp(this.#place!, [first, second, third], this.#scene.pixel)
      this.#sizes = sizes
      this.#chosen.forget()
    }
    return this.#layout
  }

  #chooseEdges(mlp: MlpFrame, most: number, grids: readonly Grid[]): void {
    if (!this.#chosen.changed(mlp, most)) return
    for (const [index, bundle] of this.#edges.entries())
      bundle.choose(mlp.weights[index]!, most, endsOf(mlp, index, grids))
  }

  #drawFanIn(
    mlp: MlpFrame,
    weights: Int8Array,
    { layer, unit }: Unit,
    grids: readonly Grid[],
    strength: number,
  ): void {
    fanIn.choose(weights, FAN_IN, endsOf(mlp, layer - 1, grids), unit)
    fanIn.drawLines(this.#batch, strength)
  }

  /** The outputs' digits; the right one is underlined and strong. */
  #drawDigits(grid: Grid, { label }: MlpFrame, { ink }: StageColours): void {
    const height = Math.min(grid.pitch * 0.95, 15)
    const x = centreX(grid, 0) + grid.pitch / 2 + height * 0.6
    for (let digit = 0; digit < grid.count; digit++) {
      const y = centreY(grid, digit)
      const right = digit === label
      this.#batch.digit(x, y, height, digit, withAlpha(ink, right ? 1 : 0.5))
      if (right) this.#batch.box(x - height * 0.28, y + height * 0.4, height * 0.56, 1.5, 0, ink)
    }
  }
}

/** The weights into a unit, undefined where the network has none of that name. */
function weightsInto({ shape, weights }: MlpFrame, { layer, unit }: Unit): Int8Array | undefined {
  const inputs = shape.layers[layer - 1]
  const units = shape.layers[layer]
  if (inputs === undefined || units === undefined || unit >= units) return undefined
  return weights[layer - 1]!.subarray(unit * inputs, (unit + 1) * inputs)
}

/** What the synapses into layer `index` + 1 join. */
function endsOf({ lesions }: MlpFrame, index: number, grids: readonly Grid[]): BundleEnds {
  return {
    from: grids[index]!,
    to: grids[index + 1]!,
    silencedFrom: lesions[index - 1],
    silencedTo: lesions[index],
  }
}

/** Drawn anew for each picture, so one serves all. */
const fanIn = new EdgeBundle()

function own(unit: Unit | null): Unit | null {
  return unit?.kind === 'mlp' && unit.layer > 0 ? unit : null
}

function keyOf(unit: Unit | null): number {
  return unit === null ? -1 : unit.layer * 65_536 + unit.unit
}
