// Progress: plain lines are few and plain, bars restore the terminal, and workers do not flood.
import { describe, expect, it } from 'vitest'
import { BarDisplay } from '../../experiments/cli/bars.ts'
import { createDisplay } from '../../experiments/cli/display.ts'
import { formatDuration, formatPercent, formatShortDuration } from '../../experiments/cli/format.ts'
import { InterruptHandler } from '../../experiments/cli/interrupt.ts'
import { LineDisplay } from '../../experiments/cli/lines.ts'
import { suggest } from '../../experiments/cli/suggest.ts'
import type { TaskProgress } from '../../experiments/compare/outcome.ts'
import { throttleProgress } from '../../experiments/compare/taskRunner.ts'
import { StopFlag } from '../../experiments/run/stopFlag.ts'
import { Captured } from './synthetic.ts'

const ESCAPE = String.fromCharCode(27)

describe('LineDisplay', () => {
  it('writes a line when a phase begins, every five seconds, and when it ends', () => {
    const stream = new Captured()
    let now = 0
    const display = new LineDisplay(stream, () => now)
    for (; now <= 12_000; now += 100) {
      const done = now / 100
      display.update('mlp', { phase: 'training', done, total: 120, accuracy: 0.5, imagesPerSecond: 10 })
    }
    display.finish('mlp', 'done')
    display.close()
    display.say('after the end')
    expect(stream.text.split('\n')).toEqual([
      'MLP: training 0 of 120, accuracy 50.0 %, 10 images/s, 12 s left',
      'MLP: training 50 of 120, accuracy 50.0 %, 10 images/s, 7.0 s left',
      'MLP: training 100 of 120, accuracy 50.0 %, 10 images/s, 2.0 s left',
      'MLP: training 120 of 120, accuracy 50.0 %, 10 images/s',
      'MLP: done',
      '',
    ])
  })

  it('works out the time left when no rate is reported', () => {
    const stream = new Captured()
    let now = 0
    const display = new LineDisplay(stream, () => now)
    display.update('snn', { phase: 'testing', done: 0, total: 100 })
    now = 10_000
    display.update('snn', { phase: 'testing', done: 20, total: 100 })
    expect(stream.text).toContain('spiking network: testing 20 of 100, 40 s left')
  })
})

describe('createDisplay', () => {
  it('draws bars on a terminal only, and not under continuous integration', () => {
    for (const [isTTY, ci, bars] of [
      [true, false, true],
      [true, true, false],
      [false, false, false],
    ] as const) {
      const stream = new Captured(isTTY)
      const display = createDisplay(stream, ci)
      display.update('mlp', { phase: 'training', done: 1, total: 2, accuracy: 0.25, imagesPerSecond: 3 })
      display.say('a line')
      display.close()
      expect(stream.text).toContain('a line')
      expect(stream.text).toContain('accuracy 25.0 %')
      expect(stream.text.includes(ESCAPE)).toBe(bars)
    }
  })
})

describe('BarDisplay', () => {
  it('shows the cursor again and wraps lines again when it closes', () => {
    const stream = new Captured(true)
    const display = new BarDisplay(stream)
    display.update('snn', { phase: 'labelling', done: 1, total: 4 })
    display.finish('snn', 'done')
    display.update('snn', { phase: 'testing', done: 1, total: 4 })
    display.close()
    display.close()
    expect(stream.text.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
      stream.text.lastIndexOf(`${ESCAPE}[?25l`),
    )
    expect(stream.text.lastIndexOf(`${ESCAPE}[?7h`)).toBeGreaterThan(stream.text.lastIndexOf(`${ESCAPE}[?7l`))
    expect(stream.text).not.toContain('testing')
  })
})

describe('throttleProgress', () => {
  it('lets ten a second through, and always what begins or ends a phase', () => {
    const sent: TaskProgress[] = []
    let now = 0
    const progress = throttleProgress(
      update => sent.push(update),
      () => now,
    )
    for (; now < 1000; now++) progress({ phase: 'training', done: now, total: 1000 })
    expect(sent.map(update => update.done)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    progress({ phase: 'training', done: 1000, total: 1000 })
    progress({ phase: 'testing', done: 0, total: 10 })
    expect(sent.slice(10).map(update => update.phase)).toEqual(['training', 'testing'])
  })
})

describe('InterruptHandler', () => {
  it('stops at the first signal, takes its echo for the same, and leaves at the second', () => {
    const stop = new StopFlag()
    const said: string[] = []
    const left: number[] = []
    let now = 0
    const handler = new InterruptHandler(
      stop,
      line => said.push(line),
      exitCode => left.push(exitCode),
      () => now,
    )
    expect(handler.exitCode).toBeNull()
    process.emit('SIGINT', 'SIGINT')
    expect([stop.raised, new StopFlag(stop.buffer).raised, handler.exitCode]).toEqual([true, true, 130])
    now = 100
    process.emit('SIGINT', 'SIGINT')
    expect([said.length, left]).toEqual([1, []])
    now = 2000
    process.emit('SIGINT', 'SIGINT')
    expect(left).toEqual([130])
    handler.dispose()
  })
})

describe('words', () => {
  it.each([
    [0.04, '0.0 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [3599.7, '1 h 00 min'],
    [7512, '2 h 05 min'],
    [null, '–'],
  ])('writes %s seconds as %s', (seconds, words) => expect(formatDuration(seconds)).toBe(words))

  it('writes what was not measured as a dash', () => {
    expect([formatPercent(null), formatPercent(0.12345), formatShortDuration(0.00104)]).toEqual([
      '–',
      '12.3 %',
      '1.04 ms',
    ])
  })

  it.each([
    ['--nuerons', '--neurons'],
    ['--neuron', '--neurons'],
    ['--sead', '--seed'],
    ['--epoch', '--epochs'],
    ['--zzzzzzzz', null],
    [`--${'x'.repeat(100_000)}`, null],
  ])('takes the word for what was meant (case %#)', (word, meant) => {
    expect(suggest(word, ['--neurons', '--seed', '--epochs', '--quick'])).toBe(meant)
  })
})
