// Lesson 5: the same drives compete through a softmax, and through inhibition in a small spiking network.
import {
  allButOwn,
  conductanceLif,
  dense,
  diehlCookParameters,
  Network,
  oneToOne,
  PoissonInput,
  Population,
  SpikeProbe,
} from '../../../sim/index.ts'
import { softmax, tensor } from '../../../src/index.ts'
import { onBench } from './bench.ts'

export const CELLS = 8
/** The cell that is driven most, and how much less each other is, as a share of the lead. */
const BEST = 2
const SHORTFALLS = [0.8, 0.35, 0, 0.6, 0.2, 1, 0.5, 0.9] as const
const INPUTS_PER_CELL = 40
/** Rate of an input of the cell that is driven most, Hz. */
const HIGHEST_RATE = 63.75
const INPUT_WEIGHT = 0.25
export const COMPETITION_DURATION = 350
const STEP = 0.5

export interface Competition {
  /** Weight of a spike of inhibition. */
  readonly inhibition: number
  /** How far behind the best the weakest drive lies, as a share of it. */
  readonly lead: number
  /** What the drives are multiplied by before the softmax. */
  readonly sharpness: number
}

export interface SpikingOutcome {
  /** Spikes of each cell. */
  readonly counts: readonly number[]
  /** In order of time: cell and ms. */
  readonly spikes: readonly { readonly cell: number; readonly time: number }[]
}

/** From 0 to 1, the best 1. */
export function drivesOf(lead: number): number[] {
  return SHORTFALLS.map(shortfall => 1 - lead * shortfall)
}

export const bestCell = BEST

/** The softmax of the drives. */
export function shares({ lead, sharpness }: Pick<Competition, 'lead' | 'sharpness'>): number[] {
  return onBench(() => {
    const logits = drivesOf(lead).map(drive => drive * sharpness)
    return [...softmax(tensor([logits])).toArray()]
  })
}

/** Weights from 40 inputs to each cell, none between. */
function inputWeights(): Float32Array {
  const weights = new Float32Array(CELLS * INPUTS_PER_CELL * CELLS)
  for (let input = 0; input < CELLS * INPUTS_PER_CELL; input++) {
    weights[input * CELLS + Math.floor(input / INPUTS_PER_CELL)] = INPUT_WEIGHT
  }
  return weights
}

/** What eight cells answer when each inhibits all others through its inhibitory partner, wired as the brain here is. */
export function spikingOutcome({
  inhibition,
  lead,
}: Pick<Competition, 'inhibition' | 'lead'>): SpikingOutcome {
  const { excitatoryToInhibitory, inhibitory } = diehlCookParameters
  return onBench(() => {
    const network = new Network()
    const steps = COMPETITION_DURATION / STEP
    const input = network.add(new PoissonInput('input', CELLS * INPUTS_PER_CELL, steps))
    const cells = network.add(new Population('excitatory', CELLS, conductanceLif))
    const partners = network.add(new Population('inhibitory', CELLS, conductanceLif, inhibitory))
    network.connect(dense({ from: input, to: cells, into: 'gExc', weights: inputWeights() }))
    network.connect(oneToOne({ from: cells, to: partners, into: 'gExc', weight: excitatoryToInhibitory }))
    network.connect(allButOwn({ from: partners, to: cells, into: 'gInh', weight: inhibition }))
    const probe = network.probe(new SpikeProbe(cells))
    const simulation = network.compile({ dt: STEP, seed: 1 })
    const rates = drivesOf(lead).flatMap(drive =>
      new Array<number>(INPUTS_PER_CELL).fill(drive * HIGHEST_RATE),
    )
    simulation.input(input).encode(Float32Array.from(rates), steps, { stream: 'lesson', index: 0 })
    simulation.run(steps)
    const { times, indices } = probe
    const spikes = [...indices].map((cell, spike) => ({ cell, time: times[spike]! }))
    simulation.dispose()
    const counts = Array.from(
      { length: CELLS },
      (_, cell) => spikes.filter(spike => spike.cell === cell).length,
    )
    return { counts, spikes }
  })
}
