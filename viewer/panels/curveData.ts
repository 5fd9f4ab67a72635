// Puts the series of both networks on one axis, as line charts want them: sorted places, and gaps where nothing was measured.
import type { History, Measure, Series } from '../frames/history.ts'

/** What a chart shows along its horizontal axis. */
export type Against = 'samples' | 'operations'

/** One line: NaN where it has no point. */
export interface Curve {
  readonly network: 'mlp' | 'brain'
  readonly measure: Measure
  readonly values: Float64Array
}

export interface Curves {
  readonly places: Float64Array
  readonly curves: readonly Curve[]
}

/** One line that is wanted. */
export interface CurveSource {
  readonly network: 'mlp' | 'brain'
  readonly measure: Measure
  readonly series: Series
}

/** The curves of one run, over the places of both networks. Places that are not above 0 are left out. */
export function curvesOf(
  history: History,
  against: Against,
  wanted: readonly (readonly ['mlp' | 'brain', Measure])[],
): Curves {
  return curvesFrom(
    against,
    wanted.map(([network, measure]) => ({ network, measure, series: history.of(network) })),
  )
}

/** Curves of any series, over the places of all of them. */
export function curvesFrom(against: Against, sources: readonly CurveSource[]): Curves {
  const series = [...new Set(sources.map(source => source.series))]
  const places = union(series.map(one => one.column(against)))
  const curves = sources.map(source => ({
    network: source.network,
    measure: source.measure,
    values: onto(places, source.series, against, source.measure),
  }))
  // Before anything was measured there is nothing to draw.
  const begin = places.findIndex((_, index) => curves.some(({ values }) => !Number.isNaN(values[index])))
  const from = begin < 0 ? places.length : begin
  return {
    places: places.subarray(from),
    curves: curves.map(curve => ({ ...curve, values: curve.values.subarray(from) })),
  }
}

/** The last value at or before a place, NaN before the first. */
export function valueAt(curve: Curve, places: Float64Array, index: number): number {
  for (let at = Math.min(index, places.length - 1); at >= 0; at--) {
    const value = curve.values[at]!
    if (!Number.isNaN(value)) return value
  }
  return Number.NaN
}

function union(columns: readonly Float64Array[]): Float64Array {
  const all = new Set<number>()
  for (const column of columns) for (const place of column) if (place > 0) all.add(place)
  return Float64Array.from(all).sort()
}

function onto(places: Float64Array, series: Series, against: Against, measure: Measure): Float64Array {
  const values = new Float64Array(places.length).fill(Number.NaN)
  const [from, column] = [series.column(against), series.column(measure)]
  let at = 0
  for (let point = 0; point < from.length; point++) {
    while (at < places.length && places[at]! < from[point]!) at++
    if (places[at] === from[point]) values[at] = column[point]!
  }
  return values
}
