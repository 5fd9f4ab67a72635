// The brain's picture: the image, the excitatory neurons as round cells with their membranes, thresholds and spikes, inhibition.
import { type BrainFrame, STEP } from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import { BrainActivity } from './brainActivity.ts'
import { drawCells, drawInhibitory, markCell } from './brainCells.ts'
import { firstSpike } from './brainMotion.ts'
import { mix, type Packed, type StageColours, signs, stageColours, withAlpha } from './colours.ts'
import { drawInput } from './inputBlock.ts'
import { type BrainLayout, centreX, centreY, edgeStart, type Grid, layOutBrain, unitAt } from './layout.ts'
import { type MakePanel, type Panel, type Scene, Seen } from './panel.ts'
import { QuadBatch } from './quads.ts'
import { StrongestFinder } from './strongest.ts'
import type { Rectangle, StageView, Target, Unit } from './view.ts'

export const makeBrainNetwork: MakePanel = scene => new BrainNetwork(scene)

/** Most synapses of one neuron that are drawn, and of these the share when it is only the winner. */
const FAN_IN = 160
/** Time a spike takes from the image to the neuron in the picture, ms. */
const TRAVEL = 18

class BrainNetwork implements Panel {
  readonly #scene: Scene
  readonly #batch: QuadBatch
  readonly #seen = new Seen()
  readonly #activity = new BrainActivity()
  readonly #finder = new StrongestFinder()
  #place: Rectangle | null = null
  #layout: BrainLayout | null = null

  constructor(scene: Scene) {
    this.#scene = scene
    this.#batch = new QuadBatch(scene)
  }

  place(rectangle: Rectangle | null): void {
    this.#place = rectangle
    this.#layout = null
    this.#seen.forget()
  }

  draw(view: StageView): void {
    const { brain, time, slow, theme, edges, reducedMotion } = view
    const focus = own(view.focus)
    const hover = own(view.hover)
    if (!this.#seen.changed(brain, time, slow, theme, edges, reducedMotion, focus?.unit, hover?.unit)) return
    const colours = stageColours[theme]
    this.#batch.begin()
    if (brain !== null && this.#place !== null) this.#drawFrame(brain, view, focus, hover, colours)
  }

  pick(x: number, y: number): Target | null {
    const layout = this.#layout
    if (layout === null) return null
    const pixel = unitAt(layout.input, x, y)
    if (pixel >= 0) return { kind: 'pixel', pixel }
    const unit = unitAt(layout.excitatory, x, y)
    return unit >= 0 ? { kind: 'brain', layer: 0, unit } : null
  }

  dispose(): void {
    this.#batch.dispose()
  }

  #drawFrame(
    brain: BrainFrame,
    view: StageView,
    focus: Unit | null,
    hover: Unit | null,
    colours: StageColours,
  ): void {
    const layout = this.#layOut(brain)
    this.#activity.look(brain, view, layout.excitatory)
    const looked = hover ?? focus
    this.#drawFanIn(brain, view, layout, looked?.unit ?? brain.winner, looked !== null, colours)
    const weights = looked === null ? undefined : weightsInto(brain, looked.unit)
    drawInput(this.#batch, layout.input, brain.pixels, colours, { traces: this.#activity.inputs, weights })
    drawCells(this.#batch, layout.excitatory, brain, this.#activity, view.theme, colours)
    drawInhibitory(this.#batch, layout, brain.winner, this.#activity.inhibitory, colours)
    if (focus !== null) markCell(this.#batch, layout.excitatory, focus.unit, 2, colours.ink)
    if (hover !== null) markCell(this.#batch, layout.excitatory, hover.unit, 1, colours.ink)
  }

  #layOut({ shape: { neurons } }: BrainFrame): BrainLayout {
    if (this.#layout === null || this.#layout.excitatory.count !== neurons)
      this.#layout = layOutBrain(this.#place!, neurons, this.#scene.pixel)
    return this.#layout
  }

  /** The strongest synapses into a neuron, and the spikes on their way to it. */
  #drawFanIn(
    brain: BrainFrame,
    { time, edges }: StageView,
    { input, excitatory }: BrainLayout,
    neuron: number,
    looked: boolean,
    colours: StageColours,
  ): void {
    const weights = weightsInto(brain, neuron)
    if (weights === undefined) return
    const chosen = this.#finder.find(weights, Math.min(looked ? FAN_IN : FAN_IN / 2, edges))
    const [x, y] = [centreX(excitatory, neuron), centreY(excitatory, neuron)]
    const strength = colours.edgeAlpha * (looked ? 0.8 : 0.4)
    for (const pixel of chosen) {
      const weight = weights[pixel]! / 255
      const colour = withAlpha(signs.positive, strength * (0.1 + 0.9 * weight))
      this.#batch.line(edgeStart(input, pixel), centreY(input, pixel), x, y, 0.7 + 0.6 * weight, colour)
    }
    this.#drawSpikes(brain, time, input, chosen, x, y, mix(signs.positive, colours.ink, 0.5))
  }

  #drawSpikes(
    { spikes, inputSpikes }: BrainFrame,
    time: number,
    input: Grid,
    chosen: Uint32Array,
    x: number,
    y: number,
    colour: Packed,
  ): void {
    const until = firstSpike(spikes.input, inputSpikes, time / STEP + 1e-6)
    for (let spike = firstSpike(spikes.input, inputSpikes, (time - TRAVEL) / STEP); spike < until; spike++) {
      const pixel = spikes.input.neurons[spike]!
      if (!chosen.includes(pixel)) continue
      const head = (time - spikes.input.steps[spike]! * STEP) / TRAVEL
      const tail = Math.max(head - 0.2, 0)
      const [fromX, fromY] = [edgeStart(input, pixel), centreY(input, pixel)]
      const [dx, dy] = [x - fromX, y - fromY]
      this.#batch.comet(fromX + dx * tail, fromY + dy * tail, fromX + dx * head, fromY + dy * head, 2, colour)
    }
  }
}

/** A neuron's receptive field, undefined where there is no such neuron. */
function weightsInto({ shape, weights }: BrainFrame, neuron: number): Uint8Array | undefined {
  if (neuron < 0 || neuron >= shape.neurons) return undefined
  return weights.subarray(neuron * PIXELS, (neuron + 1) * PIXELS)
}

function own(unit: Unit | null): Unit | null {
  return unit?.kind === 'brain' ? unit : null
}
