// The numbers behind each panel of the stage, as tables that are read row by row: the page shows some, a CSV file all.

import { type BrainFrame, STEP } from '../../experiments/learners/brainFrame.ts'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { Series } from '../frames/history.ts'
import type { PanelName } from '../stage/view.ts'
import type { Text } from '../text/text.ts'
import { inputSpikeCounts } from './brainUnit.ts'
import { count, fixed, percent, significant } from './format.ts'
import type { Frames } from './frames.ts'

export interface Column {
  readonly title: string
  /** How its numbers are shown; as they are when there is none. */
  readonly show?: (value: number) => string
}

export type Cell = number | string

export interface Table {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: number
  row(index: number): readonly Cell[]
  /** What of it is missing, and why. */
  readonly note?: string
}

/** The table of a panel, null while there is nothing to show. */
export function panelTable(
  panel: PanelName,
  { mlp, brain }: Frames,
  series: Series | null,
  text: Text,
): Table | null {
  const words = text.panels.table
  switch (panel) {
    case 'input':
      return brain === null && mlp === null ? null : pixelTable({ mlp, brain }, words)
    case 'mlpNetwork':
      return mlp && unitTable(mlp, words)
    case 'mlpPictures':
      return mlp && mlpPictureTable(mlp, words)
    case 'mlpOutput':
      return mlp && probabilityTable(mlp, words)
    case 'mlpTime':
      return series && lossTable(series, words)
    case 'brainNetwork':
      return brain && neuronTable(brain, words)
    case 'brainPictures':
      return brain && brainPictureTable(brain, words)
    case 'brainTime':
      return brain && spikeTable(brain, words)
    case 'brainOutput':
      return brain && voteTable(brain, words)
  }
}

type Words = Text['panels']['table']

const placeOf = (pixel: number, words: Words) => words.place(Math.floor(pixel / SIDE) + 1, (pixel % SIDE) + 1)
const digitOr = (words: Words) => (value: number) => (value < 0 ? words.none : String(value))
const yesNo = (words: Words) => (value: number) => (value === 1 ? words.yes : words.no)
const three = (value: number) => significant(value, 3)

function pixelTable({ mlp, brain }: Frames, words: Words): Table {
  const pixels = (brain ?? mlp)!.pixels.slice()
  const spikes = brain === null ? new Uint16Array(PIXELS) : inputSpikeCounts(brain)
  const shown = Array.from(pixels.keys()).filter(pixel => pixels[pixel]! > 0 || spikes[pixel]! > 0)
  return {
    caption: words.captions.pixels,
    columns: [
      { title: words.row },
      { title: words.column },
      { title: words.brightness, show: percent },
      { title: words.inputSpikes, show: count },
    ],
    rows: shown.length,
    row: index => {
      const pixel = shown[index]!
      return [Math.floor(pixel / SIDE) + 1, (pixel % SIDE) + 1, pixels[pixel]! / 255, spikes[pixel]!]
    },
    ...keptNote(brain?.inputSpikes ?? 0, brain?.spikes.input.steps.length ?? 0, words),
  }
}

function unitTable(frame: MlpFrame, words: Words): Table {
  const units = frame.activations.flatMap((activations, layer) =>
    Array.from(activations, (activation, unit) => [
      layer + 1,
      unit,
      activation,
      frame.gradients[layer]![unit]!,
      frame.lesions[layer]![unit]!,
    ]),
  )
  return {
    caption: words.captions.mlpUnits,
    columns: [
      { title: words.layer },
      { title: words.unit },
      { title: words.activation, show: three },
      { title: words.gradient, show: three },
      { title: words.lesioned, show: yesNo(words) },
    ],
    rows: units.length,
    row: index => units[index]!,
  }
}

function neuronTable(frame: BrainFrame, words: Words): Table {
  const [counts, labels] = [frame.counts.slice(), frame.labels.slice()]
  const [theta, lesions] = [frame.theta.slice(), frame.lesions.slice()]
  return {
    caption: words.captions.neurons,
    columns: [
      { title: words.neuron },
      { title: words.spikes, show: count },
      { title: words.label, show: digitOr(words) },
      { title: words.theta, show: value => fixed(value, 2) },
      { title: words.lesioned, show: yesNo(words) },
    ],
    rows: counts.length,
    row: index => [index, counts[index]!, labels[index]!, theta[index]!, lesions[index]!],
  }
}

function mlpPictureTable(frame: MlpFrame, words: Words): Table {
  const weights = frame.weights[0]!.slice()
  const unit = frame.scale1 / 127
  return {
    caption: words.captions.mlpPictures,
    columns: [
      { title: words.unit },
      { title: words.weightMean, show: three },
      { title: words.weightMost, show: three },
      { title: words.strongestPixel },
    ],
    rows: frame.shape.layers[1],
    row: index => {
      const { total, most, pixel } = summaryOf(weights.subarray(index * PIXELS, (index + 1) * PIXELS))
      return [index, (total / PIXELS) * unit, most * unit, placeOf(pixel, words)]
    },
  }
}

function brainPictureTable(frame: BrainFrame, words: Words): Table {
  const [weights, labels] = [frame.weights.slice(), frame.labels.slice()]
  return {
    caption: words.captions.brainPictures,
    columns: [
      { title: words.neuron },
      { title: words.label, show: digitOr(words) },
      { title: words.weightTotal, show: value => fixed(value, 1) },
      { title: words.weightMost, show: three },
      { title: words.strongestPixel },
    ],
    rows: frame.shape.neurons,
    row: index => {
      const { total, most, pixel } = summaryOf(weights.subarray(index * PIXELS, (index + 1) * PIXELS))
      return [index, labels[index]!, total / 255, most / 255, placeOf(pixel, words)]
    },
  }
}

/** Sum, the value of largest magnitude and its place. */
function summaryOf(values: Int8Array | Uint8Array) {
  let [total, most, pixel] = [0, 0, 0]
  values.forEach((value, index) => {
    total += value
    if (Math.abs(value) > Math.abs(most)) {
      most = value
      pixel = index
    }
  })
  return { total, most, pixel }
}

function probabilityTable(frame: MlpFrame, words: Words): Table {
  const probabilities = frame.activations.at(-1)!.slice()
  const gradients = frame.gradients.at(-1)!.slice()
  return {
    caption: words.captions.probabilities,
    columns: [
      { title: words.digit },
      { title: words.probability, show: percent },
      { title: words.gradient, show: three },
    ],
    rows: probabilities.length,
    row: index => [index, probabilities[index]!, gradients[index]!],
  }
}

function voteTable(frame: BrainFrame, words: Words): Table {
  const votes = frame.votes.slice()
  const neurons = new Uint16Array(votes.length)
  const spikes = new Uint32Array(votes.length)
  frame.labels.forEach((label, neuron) => {
    if (label < 0) return
    neurons[label]! += 1
    spikes[label]! += frame.counts[neuron]!
  })
  return {
    caption: words.captions.votes,
    columns: [
      { title: words.digit },
      { title: words.votes, show: value => fixed(value, 3) },
      { title: words.spikes, show: count },
      { title: words.neurons, show: count },
    ],
    rows: votes.length,
    row: index => [index, votes[index]!, spikes[index]!, neurons[index]!],
  }
}

function lossTable(series: Series, words: Words): Table {
  const [samples, loss] = [series.column('samples').slice(), series.column('loss').slice()]
  const [train, test] = [series.column('trainAccuracy').slice(), series.column('testAccuracy').slice()]
  const last = samples.length - 1
  return {
    caption: words.captions.loss,
    columns: [
      { title: words.samples, show: count },
      { title: words.loss, show: three },
      { title: words.train, show: percent },
      { title: words.test, show: percent },
    ],
    rows: samples.length,
    // Newest first: that is what somebody who opens it looks for.
    row: index => [samples[last - index]!, loss[last - index]!, train[last - index]!, test[last - index]!],
  }
}

function spikeTable(frame: BrainFrame, words: Words): Table {
  const { steps, neurons } = frame.spikes.excitatory
  const kept = Math.min(frame.excitatorySpikes, steps.length)
  const [times, cells] = [steps.slice(0, kept), neurons.slice(0, kept)]
  const labels = frame.labels.slice()
  return {
    caption: words.captions.spikes,
    columns: [
      { title: words.time, show: value => fixed(value, 1) },
      { title: words.neuron },
      { title: words.label, show: digitOr(words) },
    ],
    rows: kept,
    row: index => [times[index]! * STEP, cells[index]!, labels[cells[index]!] ?? -1],
    ...keptNote(frame.excitatorySpikes, steps.length, words),
  }
}

/** A note when a frame holds fewer spikes than there were. */
function keptNote(spikes: number, room: number, words: Words): { note?: string } {
  return spikes > room ? { note: words.kept(count(room), count(spikes)) } : {}
}
