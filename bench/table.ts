// Prints what the bench found as a table, with what was skipped or failed below it.
import Table from 'cli-table3'
import type { Bar } from './bar.ts'
import type { Outcome, Row } from './row.ts'

const explanation =
  'Times are medians, of products the best. Ratio = ours / theirs, so below 1 we are faster; a target is the highest ratio allowed.'

/** The table, its explanation and the peers that gave no row; plain text without colours. */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(outcome => (outcome.kind === 'row' ? [outcome.row] : []))
  const bars = outcomes.flatMap(outcome => (outcome.kind === 'bar' ? [outcome.bar] : []))
  const parts = rows.length === 0 ? [] : [formatTable(rows), explanation, ...formatNotes(rows)]
  if (bars.length > 0) parts.push(formatBars(bars), ...bars.flatMap(({ name, note }) => `- ${name}: ${note}`))
  for (const outcome of outcomes) {
    if (outcome.kind === 'skipped') {
      const { suite, name, peer, reason, install } = outcome.skipped
      const remedy = install === undefined ? '' : `\n  install it with: ${install}`
      parts.push(`skipped: ${suite}, ${name}, ${peer}: ${reason}${remedy}`)
    } else if (outcome.kind === 'failed') {
      const { suite, name, peer, reason } = outcome.failed
      parts.push(`failed: ${suite}, ${name}, ${peer}: ${reason.replaceAll('\n', '\n  ')}`)
    }
  }
  return `${parts.join('\n')}\n`
}

function formatTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ['suite', 'work', 'peer', 'ours', 'theirs', 'ratio', 'which is', 'target', 'met'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'left', 'left', 'left'],
    style: { head: [], border: [] },
  })
  for (const row of rows) {
    table.push([
      row.suite,
      row.name,
      `${row.peer} ${row.peerVersion}`,
      `${significant(row.ours)} ${row.unit}`,
      `${significant(row.theirs)} ${row.unit}`,
      significant(row.ratio),
      wordsOf(row, row.ratio),
      row.target === null ? '' : `at most ${significant(row.target)} (${wordsOf(row, row.target)})`,
      row.met === null ? '' : row.met ? 'yes' : 'NO',
    ])
  }
  return table.toString()
}

function formatBars(bars: readonly Bar[]): string {
  const table = new Table({
    head: ['bar', 'measured', 'target', 'met'],
    colAligns: ['left', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  })
  for (const { name, measured, unit, sense, target, met } of bars) {
    const withUnit = (value: number) => `${significant(value)} ${unit}`.trim()
    table.push([name, withUnit(measured), `${sense} ${withUnit(target)}`, met ? 'yes' : 'NO'])
  }
  return table.toString()
}

function formatNotes(rows: readonly Row[]): string[] {
  return rows.map(({ name, peer, note }) => `- ${name}, ${peer}: ${note}`)
}

/** A ratio as words: where the best times count, the peer is a limit, of which a share is reached. */
function wordsOf({ statistic }: Row, ratio: number): string {
  return statistic === 'best' ? `${significant(100 / ratio)} % of the speed` : inWords(ratio)
}

/** A ratio of times as words: 0.004 is "250 x faster", 2.5 is "2.5 x slower". */
export function inWords(ratio: number): string {
  return ratio <= 1 ? `${significant(1 / ratio)} x faster` : `${significant(ratio)} x slower`
}

/** Three significant digits, never in exponential form. */
export function significant(value: number): string {
  return value >= 1000 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString()
}
