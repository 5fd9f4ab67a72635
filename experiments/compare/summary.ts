// The comparison as rows of words and figures, for the terminal and the report alike.
import { formatCount, formatDuration, formatPercent, formatShortDuration } from '../cli/format.ts'
import type { CompareResult } from './result.ts'

/** One row: what is compared, and its figure for each network. */
export interface SummaryRow {
  readonly label: string
  readonly mlp: string
  readonly snn: string
}

/** A baseline, which belongs to neither network. */
export interface ControlRow {
  readonly label: string
  readonly value: string
  /** What the control says. */
  readonly meaning: string
}

function withUnit(value: number | null, unit: string): string {
  return value === null ? '–' : `${formatCount(value)} ${unit}`
}

/** 1 pass, 2 passes. */
export function plural(value: number, singular: string, several = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : several}`
}

/** Whether the MLP made all its passes; the test may still not have been reached. */
export function mlpTrained({ models: { mlp }, config }: CompareResult): boolean {
  return mlp.status === 'complete' || mlp.epochs >= config.epochs
}

/**
 * Images that the MLP saw for certain, each counted once a pass; null when it stopped before any was counted.
 * A run that stopped is known up to the last point of its learning curve.
 */
export function mlpImagesSeen({ models: { mlp }, dataset }: CompareResult): number | null {
  return Math.max(mlp.epochs * dataset.train, mlp.curve.at(-1)?.images ?? 0) || null
}

/** How many of its training images the spiking network saw for certain, and whether that is all of them. */
function snnImagesSeen({ models: { snn }, dataset }: CompareResult): { images: number; all: boolean } {
  const counted = snn.curve.at(-1)?.images ?? 0
  // Labels are read only after the whole pass.
  const all = snn.status === 'complete' || snn.labelImages > 0 || counted >= dataset.train
  return { images: all ? dataset.train : counted, all }
}

function mlpLabels(result: CompareResult): string {
  const { models, dataset } = result
  const each = `${formatCount(dataset.train)}, each ${plural(models.mlp.epochs, 'time')}`
  if (mlpTrained(result)) return each
  if (models.mlp.epochs > 0) return `${each} or more`
  const seen = mlpImagesSeen(result)
  return seen === null ? '–' : `at least ${formatCount(Math.min(seen, dataset.train))}`
}

function mlpImages(result: CompareResult): string {
  const { models, dataset } = result
  if (mlpTrained(result)) {
    return `${formatCount(dataset.train)} × ${plural(models.mlp.epochs, 'pass', 'passes')}`
  }
  const seen = mlpImagesSeen(result)
  return seen === null ? '–' : `at least ${formatCount(seen)}`
}

/** Images the spiking network learned from, in words; null when it stopped before any was counted. */
export function snnImages(result: CompareResult): string | null {
  const { images, all } = snnImagesSeen(result)
  if (images === 0) return null
  return `${all ? '' : 'at least '}${formatCount(images)}`
}

function snnPasses(result: CompareResult): string {
  return `${snnImages(result) ?? '–'}${snnImagesSeen(result).all ? ' × 1 pass' : ''}`
}

const MNIST_TEST_IMAGES = 10_000

/** The test images, saying when they are the first of a set that may have more. */
export function testImages({ dataset }: CompareResult): string {
  if (dataset.name === 'MNIST' && dataset.test === MNIST_TEST_IMAGES) return 'the test images'
  return dataset.test === 1 ? 'the first test image' : `the first ${formatCount(dataset.test)} test images`
}

/** The table of the comparison. */
export function summaryRows(result: CompareResult): SummaryRow[] {
  const { mlp, snn } = result.models
  return [
    {
      label: `Accuracy (${plural(result.dataset.test, 'test image')})`,
      mlp: formatPercent(mlp.testAccuracy),
      snn: formatPercent(snn.testAccuracy),
    },
    {
      label: 'Accuracy, log-likelihood read-out',
      mlp: 'does not apply',
      snn: formatPercent(snn.testAccuracyLogLikelihood),
    },
    {
      label: 'Labels used to learn',
      mlp: mlpLabels(result),
      snn: 'none',
    },
    {
      label: 'Labels used to read out',
      mlp: 'none more',
      snn: formatCount(snn.labelImages || null),
    },
    {
      label: 'Images learned from',
      mlp: mlpImages(result),
      snn: snnPasses(result),
    },
    {
      label: 'Presentations, repeats included',
      mlp: 'does not apply',
      snn: formatCount(snn.presentations),
    },
    {
      label: 'Training time',
      mlp: formatDuration(mlp.trainSeconds),
      snn: formatDuration(snn.trainSeconds),
    },
    {
      label: 'Time for one presentation',
      mlp: 'does not apply',
      snn: formatShortDuration(snn.secondsPerPresentation),
    },
    { label: 'Parameters that learn', mlp: formatCount(mlp.parameters), snn: formatCount(snn.parameters) },
    {
      label: 'Effective operations an image',
      mlp: withUnit(mlp.effectiveMacsPerImage, 'MACs'),
      snn: withUnit(snn.effectiveAcsPerImage, 'ACs'),
    },
    {
      label: 'Spikes an image',
      mlp: 'does not spike',
      snn: snn.spikesPerImage === null ? '–' : `${snn.spikesPerImage.toFixed(1)} excitatory`,
    },
  ]
}

export function controlRows({ controls }: CompareResult): ControlRow[] {
  return [
    {
      label: 'Control: untrained spiking net',
      value: formatPercent(controls.untrainedSnn),
      meaning: 'the same, before any learning',
    },
    {
      label: 'Control: nearest class mean',
      value: formatPercent(controls.nearestClassMean),
      meaning: 'the nearest of ten mean images',
    },
  ]
}

/** What must be said beside the figures. */
export function caution({ dataset, seed, status, config }: CompareResult): string {
  const partial = status === 'complete' ? '' : 'This run is partial. '
  const quick = config.quick ? 'This was a quick run, smaller than the published experiment. ' : ''
  return (
    `${partial}${quick}These are single runs: one seed (${seed}), n = ${formatCount(dataset.test)} test images. ` +
    'Another seed gives other figures.'
  )
}
