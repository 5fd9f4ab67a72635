// What each network learned, as pictures: receptive fields of the spiking neurons, first layer of the MLP.
import { barX, cell, type PlotOptions, text } from '@observablehq/plot'
import type { JSX } from 'preact'
import { formatCount } from '../../cli/format.ts'
import { plural } from '../summary.ts'
import { divergingRamp, type Rgb, sequentialRamp } from './palette.ts'
import { PlotImage, ResponsivePlot } from './plot.tsx'
import { drawTiles, robustMaximum } from './tiles.ts'

const PIXELS = 784
const UNASSIGNED = -1

function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`
}

/** A ramp with its end values beside it. */
function Ramp({ ramp, from, to }: { ramp: readonly Rgb[]; from: string; to: string }): JSX.Element {
  const steps = Array.from({ length: 64 }, (_, i) =>
    cssColour(ramp[Math.round((i / 63) * (ramp.length - 1))]!),
  )
  const options: PlotOptions = {
    width: 160,
    height: 12,
    margin: 0,
    padding: 0,
    x: { axis: null },
    marks: [cell(steps, { x: (_, i) => i, fill: (colour: string) => colour, inset: -0.3 })],
    color: { type: 'identity' },
  }
  return (
    <span class="ramp">
      {from}
      <PlotImage options={options} description={`Colour scale from ${from} to ${to}`} />
      {to}
    </span>
  )
}

/** Neurons in order of the class they stand for, those that stand for none last. */
function orderByLabel(labels: Int32Array): number[] {
  const rank = (neuron: number) => (labels[neuron] === UNASSIGNED ? 10 : labels[neuron]!)
  return Array.from(labels.keys()).sort((a, b) => rank(a) - rank(b) || a - b)
}

interface Share {
  readonly digit: string
  readonly neurons: number
  readonly start: number
  readonly end: number
}

function sharesOf(labels: Int32Array): Share[] {
  const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'none']
  const counts = digits.map(
    (_, digit) => labels.filter(label => (label === UNASSIGNED ? 10 : label) === digit).length,
  )
  let start = 0
  return counts.flatMap((neurons, digit) => {
    const share = { digit: digits[digit]!, neurons, start, end: start + neurons }
    start += neurons
    return neurons > 0 ? [share] : []
  })
}

/** The digit and its count, the digit alone, or nothing: what fits in `width` pixels. */
function shareText({ digit, neurons }: Share, width: number): string {
  const words = [`${digit}: ${neurons}`, digit, '']
  return words.find(word => word.length * 8.5 <= width) ?? ''
}

/** A strip as wide as the number of neurons for each digit, in the order of the tiles. */
function LabelStrip({ labels }: { labels: Int32Array }): JSX.Element {
  const shares = sharesOf(labels)
  const description = `Neurons for each digit: ${shares.map(share => `${share.digit}: ${share.neurons}`).join(', ')}`
  return (
    <ResponsivePlot
      wide={520}
      description={description}
      draw={width => ({
        height: 46,
        marginTop: 2,
        marginBottom: 20,
        marginLeft: 1,
        marginRight: 1,
        x: { axis: null, domain: [0, labels.length] },
        marks: [
          barX(shares, {
            x1: 'start',
            x2: 'end',
            fill: 'var(--snn)',
            fillOpacity: (_: Share, i: number) => (i % 2 === 0 ? 0.85 : 0.5),
            insetRight: 1,
          }),
          text(shares, {
            x: share => (share.start + share.end) / 2,
            frameAnchor: 'bottom',
            dy: 16,
            text: share => shareText(share, (share.neurons / labels.length) * width),
          }),
        ],
        opacity: { type: 'identity' },
      })}
    />
  )
}

/** How the tiles are sorted, and what became of the neurons without a label. */
function sortingWords(labels: Int32Array): string {
  const unassigned = labels.filter(label => label === UNASSIGNED).length
  if (unassigned === labels.length) {
    return 'The tiles are not sorted: the run ended before labels were read, so no neuron stands for a digit yet.'
  }
  const sorted = 'Sorted by the digit each neuron answers to most; the strip counts the neurons for each'
  if (unassigned === 0) return `${sorted}.`
  return `${sorted}, those that never fired for a labelled image (${formatCount(unassigned)}) last.`
}

export function ReceptiveFields({
  fields,
  labels,
}: {
  fields: Float32Array
  labels: Int32Array
}): JSX.Element {
  const count = labels.length
  const most = robustMaximum(fields)
  const columns = Math.ceil(Math.sqrt(count))
  const picture = drawTiles({
    values: fields,
    count,
    order: orderByLabel(labels),
    columns,
    range: [0, most],
    ramp: sequentialRamp,
  })
  const unassigned = labels.filter(label => label === UNASSIGNED).length
  return (
    <figure class="snn">
      <h3>Spiking network: {plural(count, 'receptive field')}</h3>
      <img
        src={picture.uri}
        width={picture.width}
        height={picture.height}
        alt={`${count} tiles, each the incoming weights of one excitatory neuron as a 28 by 28 picture, sorted by the digit the neuron stands for`}
      />
      <Ramp ramp={sequentialRamp} from="0" to={most.toFixed(2)} />
      {unassigned < count && <LabelStrip labels={labels} />}
      <figcaption>
        Each tile is one excitatory neuron’s 784 incoming weights, placed where their pixels are. Because one
        winner silences the rest, each neuron comes to stand for one way of writing one digit: the tiles look
        like digits. A blurred tile belongs to a neuron that seldom won. {sortingWords(labels)}
      </figcaption>
    </figure>
  )
}

export function FirstLayer({ weights }: { weights: Float32Array }): JSX.Element {
  const count = weights.length / PIXELS
  const most = robustMaximum(weights)
  const picture = drawTiles({
    values: weights,
    count,
    order: Array.from({ length: count }, (_, i) => i),
    columns: Math.ceil(Math.sqrt(count)),
    range: [-most, most],
    ramp: divergingRamp,
  })
  return (
    <figure class="mlp">
      <h3>MLP: the first layer’s {plural(count, 'unit')}</h3>
      <img
        src={picture.uri}
        width={picture.width}
        height={picture.height}
        alt={`${count} tiles, each the incoming weights of one hidden unit of the first layer as a 28 by 28 picture; green is positive, purple negative`}
      />
      <Ramp ramp={divergingRamp} from={`−${most.toFixed(2)}`} to={`+${most.toFixed(2)}`} />
      <figcaption>
        Each tile is one hidden unit’s 784 incoming weights: ink on green raises the unit, ink on purple
        lowers it. No unit stands for a digit; each is one question among {formatCount(count)}, and the
        answers only mean something together. The faint speckle at the rim is where pixels are hardly ever
        inked: no error reaches those weights, so they keep their small random start.
      </figcaption>
    </figure>
  )
}
