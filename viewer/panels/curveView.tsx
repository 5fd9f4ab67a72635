// A line chart in the page, and the legend of its lines.
import './panels.css'
import type { MutableRef } from 'preact/hooks'
import { useEffect, useRef, useState } from 'preact/hooks'
import { theme } from '../state/store.ts'
import { text } from '../text/text.ts'
import type { CurveChart, CurveStyle } from './curveChart.ts'
import type { Curves } from './curveData.ts'

interface CurveViewProperties {
  readonly label: string
  readonly curves: Curves
  readonly styles: readonly CurveStyle[]
  readonly logarithmic: boolean
  readonly shares: boolean
  /** Whoever marks a place finds the chart here once it is there. */
  readonly chart?: MutableRef<CurveChart | null>
}

export function CurveView({ label, curves, styles, logarithmic, shares, chart }: CurveViewProperties) {
  const place = useRef<HTMLDivElement>(null)
  const own = useRef<CurveChart | null>(null)
  const latest = useRef(curves)
  const [failed, setFailed] = useState(false)
  latest.current = curves
  // What a chart cannot change of itself: with another of these it is made anew.
  const kind = JSON.stringify([logarithmic, shares, styles, theme.value])
  useEffect(() => {
    let gone = false
    const dispose = () => {
      own.current?.dispose()
      own.current = null
      if (chart) chart.current = null
    }
    import('./curveChart.ts').then(
      module => {
        if (gone || place.current === null) return
        own.current = new module.CurveChart(place.current, latest.current, { logarithmic, shares, styles })
        if (chart) chart.current = own.current
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      dispose()
    }
  }, [kind])
  useEffect(() => own.current?.update(curves), [curves])
  if (failed) return <p class="panel-quiet panel-empty">{text.value.panels.accuracy.noChart}</p>
  return <div ref={place} class="curve-chart" role="img" aria-label={label} />
}

interface LegendProperties {
  readonly curves: Curves
  readonly styles: readonly CurveStyle[]
}

export function CurveLegend({ curves, styles }: LegendProperties) {
  return (
    <ul class="curve-legend">
      {styles.map(({ label, faint }, index) => (
        <li key={label}>
          <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
            <line
              x1="0"
              y1="4"
              x2="28"
              y2="4"
              class={`curve-line curve-${curves.curves[index]?.network}${faint ? ' curve-faint' : ''}`}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}
