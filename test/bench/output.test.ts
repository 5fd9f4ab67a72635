// What the bench prints and writes.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type BarInput, makeBar } from '../../bench/bar.ts'
import { makeReport, reportSchema, writeReport } from '../../bench/report.ts'
import { makeRow, type Outcome, type RowInput } from '../../bench/row.ts'
import { formatOutcomes, inWords, significant } from '../../bench/table.ts'
import { temporaryPath } from './fakePeer.ts'

const input: RowInput = {
  suite: 'snn',
  name: 'presentation',
  peer: 'Brian2',
  peerVersion: '2.9.0',
  statistic: 'median',
  unit: 'ms',
  target: 0.004,
  note: 'what each side did',
  oursSeconds: [0.001],
  theirsSeconds: [0.4],
}
const row = (change: Partial<RowInput> = {}): Outcome => ({
  kind: 'row',
  row: makeRow({ ...input, ...change }),
})
const heap: BarInput = {
  ...{ name: 'heap of the page', measured: 61.26, unit: 'MB', target: 80, sense: 'at most' },
  note: 'after a collection',
}
const bar = (change: Partial<BarInput> = {}): Outcome => ({
  kind: 'bar',
  bar: makeBar({ ...heap, ...change }),
})
const skipped: Outcome = {
  kind: 'skipped',
  skipped: { suite: 'mlp', name: 'epoch', peer: 'PyTorch', reason: 'no torch', install: 'pip install torch' },
}
const failed: Outcome = {
  kind: 'failed',
  failed: { suite: 'mlp', name: 'epoch', peer: 'TensorFlow.js', reason: 'exit code 1, after\nTypeError' },
}

/** The cells of the table line that holds `text`. */
function cells(printed: string, text: string): string[] {
  const line = printed.split('\n').find(candidate => candidate.startsWith('│') && candidate.includes(text))
  return (line ?? '').split('│').map(cell => cell.trim())
}

describe('the table', () => {
  it('has a line for each row, with times, ratio, target and whether it was met', () => {
    const printed = formatOutcomes([
      row(),
      row({ peer: 'Slow', theirsSeconds: [0.1] }),
      row({ peer: 'Free', target: null }),
    ])
    expect(cells(printed, 'Brian2 2.9.0').slice(1, -1)).toEqual([
      ...['snn', 'presentation', 'Brian2 2.9.0', '1 ms', '400 ms', '0.0025', '400 x faster'],
      ...['at most 0.004 (250 x faster)', 'yes'],
    ])
    expect(cells(printed, 'Slow 2.9.0').slice(-4, -1)).toEqual([
      '100 x faster',
      'at most 0.004 (250 x faster)',
      'NO',
    ])
    expect(cells(printed, 'Free 2.9.0').slice(-3, -1)).toEqual(['', ''])
    const limit = formatOutcomes([row({ statistic: 'best', oursSeconds: [0.5], target: 1 / 0.85 })])
    expect(cells(limit, 'Brian2 2.9.0').slice(-4, -1)).toEqual([
      '80 % of the speed',
      'at most 1.18 (85 % of the speed)',
      'NO',
    ])
    expect(printed).toContain('Ratio = ours / theirs')
    expect(printed).toContain('presentation, Brian2: what each side did')
  })

  it('prints figures beside their bars', () => {
    const missed = bar({ name: 'accuracy', measured: 93.2, unit: '%', target: 94, sense: 'at least' })
    const printed = formatOutcomes([bar(), missed, bar({ name: 'nothing', measured: Number.NaN })])
    expect(cells(printed, 'heap of the page')).toEqual([
      '',
      'heap of the page',
      '61.3 MB',
      'at most 80 MB',
      'yes',
      '',
    ])
    expect(cells(printed, 'accuracy').slice(2)).toEqual(['93.2 %', 'at least 94 %', 'NO', ''])
    expect(cells(printed, 'nothing').slice(4)).toEqual(['NO', ''])
    expect(printed).toContain('- heap of the page: after a collection')
    expect(printed).not.toContain('Ratio')
  })

  it('names skipped peers with the command that installs them, and failed ones with their last words', () => {
    const printed = formatOutcomes([skipped, failed])
    expect(printed).toContain('skipped: mlp, epoch, PyTorch: no torch\n  install it with: pip install torch')
    expect(printed).toContain('failed: mlp, epoch, TensorFlow.js: exit code 1, after\n  TypeError')
    expect(printed).not.toContain('│')
  })

  it.each([
    [0.004, '250 x faster'],
    [1, '1 x faster'],
    [2.5, '2.5 x slower'],
  ])('says %d in words', (ratio, words) => {
    expect(inWords(ratio)).toBe(words)
  })

  it.each([
    [0.00518251, '0.00518'],
    [1420.4, '1420'],
    [61.26, '61.3'],
  ])('rounds %d to three digits', (value, text) => {
    expect(significant(value)).toBe(text)
  })
})

describe('the report', () => {
  const report = makeReport({
    date: new Date('2026-01-02T03:04:05Z'),
    backend: 'wasm-simd',
    repeats: 1,
    outcomes: [row(), bar(), bar({ measured: Number.NaN }), skipped, failed],
  })

  it('holds rows, what gave none, and the machine', () => {
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]).toMatchObject({
      ...{ suite: 'snn', peer: 'Brian2', peerVersion: '2.9.0', statistic: 'median', unit: 'ms' },
      ...{ target: 0.004, met: true },
      samples: { ours: [1], theirs: [400] },
    })
    expect(report.bars.map(({ measured, met }) => [measured, met])).toEqual([
      [61.26, true],
      [null, false],
    ])
    expect(report.skipped[0]?.install).toBe('pip install torch')
    expect(report.failed[0]?.reason).toContain('TypeError')
    expect(report.environment.node).toBe(process.versions.node)
    expect(report.environment.cores).toBeGreaterThan(0)
    expect(report.date).toBe('2026-01-02T03:04:05.000Z')
  })

  it('is read back from its file as it was', async () => {
    const path = temporaryPath('report.json')
    await writeReport(path, report)
    expect(reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))).toEqual(report)
  })

  it('does not accept a row without its ratio, or a suite that is not', () => {
    const { ratio: _, ...incomplete } = report.rows[0]!
    expect(reportSchema.safeParse({ ...report, rows: [incomplete] }).success).toBe(false)
    expect(reportSchema.safeParse({ ...report, rows: [{ ...report.rows[0], suite: 'cnn' }] }).success).toBe(
      false,
    )
  })
})
