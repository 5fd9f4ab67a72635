// A chart as an SVG file that stands by itself: axes, lines, points, bars, cells, a legend. Light, for paper.
import { logarithmicTicks, ticks } from './ticks.ts'

export interface Axis {
  readonly label: string
  readonly low: number
  readonly high: number
  readonly logarithmic?: boolean
  /** By default round numbers. */
  readonly ticks?: readonly number[]
  readonly show: (value: number) => string
}

export interface LineStyle {
  readonly colour: string
  readonly width?: number
  readonly dash?: string
  readonly opacity?: number
}

const WIDTH = 720
const HEIGHT = 420
const MARGIN = { left: 72, right: 24, top: 52, bottom: 56 }
const INK = '#15191e'
const SOFT = '#4b545e'
const GRID = '#dcdfdb'
const LEGEND_LINE = 20

/** Text as it stands in XML. */
function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Control characters may not stand in XML at all.
      .replaceAll(/\p{Cc}/gu, ' ')
  )
}

const round = (value: number) => String(Math.round(value * 100) / 100)

export class Chart {
  readonly #title: string
  readonly #x: Axis
  readonly #y: Axis
  readonly #marks: string[] = []
  readonly #legend: { label: string; style: LineStyle }[] = []

  constructor(title: string, x: Axis, y: Axis) {
    this.#title = title
    this.#x = x
    this.#y = y
  }

  /** A line through the points whose place is a number. */
  line(xs: ArrayLike<number>, ys: ArrayLike<number>, style: LineStyle, label?: string): void {
    const parts: string[] = []
    for (let index = 0; index < xs.length; index++) {
      const place = this.#place(xs[index]!, ys[index]!)
      if (place !== null) parts.push(`${parts.length === 0 ? 'M' : 'L'}${place}`)
    }
    if (parts.length > 0) this.#marks.push(`<path d="${parts.join('')}" fill="none" ${strokeOf(style)}/>`)
    if (label !== undefined) this.#legend.push({ label, style })
  }

  /** Small upright marks, as of spikes. */
  spikes(xs: ArrayLike<number>, ys: ArrayLike<number>, colour: string): void {
    const parts: string[] = []
    for (let index = 0; index < xs.length; index++) {
      const place = this.#place(xs[index]!, ys[index]!)
      if (place !== null) parts.push(`M${place}m0 -2v4`)
    }
    if (parts.length > 0)
      this.#marks.push(`<path d="${parts.join('')}" stroke="${colour}" stroke-width="1.2"/>`)
  }

  /** An area from one corner to the other. */
  area(from: readonly [number, number], to: readonly [number, number], colour: string, title?: string): void {
    const [left, right] = [this.#horizontal(from[0]), this.#horizontal(to[0])].sort((a, b) => a - b) as [
      number,
      number,
    ]
    const [top, bottom] = [this.#vertical(from[1]), this.#vertical(to[1])].sort((a, b) => a - b) as [
      number,
      number,
    ]
    const inside = title === undefined ? '/>' : `><title>${escaped(title)}</title></rect>`
    this.#marks.push(
      `<rect x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${round(bottom - top)}" fill="${colour}"${inside}`,
    )
  }

  label(x: number, y: number, text: string): void {
    this.#marks.push(
      `<text x="${round(this.#horizontal(x))}" y="${round(this.#vertical(y) + 4)}" text-anchor="middle" font-size="12" fill="${INK}">${escaped(text)}</text>`,
    )
  }

  toString(): string {
    const height = HEIGHT + this.#legend.length * LEGEND_LINE
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="${SOFT}">`,
      `<title>${escaped(this.#title)}</title>`,
      `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
      `<text x="${MARGIN.left}" y="30" font-size="17" font-weight="600" fill="${INK}">${escaped(this.#title)}</text>`,
      ...this.#axes(),
      ...this.#marks,
      ...this.#legendLines(),
      '</svg>',
      '',
    ].join('\n')
  }

  #axes(): string[] {
    const [right, bottom] = [WIDTH - MARGIN.right, HEIGHT - MARGIN.bottom]
    const lines: string[] = []
    for (const tick of ticksOf(this.#y)) {
      const y = round(this.#vertical(tick))
      lines.push(
        `<path d="M${MARGIN.left} ${y}H${right}" stroke="${GRID}"/>`,
        `<text x="${MARGIN.left - 8}" y="${Number(y) + 4}" text-anchor="end">${escaped(this.#y.show(tick))}</text>`,
      )
    }
    for (const tick of ticksOf(this.#x)) {
      const x = round(this.#horizontal(tick))
      lines.push(
        `<text x="${x}" y="${bottom + 20}" text-anchor="middle">${escaped(this.#x.show(tick))}</text>`,
      )
    }
    const middle = (MARGIN.top + bottom) / 2
    lines.push(
      `<path d="M${MARGIN.left} ${bottom}H${right}" stroke="${SOFT}"/>`,
      `<text x="${(MARGIN.left + right) / 2}" y="${bottom + 42}" text-anchor="middle">${escaped(this.#x.label)}</text>`,
      `<text transform="translate(18 ${middle}) rotate(-90)" text-anchor="middle">${escaped(this.#y.label)}</text>`,
    )
    return lines
  }

  #legendLines(): string[] {
    return this.#legend.map(({ label, style }, index) => {
      const y = HEIGHT + index * LEGEND_LINE
      return `<path d="M${MARGIN.left} ${y}h32" fill="none" ${strokeOf(style)}/><text x="${MARGIN.left + 42}" y="${y + 4}">${escaped(label)}</text>`
    })
  }

  #place(x: number, y: number): string | null {
    const [left, top] = [this.#horizontal(x), this.#vertical(y)]
    return Number.isFinite(left) && Number.isFinite(top) ? `${round(left)} ${round(top)}` : null
  }

  #horizontal(value: number): number {
    return MARGIN.left + shareOf(this.#x, value) * (WIDTH - MARGIN.left - MARGIN.right)
  }

  #vertical(value: number): number {
    return MARGIN.top + (1 - shareOf(this.#y, value)) * (HEIGHT - MARGIN.top - MARGIN.bottom)
  }
}

function strokeOf({ colour, width = 2, dash, opacity }: LineStyle): string {
  return [
    `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"`,
    dash === undefined ? '' : `stroke-dasharray="${dash}"`,
    opacity === undefined ? '' : `stroke-opacity="${opacity}"`,
  ]
    .filter(part => part !== '')
    .join(' ')
}

function ticksOf({ low, high, logarithmic = false, ...axis }: Axis): readonly number[] {
  return axis.ticks ?? (logarithmic ? logarithmicTicks(low, high) : ticks(low, high))
}

/** How far along an axis a value lies, from 0 to 1. */
function shareOf({ low, high, logarithmic = false }: Axis, value: number): number {
  if (high === low) return 0.5
  if (!logarithmic) return (value - low) / (high - low)
  return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
}
