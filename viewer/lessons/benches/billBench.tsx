// Lesson 7: counts from the recorded runs, prices that the reader sets, and the bill they make.
import { useState } from 'preact/hooks'
import { Button } from '../../controls/button.tsx'
import { Segments, Slider } from '../../controls/fields.tsx'
import { compact, energy, significant } from '../../panels/format.ts'
import { figures } from '../figures.ts'
import { type Assumptions, type Bill, brainBill, horowitz, mlpBill } from '../laboratory/bill.ts'
import { Result } from '../parts/result.tsx'
import { lessonWords } from '../words.ts'

type Task = 'reading' | 'learning'

const prices: readonly { readonly name: keyof Assumptions; readonly most: number; readonly step: number }[] =
  [
    { name: 'multiplyAccumulate', most: 10, step: 0.1 },
    { name: 'accumulate', most: 10, step: 0.1 },
    { name: 'membraneUpdate', most: 80, step: 1 },
    { name: 'memory', most: 640, step: 5 },
  ]

export function BillBench() {
  const words = lessonWords.value.lesson7.bench
  const [task, setTask] = useState<Task>('reading')
  const [assumptions, setAssumptions] = useState(horowitz)
  const learning = task === 'learning'
  const mlp = mlpBill(figures.bill, assumptions, learning)
  const brain = brainBill(figures.bill, assumptions, learning)
  return (
    <div class="bench">
      <Segments
        label={words.task}
        value={task}
        choices={[
          { value: 'reading', label: words.reading },
          { value: 'learning', label: words.learning },
        ]}
        onChange={setTask}
      />
      <Counted learning={learning} />
      <section>
        <h3>{words.prices}</h3>
        <div class="bench-grid">
          {prices.map(({ name, most, step }) => (
            <Slider
              key={name}
              label={words[name === 'memory' ? 'memory' : name]}
              told={`${significant(assumptions[name])}\u00a0pJ`}
              value={assumptions[name]}
              minimum={0}
              maximum={most}
              step={step}
              onInput={value => setAssumptions({ ...assumptions, [name]: value })}
            />
          ))}
        </div>
        <Button onClick={() => setAssumptions(horowitz)}>{words.reset}</Button>
      </section>
      <Bills mlp={mlp} brain={brain} />
    </div>
  )
}

function Counted({ learning }: { readonly learning: boolean }) {
  const words = lessonWords.value.lesson7.bench
  const { bill } = figures
  const brain = bill.brainReading + (learning ? bill.brainLearning : 0)
  return (
    <section>
      <h3>{words.counts}</h3>
      <dl class="bench-counts">
        <div class="side-mlp">
          <dt>{words.mlp}</dt>
          <dd>
            <strong>{compact(bill.mlpReading + (learning ? bill.mlpLearning : 0))}</strong>{' '}
            {words.mlpOperations}
          </dd>
        </div>
        <div class="side-brain">
          <dt>{words.brain}</dt>
          <dd>
            <strong>{compact(brain)}</strong> {words.brainOperations}
          </dd>
          <dd>
            <strong>{compact(bill.membraneUpdates)}</strong> {words.updates}
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Bills({ mlp, brain }: { readonly mlp: Bill; readonly brain: Bill }) {
  const words = lessonWords.value.lesson7.bench
  const most = Math.max(mlp.total, brain.total)
  const mlpCheaper = mlp.total <= brain.total
  const times = most / Math.min(mlp.total, brain.total)
  return (
    <section>
      <div class="bills" role="img" aria-label={words.billLabel(energy(mlp.total), energy(brain.total))}>
        <Stack name={words.mlp} bill={mlp} most={most} />
        <Stack name={words.brain} bill={brain} most={most} />
      </div>
      <ul class="plot-legend">
        <li class="key key-synapses">{words.synapses}</li>
        <li class="key key-membranes">{words.membranes}</li>
        <li class="key key-memory">{words.memoryPart}</li>
      </ul>
      {Number.isFinite(times) && <Result main={words.ratio(significant(times, 2), mlpCheaper)} />}
      <p class="bench-note">{words.model}</p>
    </section>
  )
}

function Stack({ name, bill, most }: { readonly name: string; readonly bill: Bill; readonly most: number }) {
  const parts = ['synapses', 'membranes', 'memory'] as const
  return (
    <div class="stack" aria-hidden="true">
      <span class="stack-name">{name}</span>
      <span class="stack-track">
        {parts.map(part => (
          <span
            key={part}
            class={`stack-part stack-${part}`}
            style={{ width: most > 0 ? `${((100 * bill[part]) / most).toFixed(2)}%` : '0' }}
          />
        ))}
      </span>
      <span class="stack-told">{energy(bill.total)}</span>
    </div>
  )
}
