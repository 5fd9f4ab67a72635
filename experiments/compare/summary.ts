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

/** The table of the comparison. */
export function summaryRows({ models: { mlp, snn }, dataset }: CompareResult): SummaryRow[] {
  return [
    {
      label: `Accuracy (${plural(dataset.test, 'test image')})`,
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
      mlp: `${formatCount(dataset.train)}, each ${plural(mlp.epochs, 'time')}`,
      snn: 'none',
    },
    {
      label: 'Labels used to read out',
      mlp: 'none more',
      snn: formatCount(snn.testAccuracy === null ? null : snn.labelImages),
    },
    {
      label: 'Images learned from',
      mlp: `${formatCount(dataset.train)} × ${plural(mlp.epochs, 'pass', 'passes')}`,
      snn: plural(snn.presentations, 'presentation'),
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
