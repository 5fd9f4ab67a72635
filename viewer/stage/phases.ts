// The MLP's phases as the picture shows them: how far each layer has lit up, where the pulses are, what is being told back.
import { mlpPhase } from './view.ts'

export interface MlpMotion {
  /** How far each layer shows what it puts out, from 0 to 1: inputs, then layers 1, 2 and 3. */
  readonly lit: readonly [number, number, number, number]
  /** How far pulses have come between each two layers, on their way up or down; -1 where none are. */
  readonly up: readonly [number, number, number]
  readonly down: readonly [number, number, number]
  /** How far each layer shows its gradient, inputs (which have none) first. */
  readonly told: readonly [number, number, number, number]
  /** How strongly synapses show what this image adds to them. */
  readonly update: number
}

const clamp = (value: number): number => Math.min(Math.max(value, 0), 1)

/** Eases in and out. */
const smooth = (value: number): number => value * value * (3 - 2 * value)

/** How long a layer takes to light up, as a share of the way of a pulse. */
const LIGHTING = 0.35

const still = [-1, -1, -1] as const

/** Where pulses are while `position` goes over the ways listed, one after another. */
function pulses(position: number, ways: readonly number[]): [number, number, number] {
  const places: [number, number, number] = [-1, -1, -1]
  const turn = Math.min(Math.floor(position), ways.length - 1)
  places[ways[turn] as 0 | 1 | 2] = position - turn
  return places
}

/** The picture at a time of a sample, ms; a network that only looks updates nothing. */
export function mlpMotion(time: number, learning = true): MlpMotion {
  const { phase, progress } = mlpPhase(time)
  const position = phase === 'forward' ? 3 * progress : 3
  // A layer lights up as the pulses reach it; at the end of the forward phase all have.
  const arrived = (way: number) => smooth(clamp((position - way + LIGHTING) / LIGHTING))
  const back = phase === 'backward' ? 2 * progress : phase === 'update' ? 2 : 0
  const reached = (way: number) => smooth(clamp((back - way + LIGHTING) / LIGHTING))
  const judged = phase === 'forward' ? 0 : phase === 'loss' ? smooth(progress) : 1
  return {
    lit: [1, arrived(1), arrived(2), arrived(3)],
    up: phase === 'forward' ? pulses(position, [0, 1, 2]) : still,
    down: phase === 'backward' ? pulses(back, [2, 1]) : still,
    told: [0, reached(2), reached(1), judged],
    update: learning && phase === 'update' ? Math.sin(Math.PI * progress) : 0,
  }
}
