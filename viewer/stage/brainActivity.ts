// What every part of the brain's picture does at one time of a sample, kept in arrays that serve one sample after another.
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
import { centreX, centreY, type Grid, gridWidth } from './layout.ts'
import type { StageView } from './view.ts'

/** At full speed the light of a spike count stays for some frames: this share of it from one to the next. */
const AFTERGLOW = 0.82
/** Light of the neuron that fired most. */
const COUNT_LIGHT = 0.9

/** All values are from 0 to 1. */
export class BrainActivity {
  /** Light of each input's last spikes. */
  readonly inputs = new Float32Array(PIXELS)
  /** How full each excitatory cell is, its light, and how much inhibition dims it. */
  levels = new Float32Array(0)
  glow = new Float32Array(0)
  dimming = new Float32Array(0)
  /** Light of each inhibitory neuron. */
  inhibitory = new Float32Array(0)
  #afterglow = new Float32Array(0)
  #last: BrainFrame | null = null

  /** Works everything out for a time of a sample; `grid` is where the excitatory cells lie. */
  look(brain: BrainFrame, { time, slow, reducedMotion }: StageView, grid: Grid): void {
    const { spikes } = brain
    this.#resize(brain.shape.neurons)
    cellLevels(brain, time, this.levels)
    spikeTraces(spikes.input, brain.inputSpikes, time, INPUT_DECAY, INPUT_STEP, this.inputs)
    spikeTraces(spikes.excitatory, brain.excitatorySpikes, time, GLOW_DECAY, GLOW_STEP, this.glow)
    spikeTraces(spikes.inhibitory, brain.inhibitorySpikes, time, GLOW_DECAY, GLOW_STEP, this.inhibitory)
    this.#addCounts(brain, ending(time), !slow && !reducedMotion)
    this.#inhibit(brain, time, grid)
    this.#last = brain
  }

  #resize(neurons: number): void {
    if (this.levels.length === neurons) return
    this.levels = new Float32Array(neurons)
    this.glow = new Float32Array(neurons)
    this.dimming = new Float32Array(neurons)
    this.inhibitory = new Float32Array(neurons)
    this.#afterglow = new Float32Array(neurons)
  }

  /** At the sample's end, light tells how often each neuron fired; at full speed it fades over some frames. */
  #addCounts(brain: BrainFrame, share: number, fades: boolean): void {
    const most = mostSpikes(brain)
    const kept = !fades ? 0 : brain === this.#last ? 1 : AFTERGLOW
    for (let neuron = 0; neuron < this.glow.length; neuron++) {
      const light = Math.max(share * (brain.counts[neuron]! / most), this.#afterglow[neuron]! * kept)
      this.#afterglow[neuron] = light
      this.glow[neuron] = Math.max(this.glow[neuron]!, light * COUNT_LIGHT)
      this.inhibitory[neuron] = Math.max(this.inhibitory[neuron]!, light * COUNT_LIGHT)
    }
  }

  /** The last spike of all dims the other neurons, nearest first. */
  #inhibit({ spikes, excitatorySpikes }: BrainFrame, time: number, grid: Grid): void {
    const { dimming } = this
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
}
