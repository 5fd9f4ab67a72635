// The spike raster of one image: every input spike and every excitatory spike, against time.
import { dot, type PlotOptions, text } from '@observablehq/plot'
import type { JSX } from 'preact'
import { formatCount } from '../../cli/format.ts'
import type { SpikeEvents, SpikeRaster } from '../outcome.ts'
import { plural } from '../summary.ts'
import { greyRamp } from './palette.ts'
import { isNarrow, ResponsivePlot } from './plot.tsx'
import { drawTiles } from './tiles.ts'

interface Spike {
  readonly time: number
  readonly index: number
}

/** Spikes drawn at most: far more than a presentation has, so that only a runaway network is cut. */
const MOST_SPIKES = 8000

function spikesOf({ timeMs, index }: SpikeEvents): Spike[] {
  const stride = Math.max(1, Math.ceil(index.length / MOST_SPIKES))
  const spikes: Spike[] = []
  for (let i = 0; i < index.length; i += stride) spikes.push({ time: timeMs[i]!, index: index[i]! })
  return spikes
}

/** Each neuron's first spike, to be named by the digit the neuron stands for. */
function firstOfEach(spikes: readonly Spike[]): Spike[] {
  const seen = new Set<number>()
  return spikes.filter(({ index }) => {
    if (seen.has(index)) return false
    seen.add(index)
    return true
  })
}

const timeAxis = (durationMs: number) =>
  ({
    domain: [0, durationMs],
    label: 'time (ms)',
    labelAnchor: 'center',
    labelArrow: 'none',
    ticks: 6,
  }) as const

const margins = { marginLeft: 48, marginRight: 16 }

function drawExcitatory(raster: SpikeRaster, labels: Int32Array, width: number): PlotOptions {
  const spikes = spikesOf(raster.excitatory)
  const named = firstOfEach(spikes)
  return {
    ...margins,
    height: isNarrow(width) ? 206 : 226,
    marginTop: 24,
    // Room between this axis's lowest label and the title of the panel below.
    marginBottom: 24,
    x: { ...timeAxis(raster.durationMs), axis: null },
    y: {
      domain: [0, Math.max(labels.length - 1, 1)],
      label: 'excitatory neuron',
      labelArrow: 'none',
      ticks: 4,
      grid: true,
    },
    marks: [
      dot(spikes, { x: 'time', y: 'index', r: 3.2, fill: 'var(--snn)' }),
      text(named.length <= 30 ? named : [], {
        x: 'time',
        y: 'index',
        text: ({ index }: Spike) => (labels[index] === -1 ? '?' : String(labels[index])),
        dx: 9,
        dy: -7,
        fontWeight: 600,
      }),
    ],
  }
}

function drawInput(raster: SpikeRaster, width: number): PlotOptions {
  return {
    ...margins,
    height: isNarrow(width) ? 230 : 290,
    marginTop: 40,
    marginBottom: 42,
    x: timeAxis(raster.durationMs),
    y: {
      domain: [783, 0],
      label: 'input (pixel, from the top)',
      labelArrow: 'none',
      ticks: [0, 196, 392, 588, 783],
    },
    marks: [
      dot(spikesOf(raster.input), { x: 'time', y: 'index', r: 1, fill: 'currentColor', fillOpacity: 0.45 }),
    ],
  }
}

/** Diehl & Cook show an image for 350 ms and then a blank, which a raster may include. */
const SHOWN_MS = 350

function blankWords(durationMs: number): string {
  return durationMs > SHOWN_MS ? ` (the image for ${SHOWN_MS} ms, then a blank)` : ''
}

/** Input intensity at which every image is first shown (Diehl & Cook 2015): a white pixel fires at 63.75 Hz. */
const NORMAL_INTENSITY = 2

function brighterWords({ intensity }: SpikeRaster): string {
  if (intensity <= NORMAL_INTENSITY) return ''
  return ` It was shown brighter, at intensity ${intensity} in place of ${NORMAL_INTENSITY}, because it drew too few spikes at first.`
}

/** How many excitatory spikes came from neurons that stand for the digit shown. */
function agreement(raster: SpikeRaster, labels: Int32Array): number {
  return raster.excitatory.index.filter(neuron => labels[neuron] === raster.label).length
}

export function Raster({ raster, labels }: { raster: SpikeRaster; labels: Int32Array }): JSX.Element {
  const excitatory = raster.excitatory.index.length
  const input = raster.input.index.length
  const digit = drawTiles({
    values: raster.pixels,
    count: 1,
    order: [0],
    columns: 1,
    range: [0, 255],
    ramp: greyRamp,
  })
  return (
    <figure class="raster">
      <div class="shown">
        <img
          src={digit.uri}
          width={digit.width}
          height={digit.height}
          alt={`What was shown: a handwritten ${raster.label}`}
        />
        <p>
          Test image {formatCount(raster.image)}
          <br />
          label {raster.label}
        </p>
      </div>
      <div class="spikes">
        <ResponsivePlot
          draw={width => drawExcitatory(raster, labels, width)}
          wide={860}
          description={`Raster of ${excitatory} excitatory spikes over ${raster.durationMs} milliseconds`}
        />
        <ResponsivePlot
          draw={width => drawInput(raster, width)}
          wide={860}
          description={`Raster of ${input} input spikes over ${raster.durationMs} milliseconds`}
        />
      </div>
      <figcaption>
        Below, {plural(input, 'input spike')}: bright pixels fire more often, at random times. Above, the{' '}
        {plural(excitatory, 'excitatory spike')} they led to in {raster.durationMs} ms
        {blankWords(raster.durationMs)}; the number beside a neuron’s first spike is the digit it stands for.{' '}
        {formatCount(agreement(raster, labels))} of them come from neurons that stand for {raster.label}.
        {brighterWords(raster)}
      </figcaption>
    </figure>
  )
}
