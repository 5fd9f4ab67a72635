// The bench's command line: wrong arguments, missing peers, Ctrl-C, exit codes.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeBar } from '../../bench/bar.ts'
import { exitCodeOf, runBench } from '../../bench/command.ts'
import { reportSchema } from '../../bench/report.ts'
import { makeRow, type Outcome } from '../../bench/row.ts'
import { temporaryPath } from './fakePeer.ts'

const MISSING = ['--python', '/nonexistent/python', '--node-modules', temporaryPath('node_modules')]

async function bench(args: readonly string[], signal = new AbortController().signal) {
  let stdout = ''
  let stderr = ''
  const exitCode = await runBench(args, {
    stdout: text => {
      stdout += text
    },
    stderr: text => {
      stderr += text
    },
    signal,
  })
  return { exitCode, stdout, stderr }
}

describe('the command line', () => {
  it.each([
    [['nn'], "value 'nn' is invalid for argument 'suite'. Allowed choices are core, mlp, snn, viewer"],
    [['mlp', 'snn'], 'too many arguments'],
    [['--repeats', '0'], 'Expected an integer from 1 to 100'],
    [['--repeats', 'many'], 'Expected an integer from 1 to 100'],
    [['--repeat', '3'], 'Did you mean --repeats?'],
    [['--node', '/nonexistent/node'], '--node: /nonexistent/node does not run'],
    [['--json'], 'argument missing'],
    [
      ['--json', '/nonexistent/folder/bench.json'],
      'expected a folder that can be written, got /nonexistent/folder',
    ],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await bench(args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
  })

  it('names a data folder that is not there', async () => {
    const { exitCode, stderr } = await bench(['--data', '/nonexistent/data'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: \/nonexistent\/data: .*\n$/)
  })

  it('has help with examples', async () => {
    const { exitCode, stdout } = await bench(['--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('npm run bench -- snn')
    expect(stdout).toContain('--python <path>')
  })

  it('skips every peer where none is installed, and writes that down', async () => {
    const path = temporaryPath('bench.json')
    const { exitCode, stdout } = await bench(['mlp', ...MISSING, '--json', path])
    expect(exitCode).toBe(0)
    const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    expect(report.rows).toEqual([])
    expect(new Set(report.skipped.map(({ peer }) => peer))).toEqual(
      new Set(['PyTorch', 'TensorFlow.js wasm']),
    )
    for (const { install } of report.skipped) expect(stdout).toContain(`install it with: ${install}`)
  })

  it('runs only the suite that is named', async () => {
    const { stdout } = await bench(['snn', ...MISSING])
    expect(stdout).toContain('Brian2')
    expect(stdout).not.toContain('PyTorch')
  })

  it('prints and writes what it has when it is interrupted', async () => {
    const interrupted = new AbortController()
    interrupted.abort()
    const path = temporaryPath('interrupted.json')
    const { exitCode, stderr } = await bench(['snn', ...MISSING, '--json', path], interrupted.signal)
    expect(exitCode).toBe(130)
    expect(stderr).toContain('stopped after 0 of 2 comparisons')
    expect(existsSync(path)).toBe(true)
  })
})

describe('the exit code', () => {
  const labels = { suite: 'mlp', name: 'work', peer: 'Peer' } as const
  const times = {
    peerVersion: '1',
    statistic: 'median',
    unit: 's',
    note: '',
    oursSeconds: [2],
    theirsSeconds: [1],
  } as const
  const row = (target: number | null): Outcome => ({
    kind: 'row',
    row: makeRow({ ...labels, ...times, target }),
  })
  const skipped: Outcome = { kind: 'skipped', skipped: { ...labels, reason: '', install: '' } }
  const bar = (measured: number): Outcome => ({
    kind: 'bar',
    bar: makeBar({ name: 'heap', measured, unit: 'MB', target: 80, sense: 'at most', note: '' }),
  })
  const failed: Outcome = { kind: 'failed', failed: { ...labels, reason: '' } }

  it.each([
    ['bars that are met, rows without one and skipped peers', [row(2), row(null), skipped], 0],
    ['a bar that is missed', [row(2), row(1.9)], 1],
    ['a figure that meets its bar', [bar(80)], 0],
    ['a figure that misses its bar', [bar(80), bar(81)], 1],
    ['a peer that failed', [row(2), failed], 1],
  ] as const)('for %s', (_, outcomes, code) => {
    expect(exitCodeOf(outcomes)).toBe(code)
  })
})
