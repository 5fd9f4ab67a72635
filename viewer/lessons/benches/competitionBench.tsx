// Lesson 5: eight drives compete through a softmax and through inhibition; below, what inhibition does to learning.
import { useMemo, useState } from 'preact/hooks'
import { Slider } from '../../controls/fields.tsx'
import { fixed, percent } from '../../panels/format.ts'
import {
  bestCell,
  CELLS,
  COMPETITION_DURATION,
  drivesOf,
  type SpikingOutcome,
  shares,
  spikingOutcome,
} from '../laboratory/competition.ts'
import { Bars } from '../parts/bars.tsx'
import { Result } from '../parts/result.tsx'
import { lessonWords } from '../words.ts'
import { FieldsBench } from './fieldsBench.tsx'

const MOST_INHIBITION = 30
const cells = Array.from({ length: CELLS }, (_, cell) => cell)

export function CompetitionBench() {
  return (
    <div class="bench">
      <FieldsBench />
      <Contest />
    </div>
  )
}

function Contest() {
  const words = lessonWords.value.lesson5.bench
  const [lead, setLead] = useState(0.3)
  const [sharpness, setSharpness] = useState(4)
  const [inhibition, setInhibition] = useState(0)
  const divided = useMemo(() => shares({ lead, sharpness }), [lead, sharpness])
  const outcome = useMemo(() => spikingOutcome({ inhibition, lead }), [inhibition, lead])
  const drives = drivesOf(lead)
  return (
    <>
      <Slider
        label={words.lead}
        told={percent(lead, 0)}
        value={lead}
        minimum={0.02}
        maximum={0.6}
        step={0.02}
        onInput={setLead}
      />
      <div class="bench-pair">
        <section class="bench-side side-mlp">
          <h3>{words.softmaxTitle}</h3>
          <Slider
            label={words.sharpness}
            told={fixed(sharpness, 0)}
            value={sharpness}
            minimum={1}
            maximum={60}
            step={1}
            onInput={setSharpness}
          />
          <Bars
            title={words.softmaxTitle}
            summary={words.sharesLabel(divided.map(share => percent(share, 0)).join(', '))}
            most={1}
            kind="mlp"
            bars={divided.map((value, cell) => ({
              name: String(cell + 1),
              value,
              told: percent(value, 0),
              marked: cell === bestCell,
            }))}
          />
        </section>
        <section class="bench-side side-brain">
          <h3>{words.inhibitionTitle}</h3>
          <Slider
            label={words.inhibition}
            told={`${fixed(inhibition, 0)} (${words.published})`}
            value={inhibition}
            minimum={0}
            maximum={MOST_INHIBITION}
            step={1}
            onInput={setInhibition}
          />
          <Cells outcome={outcome} drives={drives} />
          <Verdict outcome={outcome} />
        </section>
      </div>
    </>
  )
}

function Verdict({ outcome: { counts } }: { readonly outcome: SpikingOutcome }) {
  const words = lessonWords.value.lesson5.bench
  const most = Math.max(...counts)
  const winners = counts.flatMap((count, cell) => (count === most ? [cell] : []))
  return (
    <Result
      main={words.firing(counts.filter(count => count > 0).length)}
      after={winners.length === 1 ? words.winner(winners[0]! + 1, winners[0] === bestCell) : words.tie}
    />
  )
}

/** The spikes of each cell over time, and how strongly it is driven. */
function Cells({
  outcome,
  drives,
}: {
  readonly outcome: SpikingOutcome
  readonly drives: readonly number[]
}) {
  const words = lessonWords.value.lesson5.bench
  return (
    <div class="spike-rows" role="img" aria-label={words.rasterLabel(outcome.counts.join(', '))}>
      {cells.map(cell => (
        <div
          key={cell}
          class={cell === bestCell ? 'spike-row spike-row-best' : 'spike-row'}
          aria-hidden="true"
        >
          <span class="spike-row-name">{cell + 1}</span>
          <span class="spike-row-track">
            {outcome.spikes
              .filter(spike => spike.cell === cell)
              .map(({ time }) => (
                <span
                  key={time}
                  class="spike"
                  style={{ left: `${((100 * time) / COMPETITION_DURATION).toFixed(2)}%` }}
                />
              ))}
          </span>
          <span class="spike-row-told">
            {words.drive} {fixed(drives[cell]!, 2)}
          </span>
        </div>
      ))}
      <div class="spike-row spike-row-axis" aria-hidden="true">
        <span class="spike-row-name" />
        <span>0</span>
        <span>
          {COMPETITION_DURATION} {words.timeAxis}
        </span>
      </div>
    </div>
  )
}
