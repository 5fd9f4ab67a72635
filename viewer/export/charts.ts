// The charts that can be taken out of the page, drawn anew as SVG from the numbers.

import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import {
  IMAGE_DURATION,
  MEMBRANE_INTERVAL,
  PRESENTATION_DURATION,
  STEP,
} from '../../experiments/learners/brainFrame.ts'
import { CLASSES } from '../../experiments/learners/common.ts'
import type { Frame, FrameKind } from '../../experiments/learners/frame.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { History, Measure } from '../frames/history.ts'
import type { BrainUnit } from '../panels/brainUnit.ts'
import type { Against } from '../panels/curveData.ts'
import { compact, count, fixed, percent, significant } from '../panels/format.ts'
import { classHues, unlabelledHue } from '../stage/palettes.ts'
import type { Text } from '../text/text.ts'
import { type Axis, Chart, type LineStyle } from './chart.ts'

/** As in the page, in its light theme. */
const networkColours: Readonly<Record<FrameKind, string>> = { mlp: '#00775a', brain: '#8d3f76' }
const digits = Array.from({ length: CLASSES }, (_, digit) => digit)

/** Accuracy of both networks; null before anything was measured. */
export function accuracyChart(
  history: History,
  against: Against,
  { panels }: Text,
  logarithmic = false,
): string | null {
  const words = panels.accuracy
  const high = largest(history.mlp.column(against), history.brain.column(against))
  if (!(high > 0)) return null
  const x: Axis = {
    label: panels.exports[against === 'samples' ? 'images' : 'operations'],
    // No logarithm reaches 0: the axis begins at the first place above it.
    low: logarithmic ? leastAbove0(history.mlp.column(against), history.brain.column(against)) : 0,
    high,
    logarithmic,
    show: compact,
  }
  const y: Axis = { label: words.share, low: 0, high: 1, show: value => percent(value, 0) }
  const chart = new Chart(words.title, x, y)
  for (const measure of ['trainAccuracy', 'testAccuracy'] as const) {
    for (const network of ['mlp', 'brain'] as const) {
      const series = history.of(network)
      const name = panels.networks[network]
      const label = measure === 'testAccuracy' ? words.test(name) : words.train(name)
      chart.line(series.column(against), series.column(measure), lineStyle(network, measure), label)
    }
  }
  return chart.toString()
}

function lineStyle(network: FrameKind, measure: Measure): LineStyle {
  const faint = measure === 'trainAccuracy'
  return {
    colour: networkColours[network],
    width: faint ? 1 : 2.25,
    ...(faint && { opacity: 0.6 }),
    ...(network === 'brain' && { dash: faint ? '2 3' : '7 3' }),
  }
}

/** The loss of the MLP, on a logarithmic scale. */
export function lossChart(history: History, { panels }: Text): string | null {
  const samples = history.mlp.column('samples')
  // An image that is named with certainty has a loss of 0, which no logarithm reaches.
  const loss = history.mlp.column('loss').map(value => (value > 0 ? Math.max(value, 1e-6) : Number.NaN))
  const high = largest(loss)
  if (!(high > 0)) return null
  const low = loss.reduce((least, value) => (value < least ? value : least), high)
  const chart = new Chart(
    panels.accuracy.lossTitle,
    { label: panels.exports.images, low: 0, high: largest(samples), show: compact },
    { label: panels.accuracy.lossLabel, low, high, logarithmic: true, show: value => significant(value, 1) },
  )
  chart.line(samples, loss, { colour: networkColours.mlp, width: 1.25 })
  return chart.toString()
}

/** The excitatory spikes of one image, in the hues of the digits that neurons stand for. */
export function rasterChart(frame: BrainFrame, title: string, { panels }: Text): string {
  const chart = new Chart(
    title,
    { label: panels.exports.time, low: 0, high: PRESENTATION_DURATION, show: value => fixed(value, 0) },
    { label: panels.exports.neuron, low: 0, high: frame.shape.neurons, show: count },
  )
  const { steps, neurons } = frame.spikes.excitatory
  const kept = Math.min(frame.excitatorySpikes, steps.length)
  for (const label of [-1, ...digits]) {
    const own = Array.from({ length: kept }, (_, spike) => spike).filter(
      spike => frame.labels[neurons[spike]!] === label,
    )
    chart.spikes(
      own.map(spike => steps[spike]! * STEP),
      own.map(spike => neurons[spike]!),
      classHues.light[label] ?? unlabelledHue.light,
    )
  }
  return chart.toString()
}

/** Ten bars: what a network makes of an image. */
export function outputChart(frame: MlpFrame | BrainFrame, title: string, { panels }: Text): string {
  const values = frame.kind === 'mlp' ? frame.activations.at(-1)! : frame.votes
  const high = frame.kind === 'mlp' ? 1 : Math.max(largest(values), 1e-9)
  const chart = new Chart(
    title,
    { label: panels.exports.digit, low: -0.5, high: 9.5, ticks: digits, show: String },
    frame.kind === 'mlp'
      ? { label: panels.table.probability, low: 0, high, show: value => percent(value, 0) }
      : { label: panels.table.votes, low: 0, high, show: value => significant(value, 2) },
  )
  for (const digit of digits) {
    // The bar of the true digit has a frame.
    if (digit === frame.label) chart.area([digit - 0.42, 0], [digit + 0.42, high], '#eceeea')
    chart.area([digit - 0.32, 0], [digit + 0.32, values[digit]!], networkColours[frame.kind])
  }
  return chart.toString()
}

/** What a network called each digit. */
export function confusionChart(frame: Frame, { panels }: Text): string | null {
  const words = panels.confusion
  if (!(frame.testImages > 0)) return null
  const axis = { low: -0.5, high: 9.5, ticks: digits }
  const chart = new Chart(
    words.caption(panels.networks[frame.kind], count(frame.testImages)),
    { ...axis, label: words.named, show: String },
    // The first row lies on top.
    { ...axis, label: words.truth, low: 9.5, high: -0.5, show: String },
  )
  for (const truth of digits) {
    const row = frame.confusion.subarray(truth * CLASSES, (truth + 1) * CLASSES)
    const total = Math.max(
      1,
      row.reduce((sum, times) => sum + times, 0),
    )
    for (const named of digits) {
      const colour = shade(truth === named ? [143, 196, 228] : [240, 168, 120], (row[named]! / total) ** 0.6)
      const sentence = words.cell(truth, named, count(row[named]!), count(total))
      chart.area([named - 0.49, truth - 0.48], [named + 0.49, truth + 0.48], colour, sentence)
      chart.label(named, truth, count(row[named]!))
    }
  }
  return chart.toString()
}

/** A neuron's membrane while the image was on. */
export function membraneChart(unit: BrainUnit, { panels }: Text): string {
  const words = panels.inspector
  const known = Number.isFinite(unit.threshold)
  const high = Math.max(largest(unit.v), known ? unit.threshold : -50)
  const low = unit.v.reduce((least, value) => Math.min(least, value), -70)
  const times = Float64Array.from(unit.v, (_, sample) => (sample + 1) * MEMBRANE_INTERVAL)
  const chart = new Chart(
    words.brainUnit(unit.unit),
    { label: panels.exports.time, low: 0, high: IMAGE_DURATION, show: value => fixed(value, 0) },
    { label: panels.exports.potential, low, high, show: value => fixed(value, 0) },
  )
  chart.line(times, unit.v, { colour: '#15191e' }, words.membrane)
  if (known) {
    const ends = [0, IMAGE_DURATION]
    chart.line(ends, [unit.threshold, unit.threshold], { colour: '#69727c', dash: '5 4' }, words.threshold)
  }
  const fired = unit.spikeTimes.filter(time => time <= IMAGE_DURATION)
  chart.spikes(
    fired,
    fired.map(() => high),
    networkColours.brain,
  )
  return chart.toString()
}

/** From white to a colour. */
function shade(colour: readonly [number, number, number], share: number): string {
  return `rgb(${colour.map(channel => Math.round(246 + (channel - 246) * Math.min(1, share))).join(', ')})`
}

function leastAbove0(...columns: readonly Float64Array[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const column of columns) for (const value of column) if (value > 0 && value < least) least = value
  return least
}

function largest(...columns: readonly (Float64Array | Float32Array)[]): number {
  let most = Number.NEGATIVE_INFINITY
  for (const column of columns) for (const value of column) if (value > most) most = value
  return most
}
