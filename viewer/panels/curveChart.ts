// Line charts by uPlot, in the colours of the page: loaded when the first one is shown.
import 'uplot/dist/uPlot.min.css'
import UPlot from 'uplot'
import { logarithmicTicks } from '../export/ticks.ts'
import type { Curves } from './curveData.ts'
import { compact, percent, significant } from './format.ts'

export interface CurveStyle {
  readonly label: string
  readonly faint: boolean
}

export interface ChartOptions {
  readonly logarithmic: boolean
  /** Whether values are shares of 1; otherwise they are drawn on a logarithmic scale. */
  readonly shares: boolean
  readonly styles: readonly CurveStyle[]
}

const HEIGHT = 250
const LARGE_HEIGHT = 320

/** A chart in `place`, which gives its width and the colours. */
export class CurveChart {
  readonly #place: HTMLElement
  readonly #plot: UPlot
  readonly #observer: ResizeObserver

  constructor(place: HTMLElement, curves: Curves, options: ChartOptions) {
    this.#place = place
    this.#plot = new UPlot(optionsOf(place, curves, options), dataOf(curves), place)
    this.#observer = new ResizeObserver(() => this.#plot.setSize(sizeOf(place)))
    this.#observer.observe(place)
  }

  /** Draws new data of the same curves. */
  update(curves: Curves): void {
    this.#plot.setData(dataOf(curves))
  }

  /** Shows a place of the data by a vertical line. */
  mark(index: number | null): void {
    const left = index === null ? -1 : this.#plot.valToPos(this.#plot.data[0][index] ?? 0, 'x')
    this.#plot.setCursor({ left, top: -1 }, false)
  }

  dispose(): void {
    this.#observer.disconnect()
    this.#plot.destroy()
    this.#place.replaceChildren()
  }
}

function sizeOf(place: HTMLElement) {
  const width = Math.max(place.clientWidth, 200)
  return { width, height: width > 900 ? LARGE_HEIGHT : HEIGHT }
}

/** uPlot takes null for a gap and, among values, undefined for a place of another curve. */
function dataOf({ places, curves }: Curves): UPlot.AlignedData {
  const columns = curves.map(({ values }) =>
    Array.from(values, value => (Number.isNaN(value) ? undefined : value)),
  )
  return [Array.from(places), ...columns]
}

function optionsOf(place: HTMLElement, { curves }: Curves, options: ChartOptions): UPlot.Options {
  const style = getComputedStyle(place)
  const colour = (name: string) => resolved(place, style.getPropertyValue(name))
  const font = `12px ${style.fontFamily}`
  const axis = { stroke: colour('--ink-soft'), font, ticks: { show: false } }
  const grid = { stroke: colour('--line'), width: 1 }
  return {
    ...sizeOf(place),
    padding: [10, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      // From the first place to the last, not from one power of ten to another.
      x: options.logarithmic
        ? { time: false, distr: 3, range: (_, low, high) => [low, Math.max(high, 1.5 * low)] }
        : { time: false },
      y: options.shares ? { range: [0, 1] } : { distr: 3 },
    },
    axes: [
      {
        ...axis,
        grid,
        ...(options.logarithmic && {
          splits: (_: UPlot, __: number, low: number, high: number) => logarithmicTicks(low, high),
          filter: (_: UPlot, splits: number[]) => splits,
        }),
        values: (_, ticks) => ticks.map(tick => (tick === null ? '' : compact(tick))),
        space: 64,
        size: 32,
      },
      {
        ...axis,
        grid,
        size: 52,
        values: (_, ticks) =>
          ticks.map(tick => (tick === null ? '' : options.shares ? percent(tick, 0) : significant(tick, 2))),
      },
    ],
    series: [
      {},
      ...curves.map(({ network }, index): UPlot.Series => {
        const { label, faint } = options.styles[index]!
        const stroke = colour(network === 'mlp' ? '--mlp' : '--brain')
        return {
          label,
          stroke,
          width: faint ? 1 : 2.25,
          alpha: faint ? 0.55 : 1,
          points: { show: false },
          // The networks differ by more than their colour.
          ...(network === 'brain' ? { dash: faint ? [2, 3] : [7, 3] } : {}),
        }
      }),
    ],
  }
}

/** A colour as a canvas takes it: `light-dark()` and the like worked out. */
function resolved(place: HTMLElement, value: string): string {
  const probe = document.createElement('span')
  probe.style.color = value
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
