// What both networks called each digit: two tables of ten by ten, darker where it happened more often.
import './panels.css'
import { useRef, useState } from 'preact/hooks'
import { CLASSES } from '../../experiments/learners/common.ts'
import type { FrameKind } from '../../experiments/learners/frame.ts'
import { text } from '../text/text.ts'
import { count, percent } from './format.ts'
import { newestFrames } from './frames.ts'
import { SaveChart } from './saveChart.tsx'

const digits = Array.from({ length: CLASSES }, (_, digit) => digit)

export function ConfusionPanel() {
  const words = text.value.panels.confusion
  const frames = newestFrames()
  return (
    <section class="panel confusion-panel" aria-labelledby="confusion-title">
      <header class="panel-header">
        <h3 id="confusion-title">{words.title}</h3>
        <p class="panel-quiet">{words.description}</p>
      </header>
      <div class="confusion-pair">
        {(['mlp', 'brain'] as const).map(kind => {
          const frame = frames[kind]
          return (
            <Matrix
              key={kind}
              kind={kind}
              times={frame === null ? new Uint32Array(CLASSES * CLASSES) : frame.confusion.slice()}
              images={frame?.testImages ?? 0}
            />
          )
        })}
      </div>
    </section>
  )
}

interface MatrixProperties {
  readonly kind: FrameKind
  /** Of images of class r, how many were named c: [10 r + c]. */
  readonly times: Uint32Array
  readonly images: number
}

interface Place {
  readonly truth: number
  readonly named: number
}

function Matrix({ kind, times, images }: MatrixProperties) {
  const words = text.value.panels.confusion
  const network = text.value.panels.networks[kind]
  const [place, setPlace] = useState<Place | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const totals = digits.map(truth =>
    times.subarray(truth * CLASSES, (truth + 1) * CLASSES).reduce((a, b) => a + b, 0),
  )
  const sentence = ({ truth, named }: Place) =>
    words.cell(truth, named, count(times[truth * CLASSES + named]!), count(totals[truth]!))
  const move = (event: KeyboardEvent, from: Place) => {
    const next = neighbour(event.key, from)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    table.current?.rows[next.truth + 2]?.cells[next.named + 1]?.focus()
  }
  if (images === 0) {
    return (
      <div class="confusion-matrix">
        <h4>{network}</h4>
        <p class="panel-quiet panel-empty">{words.none}</p>
      </div>
    )
  }
  const entry = place ?? { truth: 0, named: 0 }
  return (
    <div class="confusion-matrix">
      <table ref={table}>
        <caption>{words.caption(network, count(images))}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={CLASSES} class="confusion-axis">
              {words.named}
            </th>
          </tr>
          <tr>
            <th scope="col" class="confusion-axis">
              {words.truth}
            </th>
            {digits.map(named => (
              <th key={named} scope="col">
                {named}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {digits.map(truth => (
            <tr key={truth}>
              <th scope="row">{truth}</th>
              {digits.map(named => {
                const here = { truth, named }
                return (
                  <td
                    key={named}
                    // One cell of the table is reached by Tab, the others from it by the arrow keys.
                    tabIndex={entry.truth === truth && entry.named === named ? 0 : -1}
                    class={truth === named ? 'confusion-right' : 'confusion-wrong'}
                    style={{
                      '--share': String(times[truth * CLASSES + named]! / Math.max(1, totals[truth]!)),
                    }}
                    title={sentence(here)}
                    onFocus={() => setPlace(here)}
                    onMouseEnter={() => setPlace(here)}
                    onKeyDown={event => move(event, here)}
                  >
                    <span>{count(times[truth * CLASSES + named]!)}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="confusion-foot">
        <p class="confusion-said">
          {place === null ? (hardest(times, totals) ?? words.hint) : sentence(place)}
        </p>
        <SaveChart
          what={words.caption(network, count(images))}
          save={({ exportConfusionSvg }) => exportConfusionSvg(kind)}
        />
      </div>
    </div>
  )

  function hardest(all: Uint32Array, sums: readonly number[]): string | null {
    let worst: (Place & { share: number }) | null = null
    for (const truth of digits) {
      for (const named of digits) {
        const share = all[truth * CLASSES + named]! / Math.max(1, sums[truth]!)
        if (truth !== named && share > (worst?.share ?? 0)) worst = { truth, named, share }
      }
    }
    return worst && words.hardest(worst.truth, worst.named, percent(worst.share, 0))
  }
}

/** The cell beside one in the direction of a key, null when there is none or it is another key. */
function neighbour(key: string, { truth, named }: Place): Place | null {
  const moved =
    key === 'ArrowUp'
      ? { truth: truth - 1, named }
      : key === 'ArrowDown'
        ? { truth: truth + 1, named }
        : key === 'ArrowLeft'
          ? { truth, named: named - 1 }
          : key === 'ArrowRight'
            ? { truth, named: named + 1 }
            : null
  return moved && [moved.truth, moved.named].every(digit => digit >= 0 && digit < CLASSES) ? moved : null
}
