// The brain's picture: the image, the excitatory neurons as round cells with their membranes, thresholds and spikes, inhibition.

import { type BrainFrame, STEP } from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import {
  cellLevels,
  ending,
  firstSpike,
  GLOW_DECAY,
  GLOW_STEP,
  INHIBITION_SHOWN,
  INPUT_DECAY,
  INPUT_STEP,
  inhibitionAt,
  mostSpikes,
  spikeTraces,
} from './brainMotion.ts'
import { mix, type Packed, type StageColours, signs, stageColours, withAlpha } from './colours.ts'
import { drawInput } from './inputBlock.ts'
import {
  type BrainLayout,
  centreX,
  centreY,
  edgeStart,
  type Grid,
  gridWidth,
  layOutBrain,
  unitAt,
} from './layout.ts'
import { classColour } from './palettes.ts'
import { type MakePanel, type Panel, type Scene, Seen } from './panel.ts'
import { QuadBatch } from './quads.ts'
import { strongest } from './strongest.ts'
import type { Rectangle, StageView, Target, Unit } from './view.ts'

export const makeBrainNetwork: MakePanel = scene => new BrainNetwork(scene)

/** A cell's radius as a share of its place. */
const RADIUS = 0.42
/** Most synapses of one neuron that are drawn, and of these the share when it is only the winner. */
const FAN_IN = 160
/** Time a spike takes from the image to the neuron in the picture, ms. */
const TRAVEL = 18
/** At full speed the light of a spike count stays for some frames: this share of it from one to the next. */
const AFTERGLOW = 0.82

class BrainNetwork implements Panel {
  readonly #batch: QuadBatch
  readonly #seen = new Seen()
  readonly #inputs = new Float32Array(PIXELS)
  #glow = new Float32Array(0)
  #afterglow = new Float32Array(0)
  #levels = new Float32Array(0)
  #dimming = new Float32Array(0)
  #inhibitory = new Float32Array(0)
  #place: Rectangle | null = null
  #layout: BrainLayout | null = null
  #last: BrainFrame | null = null

  constructor(scene: Scene) {
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
    this.#batch.begin(colours.well)
    if (brain !== null && this.#place !== null) this.#drawFrame(brain, view, focus, hover, colours)
    this.#batch.end()
    this.#last = brain
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
    this.#look(brain, view, layout.excitatory)
    const looked = hover ?? focus
    this.#drawFanIn(brain, view, layout, looked?.unit ?? brain.winner, looked !== null, colours)
    const weights = looked === null ? undefined : weightsInto(brain, looked.unit)
    drawInput(this.#batch, layout.input, brain.pixels, colours, { traces: this.#inputs, weights })
    this.#drawCells(brain, view, layout.excitatory, colours)
    this.#drawInhibitory(layout, brain, colours)
    if (focus !== null) this.#mark(layout.excitatory, focus.unit, 2, colours.ink)
    if (hover !== null) this.#mark(layout.excitatory, hover.unit, 1, colours.ink)
  }

  #layOut({ shape: { neurons } }: BrainFrame): BrainLayout {
    if (this.#layout === null || this.#layout.excitatory.count !== neurons)
      this.#layout = layOutBrain(this.#place!, neurons)
    if (this.#levels.length !== neurons) {
      this.#glow = new Float32Array(neurons)
      this.#afterglow = new Float32Array(neurons)
      this.#levels = new Float32Array(neurons)
      this.#dimming = new Float32Array(neurons)
      this.#inhibitory = new Float32Array(neurons)
    }
    return this.#layout
  }

  /** Works out what the cells, the inputs and the inhibition do at this time. */
  #look(brain: BrainFrame, { time, slow, reducedMotion }: StageView, grid: Grid): void {
    const { spikes } = brain
    cellLevels(brain, time, this.#levels)
    spikeTraces(spikes.input, brain.inputSpikes, time, INPUT_DECAY, INPUT_STEP, this.#inputs)
    spikeTraces(spikes.excitatory, brain.excitatorySpikes, time, GLOW_DECAY, GLOW_STEP, this.#glow)
    spikeTraces(spikes.inhibitory, brain.inhibitorySpikes, time, GLOW_DECAY, GLOW_STEP, this.#inhibitory)
    this.#addCounts(brain, ending(time), !slow && !reducedMotion)
    this.#inhibit(brain, time, grid)
  }

  /** At the sample's end, light tells how often each neuron fired; at full speed it fades over some frames. */
  #addCounts(brain: BrainFrame, share: number, fades: boolean): void {
    const most = mostSpikes(brain)
    const next = brain !== this.#last
    for (let neuron = 0; neuron < this.#glow.length; neuron++) {
      const fired = share * (brain.counts[neuron]! / most)
      const before = fades ? this.#afterglow[neuron]! * (next ? AFTERGLOW : 1) : 0
      const light = Math.max(fired, before)
      this.#afterglow[neuron] = light
      this.#glow[neuron] = Math.max(this.#glow[neuron]!, light * 0.9)
      this.#inhibitory[neuron] = Math.max(this.#inhibitory[neuron]!, light * 0.9)
    }
  }

  /** The last spikes of all neurons dim the others, nearest first. */
  #inhibit({ spikes, excitatorySpikes }: BrainFrame, time: number, grid: Grid): void {
    const dimming = this.#dimming
    dimming.fill(0)
    const last = firstSpike(spikes.excitatory, excitatorySpikes, time / STEP + 1e-6) - 1
    if (last < 0) return
    const age = time - spikes.excitatory.steps[last]! * STEP
    if (age > INHIBITION_SHOWN) return
    const source = spikes.excitatory.neurons[last]!
    const x = centreX(grid, source)
    const y = centreY(grid, source)
    const width = gridWidth(grid)
    for (let neuron = 0; neuron < dimming.length; neuron++) {
      if (neuron === source) continue
      const dx = centreX(grid, neuron) - x
      const dy = centreY(grid, neuron) - y
      dimming[neuron] = inhibitionAt(Math.sqrt(dx * dx + dy * dy) / width, age)
    }
  }

  #drawCells(brain: BrainFrame, { theme }: StageView, grid: Grid, colours: StageColours): void {
    const batch = this.#batch
    const radius = grid.pitch * RADIUS
    const thetaMost = Math.max(brain.thetaMaximum, 1e-6)
    for (let neuron = 0; neuron < grid.count; neuron++) {
      const x = centreX(grid, neuron)
      const y = centreY(grid, neuron)
      if (brain.lesions[neuron] === 1) {
        drawLesion(batch, x, y, radius, colours.rim)
        continue
      }
      const hue = classColour(theme, brain.labels[neuron]!)
      const dim = this.#dimming[neuron]!
      const fill = mix(mix(hue, colours.well, colours.pale), colours.well, 0.55 * dim)
      const rim = mix(mix(hue, colours.well, 0.3), signs.negative, 0.6 * dim)
      batch.cell(x, y, radius, this.#levels[neuron]!, brain.theta[neuron]! / thetaMost, fill, rim)
    }
    for (let neuron = 0; neuron < grid.count; neuron++) {
      const light = this.#glow[neuron]!
      if (light < 0.04) continue
      const x = centreX(grid, neuron)
      const y = centreY(grid, neuron)
      batch.glow(x, y, radius * 2.6, withAlpha(colours.spike, 0.75 * light))
      batch.disc(x, y, radius * 0.45, withAlpha(colours.core, light))
    }
  }

  /** The inhibitory neurons, one for each excitatory one, and the line from the winner to its own. */
  #drawInhibitory({ excitatory, inhibitory }: BrainLayout, brain: BrainFrame, colours: StageColours): void {
    if (inhibitory === null) return
    const half = inhibitory.pitch * 0.3
    const { winner } = brain
    if (winner >= 0 && winner < excitatory.count) {
      const strength = 0.25 + 0.6 * this.#inhibitory[winner]!
      const [x, y] = [centreX(excitatory, winner), centreY(excitatory, winner)]
      const colour = withAlpha(signs.negative, strength)
      this.#batch.line(x, y, centreX(inhibitory, winner), centreY(inhibitory, winner), 1, colour)
    }
    for (let neuron = 0; neuron < inhibitory.count; neuron++) {
      const x = centreX(inhibitory, neuron)
      const y = centreY(inhibitory, neuron)
      const light = this.#inhibitory[neuron]!
      const colour = light < 0.04 ? colours.rim : mix(colours.rim, signs.negative, light)
      this.#batch.diamond(x, y, half * (1 + 0.8 * light), colour)
    }
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
    const chosen = strongest(weights, Math.min(looked ? FAN_IN : FAN_IN / 2, edges))
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

  #mark(grid: Grid, unit: number, width: number, ink: Packed): void {
    if (unit >= grid.count) return
    this.#batch.ring(centreX(grid, unit), centreY(grid, unit), grid.pitch / 2 + width, width, ink)
  }
}

/** A silenced neuron: an empty ring, struck through. */
function drawLesion(batch: QuadBatch, x: number, y: number, radius: number, rim: Packed): void {
  batch.ring(x, y, radius, 1, rim)
  const arm = radius * 0.45
  batch.line(x - arm, y + arm, x + arm, y - arm, 1, rim)
}

/** A neuron's receptive field, undefined where there is no such neuron. */
function weightsInto({ shape, weights }: BrainFrame, neuron: number): Uint8Array | undefined {
  if (neuron < 0 || neuron >= shape.neurons) return undefined
  return weights.subarray(neuron * PIXELS, (neuron + 1) * PIXELS)
}

function own(unit: Unit | null): Unit | null {
  return unit?.kind === 'brain' ? unit : null
}
