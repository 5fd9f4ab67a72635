// A confusion matrix: which digits are taken for which.
import { cell, type PlotOptions, text } from '@observablehq/plot'
import type { JSX } from 'preact'
import { formatCount, formatPercent } from '../../cli/format.ts'
import { PlotImage } from './plot.tsx'

interface Cell {
  readonly truth: number
  readonly predicted: number
  readonly count: number
  /** Share of the images of the true class. */
  readonly share: number
}

function cellsOf(confusion: readonly (readonly number[])[]): Cell[] {
  return confusion.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, predicted) => ({ truth, predicted, count, share: total > 0 ? count / total : 0 }))
  })
}

/** Square root, so that a few errors in a hundred can be seen at all. */
function opacityOf({ share }: Cell): number {
  return Math.sqrt(share)
}

function draw(cells: readonly Cell[], colour: string): PlotOptions {
  const digits = Array.from({ length: 10 }, (_, digit) => digit)
  return {
    width: 500,
    height: 500,
    margin: 46,
    marginRight: 4,
    marginBottom: 4,
    padding: 0.04,
    x: {
      domain: digits,
      axis: 'top',
      label: 'predicted',
      labelAnchor: 'center',
      labelArrow: 'none',
      tickSize: 0,
    },
    y: { domain: digits, label: 'true', labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    opacity: { type: 'identity' },
    marks: [
      cell(cells, { x: 'predicted', y: 'truth', fill: 'currentColor', fillOpacity: 0.04, rx: 3 }),
      cell(cells, { x: 'predicted', y: 'truth', fill: colour, fillOpacity: opacityOf, rx: 3 }),
      text(
        cells.filter(({ count }) => count > 0),
        {
          x: 'predicted',
          y: 'truth',
          text: ({ count }: Cell) => String(count),
          fill: (entry: Cell) => (opacityOf(entry) > 0.6 ? 'var(--paper)' : 'var(--ink)'),
          fontSize: 13,
          fontVariant: 'tabular-nums',
        },
      ),
    ],
    color: { type: 'identity' },
  }
}

/** The confusion that happens most often, in words. */
function worst(cells: readonly Cell[]): string {
  const errors = cells.filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
  if (errors.length === 0) return 'No image is mistaken.'
  const { truth, predicted, count } = errors.reduce((most, entry) =>
    entry.count > most.count ? entry : most,
  )
  return `The most frequent error is a ${truth} taken for a ${predicted}, ${formatCount(count)} times.`
}

export function ConfusionMatrix({
  title,
  name,
  confusion,
  colour,
  className,
}: {
  title: string
  name: string
  confusion: readonly (readonly number[])[] | null
  colour: string
  className: string
}): JSX.Element {
  if (confusion === null) {
    return (
      <figure class={className}>
        <h3>{title}</h3>
        <p class="missing">The test was not reached.</p>
      </figure>
    )
  }
  const cells = cellsOf(confusion)
  const total = cells.reduce((sum, { count }) => sum + count, 0)
  const right = cells.reduce((sum, { truth, predicted, count }) => sum + (truth === predicted ? count : 0), 0)
  const summary = `${formatCount(right)} of ${formatCount(total)} right (${formatPercent(total > 0 ? right / total : null)}). ${worst(cells)}`
  return (
    <figure class={className}>
      <h3>{title}</h3>
      <PlotImage options={draw(cells, colour)} description={`Confusion matrix of the ${name}. ${summary}`} />
      <figcaption>{summary}</figcaption>
    </figure>
  )
}
