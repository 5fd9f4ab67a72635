// One neuron's membrane and conductances while an image is on, as two small drawings over one time axis.
import { IMAGE_DURATION, MEMBRANE_INTERVAL } from '../../experiments/learners/brainFrame.ts'
import { text } from '../text/text.ts'
import type { BrainUnit } from './brainUnit.ts'
import { count, fixed } from './format.ts'

const WIDTH = 380
const LEFT = 36
const RIGHT = 12
const MEMBRANE = { top: 12, height: 120 }
const CONDUCTANCE = { top: 156, height: 72 }
const HEIGHT = 252

const x = (time: number) => LEFT + (time / IMAGE_DURATION) * (WIDTH - LEFT - RIGHT)

interface Band {
  readonly top: number
  readonly height: number
}

/** The place of a value from `low` (bottom) to `high` (top) of a band. */
const y = ({ top, height }: Band, value: number, low: number, high: number) =>
  top + height * (1 - (value - low) / (high - low))

function path(values: Float32Array, band: Band, low: number, high: number): string {
  return Array.from(values, (value, sample) => {
    const time = (sample + 1) * MEMBRANE_INTERVAL
    return `${sample === 0 ? 'M' : 'L'}${x(time).toFixed(1)} ${y(band, value, low, high).toFixed(1)}`
  }).join('')
}

/** @param time where the cursor is, ms. */
export function TracePlot({ unit, time }: { readonly unit: BrainUnit; readonly time: number }) {
  const words = text.value.panels.inspector
  const { v, gExc, gInh, threshold, spikeTimes } = unit
  const lowest = Math.min(...v)
  const highest = Math.max(...v)
  const known = Number.isFinite(threshold)
  const low = Math.floor(Math.min(lowest, -70) / 10) * 10
  const high = Math.ceil(Math.max(highest, known ? threshold : -50) / 10) * 10
  const most = Math.max(0.1, ...(gExc ?? []), ...(gInh ?? []))
  const shown = spikeTimes.filter(spike => spike <= IMAGE_DURATION)
  return (
    <figure class="trace">
      <figcaption>{words.trace}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${gExc === null ? MEMBRANE.top + MEMBRANE.height + 24 : HEIGHT}`}
        role="img"
        aria-label={words.traceSummary(
          fixed(lowest, 0),
          fixed(highest, 0),
          shown.length,
          count(shown.length),
        )}
      >
        {[low, (low + high) / 2, high].map(value => (
          <g key={value}>
            <line
              class="trace-grid"
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(MEMBRANE, value, low, high)}
              y2={y(MEMBRANE, value, low, high)}
            />
            <text class="trace-tick" x={LEFT - 6} y={y(MEMBRANE, value, low, high) + 4} text-anchor="end">
              {fixed(value, 0)}
            </text>
          </g>
        ))}
        {known && (
          <line
            class="trace-threshold"
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(MEMBRANE, threshold, low, high)}
            y2={y(MEMBRANE, threshold, low, high)}
          />
        )}
        {shown.map(spike => (
          <line
            key={spike}
            class="trace-spike"
            x1={x(spike)}
            x2={x(spike)}
            y1={MEMBRANE.top}
            y2={MEMBRANE.top + 18}
          />
        ))}
        <path class="trace-membrane" d={path(v, MEMBRANE, low, high)} />
        {gExc !== null && gInh !== null && (
          <>
            <line
              class="trace-grid"
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={CONDUCTANCE.top + CONDUCTANCE.height}
              y2={CONDUCTANCE.top + CONDUCTANCE.height}
            />
            <text class="trace-tick" x={LEFT - 6} y={CONDUCTANCE.top + 6} text-anchor="end">
              {fixed(most, 1)}
            </text>
            <text
              class="trace-tick"
              x={LEFT - 6}
              y={CONDUCTANCE.top + CONDUCTANCE.height + 4}
              text-anchor="end"
            >
              0
            </text>
            <path class="trace-inhibition" d={path(gInh, CONDUCTANCE, 0, most)} />
            <path class="trace-excitation" d={path(gExc, CONDUCTANCE, 0, most)} />
          </>
        )}
        <line
          class="trace-cursor"
          x1={x(time)}
          x2={x(time)}
          y1={MEMBRANE.top}
          y2={gExc === null ? MEMBRANE.top + MEMBRANE.height : CONDUCTANCE.top + CONDUCTANCE.height}
        />
        {[0, 100, 200, 300].map(tick => (
          <text
            key={tick}
            class="trace-tick"
            x={x(tick)}
            y={(gExc === null ? MEMBRANE.top + MEMBRANE.height : CONDUCTANCE.top + CONDUCTANCE.height) + 18}
            text-anchor="middle"
          >
            {fixed(tick, 0)}
          </text>
        ))}
      </svg>
      <ul class="trace-legend">
        <li class="trace-key-membrane">{words.membrane}</li>
        {known && <li class="trace-key-threshold">{words.threshold}</li>}
        {gExc !== null && <li class="trace-key-excitation">{words.excitation}</li>}
        {gInh !== null && <li class="trace-key-inhibition">{words.inhibition}</li>}
        <li class="trace-key-spike">{words.spikes}</li>
      </ul>
    </figure>
  )
}
