// What of the lessons' figures follows from the bundled recordings, computed from them; a test repeats it.
import { IMAGE_DURATION } from '../../experiments/learners/brainFrame.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import type { Figures } from './figureTypes.ts'
import { competitionOf } from './laboratory/fields.ts'
import {
  type Answer,
  accuracyByTime,
  accuracyOf,
  type Responses,
  readoutFrom,
  timeToShare,
} from './laboratory/responses.ts'
import { weightChange } from './laboratory/timing.ts'

/** Images after which lesson 1 tells the accuracy, beside the end. */
const TOLD = [1024]

export type Derived = Pick<Figures, 'first' | 'timing' | 'competition'> & {
  readonly moment: Omit<Figures['moment'], 'inputSpikes'>
  readonly labels: readonly { readonly labels: number; readonly brain: number }[]
}

export interface Sources {
  readonly first: Recording
  readonly inhibited: Recording
  readonly uninhibited: Recording
  readonly responses: Responses
}

export function derive({ first, inhibited, uninhibited, responses }: Sources): Derived {
  return {
    first: courseOf(first),
    moment: momentOf(responses),
    timing: {
      pairBefore: weightChange('pair', { pre: [40], post: [50] }),
      pairAfter: weightChange('pair', { pre: [60], post: [50] }),
      tripletPair: weightChange('triplet', { pre: [40], post: [50] }),
      tripletTriple: weightChange('triplet', { pre: [40], post: [20, 50] }),
    },
    competition: {
      neurons: inhibited.information.config.neurons,
      images: inhibited.moments.at(-1)!.position,
      with: competitionOf(inhibited),
      without: competitionOf(uninhibited),
    },
    labels: [10, 30, 100, 300, 1000].map(labels => ({
      labels,
      brain: accuracyOf(responses, readoutFrom(responses, labels), Number.POSITIVE_INFINITY),
    })),
  }
}

function courseOf(recording: Recording): Figures['first'] {
  const { moments } = recording
  const last = moments.at(-1)!
  // The last moment at a position has the frames of both networks.
  const told = moments.filter(
    ({ position }, place) =>
      (TOLD.includes(position) || position === last.position) && moments[place + 1]?.position !== position,
  )
  return {
    neurons: recording.information.config.neurons,
    images: last.position,
    course: told.map(({ position, mlp, brain }) => ({
      images: position,
      mlp: recording.frames('mlp').summary(mlp).testAccuracy,
      brain: recording.frames('brain').summary(brain).testAccuracy,
    })),
  }
}

function momentOf(responses: Responses): Derived['moment'] {
  const byTime = accuracyByTime(responses, IMAGE_DURATION)
  const { test } = responses
  const mean = (of: (answer: Answer) => number) =>
    test.reduce((total, answer) => total + of(answer), 0) / test.length
  return {
    testImages: test.length,
    excitatorySpikes: mean(({ neurons }) => neurons.length),
    neuronsFiring: mean(({ neurons }) => new Set(neurons).size),
    firstNeurons: mean(answer => firstNeuronsOf(answer).size),
    winnerShare: mean(winnerShareOf),
    winnerAmongFirst: mean(answer => (winnerIsAmongFirst(answer) ? 1 : 0)),
    accuracy: byTime.at(-1)!,
    toHalf: timeToShare(byTime, 0.5),
    toNineTenths: timeToShare(byTime, 0.9),
  }
}

/** The neurons that fire in the bin of an image's first spike. */
const firstNeuronsOf = ({ bins, neurons }: Answer) =>
  new Set(neurons.filter((_, spike) => bins[spike] === bins[0]))

function spikesByNeuron({ neurons }: Answer): Map<number, number> {
  const spikes = new Map<number, number>()
  for (const neuron of neurons) spikes.set(neuron, (spikes.get(neuron) ?? 0) + 1)
  return spikes
}

const mostOf = (spikes: Map<number, number>) => Math.max(0, ...spikes.values())

const winnerShareOf = (answer: Answer) => mostOf(spikesByNeuron(answer)) / Math.max(1, answer.neurons.length)

function winnerIsAmongFirst(answer: Answer): boolean {
  const spikes = spikesByNeuron(answer)
  const most = mostOf(spikes)
  return [...firstNeuronsOf(answer)].some(neuron => spikes.get(neuron) === most)
}
