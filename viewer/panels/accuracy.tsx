// How accuracy grows with the images seen, or the operations spent, for both networks; and the loss beside it.
import './panels.css'
import type { MutableRef } from 'preact/hooks'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Segments, Switch } from '../controls/fields.tsx'
import { source, told } from '../state/store.ts'
import { type Text, text } from '../text/text.ts'
import type { CurveChart, CurveStyle } from './curveChart.ts'
import { type Against, type Curves, curvesOf, valueAt } from './curveData.ts'
import { CurveLegend, CurveView } from './curveView.tsx'
import { count, percent, significant } from './format.ts'
import { SaveChart } from './saveChart.tsx'

type Shown = 'accuracy' | 'loss'

/** What the lines of the chart are, drawn faint ones first. */
const lines = {
  accuracy: [
    ['mlp', 'trainAccuracy'],
    ['brain', 'trainAccuracy'],
    ['mlp', 'testAccuracy'],
    ['brain', 'testAccuracy'],
  ],
  loss: [['mlp', 'loss']],
} as const

export function AccuracyPanel() {
  const [against, setAgainst] = useState<Against>('samples')
  // The networks differ much in how many images they have seen: only so are both curves in view.
  const [logarithmic, setLogarithmic] = useState(true)
  const [shown, setShown] = useState<Shown>('accuracy')
  const chart = useRef<CurveChart | null>(null)
  const words = text.value.panels.accuracy
  void told.value
  const history = source.value?.history ?? null
  const curves = history && curvesOf(history, against, lines[shown])
  const styles = stylesOf(shown, text.value.panels)
  const empty = curves === null || curves.places.length === 0
  return (
    <section class="panel accuracy-panel" aria-labelledby="accuracy-title">
      <header class="panel-header panel-header-row">
        <div>
          <h3 id="accuracy-title">{words.title}</h3>
          <p class="panel-quiet">{words.description}</p>
        </div>
        <SaveChart
          what={shown === 'loss' ? words.lossTitle : words.title}
          save={({ exportAccuracySvg, exportLossSvg }) =>
            shown === 'loss' ? exportLossSvg() : exportAccuracySvg(against, logarithmic)
          }
        />
      </header>
      <div class="panel-options">
        <Segments
          label={words.against}
          value={against}
          choices={(['samples', 'operations'] as const).map(value => ({ value, label: words[value] }))}
          onChange={setAgainst}
        />
        <Switch checked={logarithmic} onChange={setLogarithmic}>
          {words.logarithmic}
        </Switch>
        <Switch checked={shown === 'loss'} onChange={loss => setShown(loss ? 'loss' : 'accuracy')}>
          {words.loss}
        </Switch>
      </div>
      {empty ? (
        <p class="panel-quiet panel-empty">{text.value.panels.nothingYet}</p>
      ) : (
        <>
          <CurveView
            label={`${shown === 'accuracy' ? words.title : words.lossTitle}: ${words.description}`}
            curves={curves}
            styles={styles}
            logarithmic={logarithmic}
            shares={shown === 'accuracy'}
            chart={chart}
          />
          <CurveLegend curves={curves} styles={styles} />
          <Readings chart={chart} curves={curves} against={against} shown={shown} />
        </>
      )}
      {against === 'operations' && <p class="panel-quiet">{words.units}</p>}
    </section>
  )
}

/** What each line is called. */
function stylesOf(shown: Shown, words: Text['panels']): CurveStyle[] {
  if (shown === 'loss') return [{ label: words.accuracy.lossLabel, faint: false }]
  return lines.accuracy.map(([network, measure]) => {
    const faint = measure === 'trainAccuracy'
    const name = words.networks[network]
    return { label: faint ? words.accuracy.train(name) : words.accuracy.test(name), faint }
  })
}

interface ReadingsProperties {
  /** The chart once it is there: the slider marks its place on it. */
  readonly chart: MutableRef<CurveChart | null>
  readonly curves: Curves
  readonly against: Against
  readonly shown: Shown
}

/** The values at a place, chosen by a slider: what the eye reads off the chart, in numbers. */
function Readings({ chart, curves, against, shown }: ReadingsProperties) {
  const words = text.value.panels
  const [wanted, setIndex] = useState<number | null>(null)
  const last = curves.places.length - 1
  const index = wanted === null ? last : Math.min(wanted, last)
  const place = curves.places[index]!
  useEffect(() => chart.current?.mark(wanted === null ? null : index), [wanted, index])
  const where =
    against === 'samples'
      ? words.accuracy.atSamples(count(place))
      : words.accuracy.atOperations(significant(place))
  const values = curves.curves.map(curve => valueAt(curve, curves.places, index))
  const sentences =
    shown === 'loss'
      ? [`${words.accuracy.lossLabel}: ${significant(values[0]!)}`]
      : (['mlp', 'brain'] as const).map((network, number) =>
          words.accuracy.reading(
            words.networks[network],
            percent(values[number]!),
            percent(values[number + 2]!),
          ),
        )
  return (
    <div class="curve-readings">
      <label>
        <span>{words.accuracy.readAt}</span>
        <input
          type="range"
          min={0}
          max={last}
          value={index}
          aria-valuetext={`${where}. ${sentences.join('. ')}`}
          onInput={event => {
            const value = Number(event.currentTarget.value)
            setIndex(value >= last ? null : value)
          }}
        />
      </label>
      <p>
        <strong>{where}</strong>
        {sentences.map(sentence => (
          <span key={sentence}>{sentence}</span>
        ))}
      </p>
    </div>
  )
}
