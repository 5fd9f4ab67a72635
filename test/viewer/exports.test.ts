// What leaves the page as a file: CSV that a spreadsheet reads back, SVG that parses, names that say what and when.
import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { brainFrame } from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { Chart } from '../../viewer/export/chart.ts'
import {
  accuracyChart,
  confusionChart,
  lossChart,
  membraneChart,
  outputChart,
  rasterChart,
} from '../../viewer/export/charts.ts'
import { csv, seriesCsv, tableCsv } from '../../viewer/export/csv.ts'
import { fileName, hyphenated } from '../../viewer/export/fileName.ts'
import { logarithmicTicks, ticks } from '../../viewer/export/ticks.ts'
import { History } from '../../viewer/frames/history.ts'
import { brainUnit } from '../../viewer/panels/brainUnit.ts'
import { en } from '../../viewer/text/en/index.ts'

/** Reads CSV back, as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (const [, cell, end] of text.matchAll(cells)) {
    const plain = cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!
    rows.at(-1)!.push(plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

function parseSvg(drawing: string) {
  const { document } = parseHTML(`<html><body>${drawing}</body></html>`)
  return document.querySelector('svg')!
}

describe('CSV', () => {
  it('reads back as it was written, whatever the text', () => {
    const text = fc.string().map(value => value.replaceAll(/^[=+\-@\t\r]+/g, ''))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 5 }),
        rows => {
          const [, ...read] = parseCsv(csv(['text', 'number'], rows))
          expect(read.map(([first, second]) => [first, Number(second)])).toEqual(
            rows.map(([first, second]) => [first, second === 0 ? 0 : second]),
          )
        },
      ),
    )
  })

  it('gives a spreadsheet no formula to run, and nothing where there is no number', () => {
    expect(csv(['a', 'b'], [['=1+1', Number.NaN]])).toBe("a,b\r\n'=1+1,\r\n")
  })

  it('holds every point of both series', () => {
    const history = new History()
    history.mlp.add({ samples: 32, loss: 1.5 })
    history.brain.add({ samples: 1, spikes: 12 })
    history.brain.add({ samples: 2, spikes: 13 })
    const rows = parseCsv(seriesCsv(history))
    expect(rows[0]).toEqual([
      'network',
      'samples',
      'operations',
      'trainAccuracy',
      'testAccuracy',
      'loss',
      'spikes',
    ])
    expect(rows.slice(1)).toEqual([
      ['mlp', '32', '', '', '', '1.5', ''],
      ['brain', '1', '', '', '', '', '12'],
      ['brain', '2', '', '', '', '', '13'],
    ])
  })

  it('holds all rows of a table, its numbers unrounded', () => {
    const table = {
      caption: '',
      columns: [{ title: 'x', show: () => 'rounded' }],
      rows: 2,
      row: () => [1 / 3],
    }
    expect(parseCsv(tableCsv(table))).toEqual([['x'], [String(1 / 3)], [String(1 / 3)]])
  })
})

describe('charts', () => {
  const axis = { label: 'x', low: 0, high: 10, show: String }

  it('place what they are given where it belongs, and escape text', () => {
    const chart = new Chart('a < b & "c"', axis, axis)
    chart.line([0, 10, Number.NaN], [0, 10, 5], { colour: '#000000' }, '<line>')
    const drawing = chart.toString()
    expect(drawing).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>')
    expect(drawing).toContain('d="M72 364L696 52"')
    expect(drawing).toContain('&lt;line&gt;')
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('are drawn of every chart of the page, with finite numbers only', () => {
    const history = new History()
    for (const samples of [32, 64, 96]) {
      history.mlp.add({
        samples,
        operations: samples,
        trainAccuracy: 0.5,
        testAccuracy: 0.6,
        loss: 1 / samples,
      })
      history.brain.add({ samples, operations: samples, trainAccuracy: 0.2 })
    }
    const mlp = mlpFrame({ layers: [PIXELS, 4, 4, 10] })
    mlp.testImages = 3
    mlp.confusion[44] = 2
    mlp.confusion[49] = 1
    const brain = brainFrame({ neurons: 4 })
    brain.excitatorySpikes = 2
    brain.spikes.excitatory.steps.set([10, 700])
    brain.labels.fill(-1)
    const drawings = [
      accuracyChart(history, 'samples', en),
      accuracyChart(history, 'operations', en, true),
      lossChart(history, en),
      rasterChart(brain, 'spikes', en),
      outputChart(mlp, 'answer', en),
      outputChart(brain, 'votes', en),
      confusionChart(mlp, en),
      membraneChart(brainUnit(brain, 0)!, en),
    ]
    for (const drawing of drawings) {
      expect(drawing).not.toMatch(/NaN|Infinity|undefined/)
      expect(parseSvg(drawing!).querySelectorAll('path, rect').length).toBeGreaterThan(3)
    }
    const cells = parseSvg(drawings[6]!).querySelectorAll('rect title')
    expect(cells).toHaveLength(100)
    expect(cells[49]!.textContent).toBe('4 named 9: 1 of 3')
  })

  it('are not drawn of nothing', () => {
    expect(accuracyChart(new History(), 'samples', en)).toBeNull()
    expect(lossChart(new History(), en)).toBeNull()
    expect(confusionChart(mlpFrame({ layers: [PIXELS, 4, 4, 10] }), en)).toBeNull()
  })
})

describe('ticks', () => {
  it('are few, round and within the axis', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (low, span) => {
          const found = ticks(low, low + span)
          expect(found.length).toBeGreaterThanOrEqual(1)
          expect(found.length).toBeLessThanOrEqual(7)
          for (const tick of found) {
            expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6)
            expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6))
          }
        },
      ),
    )
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
    expect(logarithmicTicks(0.001, 20)).toEqual([0.001, 0.01, 0.1, 1, 10])
    expect(logarithmicTicks(2, 30)).toEqual([2, 5, 10, 20])
  })
})

describe('names of files', () => {
  it('say what and when', () => {
    expect(fileName('accuracy', 'svg', 12_345)).toBe('spikegrad-accuracy-12345-images.svg')
    expect(fileName('stage', 'png')).toBe('spikegrad-stage.png')
    expect(hyphenated('mlpNetwork')).toBe('mlp-network')
  })
})
