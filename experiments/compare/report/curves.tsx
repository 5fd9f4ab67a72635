// The learning curves: accuracy on images predicted before they are learned from, against images seen.
import { dot, line, type PlotOptions, ruleY, text } from '@observablehq/plot'
import type { JSX } from 'preact'
import { formatCount, formatPercent } from '../../cli/format.ts'
import type { CurvePoint } from '../outcome.ts'
import type { CompareResult } from '../result.ts'
import { testImages } from '../summary.ts'
import { networkColour } from './palette.ts'
import { isNarrow, ResponsivePlot } from './plot.tsx'

interface Curve {
  readonly name: string
  readonly colour: string
  readonly points: readonly CurvePoint[]
  readonly test: number | null
}

/** Points beyond what the eye can tell apart are left out; the last always stays. */
const MOST_POINTS = 400

function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const stride = Math.ceil(points.length / MOST_POINTS)
  return points.filter((point, i) => point.images > 0 && (i % stride === 0 || i === points.length - 1))
}

function curvesOf({ models }: CompareResult): Curve[] {
  const { mlp, snn } = models
  return [
    { name: 'MLP', colour: networkColour.mlp, points: thinned(mlp.curve), test: mlp.testAccuracy },
    {
      name: 'Spiking network',
      colour: networkColour.snn,
      points: thinned(snn.curve),
      test: snn.testAccuracy,
    },
  ].filter(curve => curve.points.length > 0)
}

/** 1000 as 1k: short enough for an axis on a phone. */
function shortCount(value: number): string {
  return value >= 1000 ? `${value / 1000}k` : String(value)
}

/** Labels of the axis: at most one, two and five of each power of ten, and no two closer than they are wide. */
function ticks(least: number, most: number, narrow: boolean): number[] {
  const steps = narrow ? [1] : [1, 2, 5]
  const all: number[] = []
  for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10) {
    for (const step of steps) if (step * power >= least && step * power <= most) all.push(step * power)
  }
  return all.length >= 2 ? all : [least, most]
}

/** Names of the curves at their ends, moved apart when they would touch. */
function endLabels(curves: readonly Curve[], span: number, height: number) {
  const labels = curves.map(curve => ({ ...curve, ...curve.points.at(-1)! }))
  const gap = (span * 22) / height
  labels.sort((a, b) => b.accuracy - a.accuracy)
  return labels.map((label, i) => {
    const above = labels[i - 1]
    const place = above === undefined ? label.accuracy : Math.min(label.accuracy, above.accuracy - gap)
    return { ...label, place }
  })
}

/** Keeps text readable over a line. */
const halo = { stroke: 'var(--paper)', strokeWidth: 5 } as const

/**
 * The control's name: beside its rule, in the margin; or where there is none, above it on the left, where the curves have
 * hardly climbed to it yet. The halo keeps it readable.
 */
function controlLabel(control: readonly number[], narrow: boolean, least: number, most: number) {
  return text(control, {
    x: narrow ? least : most,
    y: (value: number) => value,
    text: (value: number) => `class mean ${formatPercent(value)}`,
    textAnchor: 'start',
    dy: narrow ? -10 : 0,
    dx: narrow ? 4 : 9,
    fill: 'var(--muted)',
    ...halo,
  })
}

function draw(result: CompareResult, curves: readonly Curve[], width: number): PlotOptions {
  const narrow = isNarrow(width)
  const points = curves.flatMap(curve => curve.points)
  const least = Math.min(...points.map(point => point.images))
  const most = Math.max(...points.map(point => point.images), least + 1)
  const floor = Math.floor(Math.min(...points.map(point => point.accuracy), 0.8) * 10) / 10
  const height = narrow ? 280 : 440
  const { nearestClassMean } = result.controls
  const control = nearestClassMean !== null && nearestClassMean >= floor ? [nearestClassMean] : []
  return {
    height,
    marginTop: 28,
    marginLeft: 44,
    marginBottom: 44,
    marginRight: narrow ? 14 : 120,
    x: {
      type: 'log',
      domain: [least, most],
      label: 'images seen (logarithmic)',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: ticks(least, most, narrow),
      tickFormat: shortCount,
    },
    y: {
      domain: [floor, 1],
      grid: true,
      label: narrow ? 'accuracy' : 'accuracy, each image predicted before it is learned from',
      labelArrow: 'none',
      ticks: 5,
      tickFormat: (value: number) => `${Math.round(value * 100)} %`,
    },
    marks: [
      ruleY(control, { stroke: 'currentColor', strokeOpacity: 0.55, strokeDasharray: '4 4' }),
      ...curves.flatMap(curve => [
        line(curve.points, { x: 'images', y: 'accuracy', stroke: curve.colour, strokeWidth: 2.25 }),
        dot([curve.points.at(-1)!], { x: 'images', y: 'accuracy', fill: curve.colour, r: 4 }),
      ]),
      controlLabel(control, narrow, least, most),
      ...(narrow
        ? []
        : endLabels(curves, 1 - floor, height).map(label =>
            text([label], {
              x: 'images',
              y: 'place',
              text: 'name',
              fill: label.colour,
              ...halo,
              textAnchor: 'start',
              dx: 9,
              fontWeight: 600,
            }),
          )),
    ],
  }
}

/** What the curve of a network says, in words. */
function describe({ name, points }: Curve): string {
  const last = points.at(-1)!
  return `${name}: ${formatPercent(points[0]!.accuracy)} after ${formatCount(points[0]!.images)} images, ${formatPercent(last.accuracy)} after ${formatCount(last.images)}.`
}

export function LearningCurves({ result }: { result: CompareResult }): JSX.Element {
  const curves = curvesOf(result)
  if (curves.length === 0) return <p class="missing">Neither network got far enough to draw a curve.</p>
  return (
    <figure>
      <p class="legend">
        {curves.map(curve => (
          <span key={curve.name}>
            <i style={`background: ${curve.colour}`} />
            {curve.name}
          </span>
        ))}
      </p>
      <ResponsivePlot
        draw={width => draw(result, curves, width)}
        wide={960}
        description={`Learning curves. ${curves.map(describe).join(' ')}`}
      />
      <figcaption>
        Each point is the accuracy over the last stretch of training images, every one of them predicted
        before it was learned from. The MLP comes back to the same images in every pass, so from its second
        pass on it has met them before; the spiking network makes one pass.
        {curves.map(curve =>
          curve.test === null
            ? ''
            : ` ${curve.name}, on ${testImages(result)}: ${formatPercent(curve.test)}.`,
        )}
      </figcaption>
    </figure>
  )
}
