// A small line chart: axes, lines with their names at their ends, a cursor.
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { useWidth } from './useWidth.ts'

export interface Line {
  readonly name: string
  /** Whose line it is: its colour and its marks. */
  readonly kind: 'mlp' | 'brain'
  readonly points: readonly (readonly [x: number, y: number])[]
  /** Measured points get marks. */
  readonly marked?: boolean
}

export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  readonly tell: (value: number) => string
  readonly label: string
  readonly logarithmic?: boolean
}

interface PlotProps {
  readonly title: string
  /** What the chart says, for those who do not see it. */
  readonly summary: string
  readonly x: Scale
  readonly y: Scale
  readonly lines: readonly Line[]
  readonly height?: number
  /** Whether lines are named below: by default where there are several. */
  readonly legend?: boolean
  /** Where the reader is, in x. */
  readonly cursor?: number
  /** A vertical line that is always there, and its name. */
  readonly mark?: { readonly at: number; readonly name: string }
  /** A horizontal one. */
  readonly level?: { readonly at: number; readonly name: string }
  readonly children?: ComponentChildren
}

const MARGIN = { left: 48, right: 12, top: 10, bottom: 38 } as const

/** Where a value lies between the ends of a scale, from 0 to 1. */
export function placeOn({ low, high, logarithmic = false }: Scale, value: number): number {
  return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
}

export function Plot(props: PlotProps) {
  const { title, summary, x, y, lines, height = 220, cursor, mark, level, children } = props
  const { legend = lines.length > 1 } = props
  const holder = useRef<HTMLDivElement>(null)
  const width = useWidth(holder, 480)
  const id = useId()
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom }
  const left = (value: number) => MARGIN.left + placeOn(x, value) * inner.width
  const top = (value: number) => MARGIN.top + (1 - placeOn(y, value)) * inner.height
  const bottom = MARGIN.top + inner.height
  return (
    <figure class="plot" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div ref={holder} class="plot-holder">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={summary}>
          {y.ticks.map(tick => (
            <g key={tick} class="plot-tick">
              <line x1={MARGIN.left} x2={width - MARGIN.right} y1={top(tick)} y2={top(tick)} />
              <text x={MARGIN.left - 8} y={top(tick)} dy="0.35em" text-anchor="end">
                {y.tell(tick)}
              </text>
            </g>
          ))}
          {x.ticks.map(tick => (
            <text
              key={tick}
              class="plot-number"
              x={left(tick)}
              y={bottom + 16}
              text-anchor={anchorOf(x, tick)}
            >
              {x.tell(tick)}
            </text>
          ))}
          <text class="plot-label" x={width - MARGIN.right} y={height - 4} text-anchor="end">
            {x.label}
          </text>
          {level && <Level at={top(level.at)} name={level.name} right={width - MARGIN.right} />}
          {mark && (
            <g class="plot-mark">
              <line x1={left(mark.at)} x2={left(mark.at)} y1={MARGIN.top} y2={bottom} />
              <text x={left(mark.at) - 6} y={MARGIN.top + inner.height * 0.6} text-anchor="end">
                {mark.name}
              </text>
            </g>
          )}
          {lines.map(line => (
            <Curve key={line.name} line={line} left={left} top={top} />
          ))}
          {cursor !== undefined && (
            <line class="plot-cursor" x1={left(cursor)} x2={left(cursor)} y1={MARGIN.top} y2={bottom} />
          )}
          {children}
        </svg>
      </div>
      {legend && (
        <ul class="plot-legend">
          {lines.map(({ name, kind }) => (
            <li key={name} class={`key key-${kind}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

function Level({ at, name, right }: { readonly at: number; readonly name: string; readonly right: number }) {
  return (
    <g class="plot-level">
      <line x1={MARGIN.left} x2={right} y1={at} y2={at} />
      <text x={right} y={at + 13} text-anchor="end">
        {name}
      </text>
    </g>
  )
}

interface CurveProps {
  readonly line: Line
  readonly left: (value: number) => number
  readonly top: (value: number) => number
}

function Curve({ line: { kind, points, marked = false }, left, top }: CurveProps) {
  const path = points.map(
    ([x, y], place) => `${place === 0 ? 'M' : 'L'}${left(x).toFixed(1)} ${top(y).toFixed(1)}`,
  )
  return (
    <g class={`plotted plotted-${kind}`}>
      <path d={path.join('')} />
      {marked &&
        points.map(([x, y]) =>
          kind === 'mlp' ? (
            <rect key={x} x={left(x) - 3.5} y={top(y) - 3.5} width={7} height={7} />
          ) : (
            <circle key={x} cx={left(x)} cy={top(y)} r={4} />
          ),
        )}
    </g>
  )
}

/** The first and the last number stay within the drawing. */
function anchorOf(scale: Scale, tick: number): 'start' | 'middle' | 'end' {
  const place = placeOn(scale, tick)
  if (place > 0.98) return 'end'
  return 'middle'
}
