// The panels' pure parts: drawings as MNIST has them, units, curves, tables, sentences, costs, dropped files.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brainFrame, MEMBRANE_RANGE } from '../../experiments/learners/brainFrame.ts'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { History } from '../../viewer/frames/history.ts'
import { brainUnit, lastPairing, membraneSample } from '../../viewer/panels/brainUnit.ts'
import { brainCost, energyModel, mlpCost } from '../../viewer/panels/costs.ts'
import { curvesOf, valueAt } from '../../viewer/panels/curveData.ts'
import { describePanel } from '../../viewer/panels/describe.ts'
import { drawStrokes, inkOf, type Stroke, shrinkInk } from '../../viewer/panels/drawing.ts'
import { kindOf, sortFiles } from '../../viewer/panels/droppedKind.ts'
import { compact, count, energy, percent, signed, significant } from '../../viewer/panels/format.ts'
import { mlpUnit } from '../../viewer/panels/mlpUnit.ts'
import { readingSentences } from '../../viewer/panels/readingSentences.ts'
import { sampleDigits } from '../../viewer/panels/sampleDigits.ts'
import { panelTable } from '../../viewer/panels/tables.ts'
import { panelNames } from '../../viewer/stage/view.ts'
import { language } from '../../viewer/state/store.ts'
import { en } from '../../viewer/text/en/index.ts'
import { zh } from '../../viewer/text/zh/index.ts'

/** Centre of mass, and the rows and columns with ink above a quarter. */
function shapeOf(image: Uint8Array) {
  let [mass, x, y] = [0, 0, 0]
  const [columns, rows] = [new Set<number>(), new Set<number>()]
  image.forEach((value, index) => {
    const [column, row] = [index % SIDE, Math.floor(index / SIDE)]
    mass += value
    x += value * (column + 0.5)
    y += value * (row + 0.5)
    if (value > 64) {
      columns.add(column)
      rows.add(row)
    }
  })
  return { x: x / mass, y: y / mass, width: columns.size, height: rows.size }
}

describe('drawings become images like those of MNIST', () => {
  const strokes = fc.array(
    fc.array(
      fc.record({
        x: fc.double({ min: 0, max: 1, noNaN: true }),
        y: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    { minLength: 1, maxLength: 4 },
  )

  it('fits every drawing into the 20-pixel box, its mass in the middle unless the border is in the way', () => {
    fc.assert(
      fc.property(strokes, drawn => {
        const { x, y, width, height } = shapeOf(drawStrokes(drawn)!)
        expect(Math.max(width, height)).toBeLessThanOrEqual(21)
        expect(Math.abs(x - SIDE / 2)).toBeLessThanOrEqual(4)
        expect(Math.abs(y - SIDE / 2)).toBeLessThanOrEqual(4)
      }),
      { numRuns: 60 },
    )
  })

  it('draws the same wherever and however large it was drawn', () => {
    const small: Stroke[] = sampleDigits[4]!.map(line =>
      line.map(({ x, y }) => ({ x: 0.05 + x / 3, y: 0.1 + y / 3 })),
    )
    const [large, moved] = [drawStrokes(sampleDigits[4]!)!, drawStrokes(small)!]
    const difference = large.reduce(
      (most, value, pixel) => Math.max(most, Math.abs(value - moved[pixel]!)),
      0,
    )
    expect(difference).toBeLessThanOrEqual(1)
  })

  it('centres all ten digits and fills the box with them', () => {
    for (const digit of sampleDigits) {
      const { x, y, width, height } = shapeOf(drawStrokes(digit)!)
      expect(Math.hypot(x - SIDE / 2, y - SIDE / 2)).toBeLessThan(0.1)
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(19)
    }
  })

  it('makes nothing of nothing', () => {
    expect(drawStrokes([])).toBeNull()
    expect(shrinkInk({ width: 9, height: 9, values: new Uint8Array(81) })).toBeNull()
  })

  it('keeps a dot a dot', () => {
    const { width, height } = shapeOf(drawStrokes([[{ x: 0.9, y: 0.2 }]])!)
    expect(Math.max(width, height)).toBeLessThanOrEqual(4)
  })

  it('shrinks a picture with its mass in the middle, dark on light as light on dark', () => {
    const side = 90
    const rgba = (ink: number, paper: number) =>
      Uint8ClampedArray.from({ length: 4 * side * side }, (_, index) => {
        if (index % 4 === 3) return 255
        const [x, y] = [Math.floor(index / 4) % side, Math.floor(index / 4 / side)]
        return x > 50 && x < 60 && y > 10 && y < 50 ? ink : paper
      })
    const dark = shrinkInk(inkOf(side, side, rgba(0, 255)))!
    const light = shrinkInk(inkOf(side, side, rgba(255, 0)))!
    expect(dark).toEqual(light)
    const { x, y, height } = shapeOf(dark)
    expect(x).toBeCloseTo(SIDE / 2, 1)
    expect(y).toBeCloseTo(SIDE / 2, 1)
    expect(height).toBe(20)
  })
})

/** An MLP of 784-2-2-10 whose frame has the exact values of hidden unit 1. */
function focusedMlp() {
  const frame = mlpFrame({ layers: [PIXELS, 2, 2, 10] })
  frame.pixels[3] = 255
  frame.pixels[7] = 51
  frame.gradients[0]![1] = -0.5
  frame.activations[0]![1] = 1.6
  frame.focusUnit = 1
  frame.focusLayer = 1
  frame.focus.weights[3] = 1
  frame.focus.weights[7] = 2
  frame.focus.change[3] = 0.1
  frame.focusBias = 0.2
  frame.focusSum = 1.6
  return frame
}

describe('one unit', () => {
  it('adds up: bias and products of the MLP make the sum, and gradients are delta times input', () => {
    const unit = mlpUnit(focusedMlp(), 1, 1)!
    expect(unit.exact).toBe(true)
    const total = unit.strongest.reduce((sum, { product }) => sum + product, unit.bias)
    expect(total).toBeCloseTo(unit.sum, 6)
    expect(unit.strongest[0]).toMatchObject({ input: 3, x: 1, weight: 1, product: 1, gradient: -0.5 })
    expect(unit.strongest[1]!.gradient).toBeCloseTo(-0.1, 6)
    expect(unit.meanChange).toBeCloseTo(0.1 / PIXELS, 8)
  })

  it('says what is missing of a unit that is not the focused one', () => {
    const frame = focusedMlp()
    frame.scale1 = 0.5
    frame.weights[0]![3] = 127
    const unit = mlpUnit(frame, 1, 0)!
    expect(unit.exact).toBe(false)
    expect(unit.weights[3]).toBeCloseTo(0.5, 6)
    expect(unit.change).toBeNull()
    expect(unit.bias).toBeNaN()
    expect(unit.sum).toBeNaN()
    expect(mlpUnit(frame, 1, 2)).toBeNull()
  })

  it('reads the bytes of a neuron back within half a step', () => {
    const frame = brainFrame({ neurons: 3 })
    frame.focusUnit = -1
    frame.membranes[2] = 255
    frame.weights[2 * PIXELS + 5] = 255
    frame.counts[2] = 4
    const unit = brainUnit(frame, 2)!
    expect(unit.v[0]).toBe(MEMBRANE_RANGE.high)
    expect(unit.v[1]).toBe(MEMBRANE_RANGE.low)
    expect(unit.weights[5]).toBe(1)
    expect(unit.threshold).toBeNaN()
    expect(unit.change).toBeNull()
    expect(brainUnit(frame, 3)).toBeNull()
  })

  it('tells the last pair of spikes as the triplet rule has it', () => {
    const rates = { potentiationRate: 0.01, tauPre: 20, tauPostSlow: 40 }
    const pairing = lastPairing([10, 90, 130], [60, 100], rates)!
    expect(pairing).toMatchObject({ pre: 90, post: 100, postBefore: 60 })
    expect(pairing.change).toBeCloseTo(0.01 * Math.exp(-10 / 20) * Math.exp(-40 / 40), 12)
    // The first spike of an image finds no trace of its own.
    expect(lastPairing([10], [60], rates)!.change).toBe(0)
    expect(lastPairing([70], [60], rates)).toBeNull()
  })

  it('finds the sample of the membrane that a time falls in', () => {
    expect([-5, 0, 4.5, 5, 349, 350, 500].map(membraneSample)).toEqual([0, 0, 0, 1, 69, 69, 69])
  })
})

describe('curves', () => {
  const history = new History()
  for (const samples of [0, 32, 64]) {
    history.mlp.add({
      samples,
      operations: 10 * samples,
      trainAccuracy: samples / 100,
      testAccuracy: 0.5,
      loss: 1,
    })
  }
  history.brain.add({ samples: 40, operations: 5, testAccuracy: 0.25, spikes: 9 })

  it('puts both networks over one axis, without the place that no logarithm has', () => {
    const { places, curves } = curvesOf(history, 'samples', [
      ['mlp', 'trainAccuracy'],
      ['brain', 'testAccuracy'],
    ])
    expect([...places]).toEqual([32, 40, 64])
    expect([...curves[0]!.values]).toEqual([0.32, Number.NaN, 0.64])
    expect([...curves[1]!.values]).toEqual([Number.NaN, 0.25, Number.NaN])
    expect(valueAt(curves[0]!, places, 1)).toBe(0.32)
    expect(valueAt(curves[1]!, places, 0)).toBeNaN()
    expect(valueAt(curves[1]!, places, 2)).toBe(0.25)
  })

  it('begins where something was measured', () => {
    const late = new History()
    late.mlp.add({ samples: 1 })
    late.mlp.add({ samples: 2, testAccuracy: 0.5 })
    expect([...curvesOf(late, 'samples', [['mlp', 'testAccuracy']]).places]).toEqual([2])
    expect(curvesOf(late, 'samples', [['mlp', 'loss']]).places).toHaveLength(0)
  })

  it('takes operations as well', () => {
    expect([
      ...curvesOf(history, 'operations', [
        ['brain', 'testAccuracy'],
        ['mlp', 'loss'],
      ]).places,
    ]).toEqual([5, 320, 640])
  })
})

describe('the bill', () => {
  it('follows from the counts', () => {
    const mlp = mlpFrame({ layers: [PIXELS, 64, 64, 10] })
    mlp.samples = 100
    mlp.operations = 5e6
    const cost = mlpCost({ mlp })!
    expect(cost.parameters).toBe(784 * 64 + 64 + 64 * 64 + 64 + 64 * 10 + 10)
    expect(cost.energyPerImage.low).toBeCloseTo(5e4 * 4.6e-12, 15)
    expect(cost.labelsLearnedFrom).toBe(100)
    const brain = brainFrame({ neurons: 400 })
    brain.samples = 10
    brain.operations = 1e7
    const other = brainCost({ brain })!
    expect(other.membraneSteps).toBe(800_000)
    expect(other.labelsLearnedFrom).toBe(0)
    const { accumulate, wordFromMemory, multiplyAccumulate, membraneStep } = energyModel
    expect(other.energyPerImage.low).toBeCloseTo(1e6 * accumulate, 12)
    expect(other.energyPerImage.high).toBeCloseTo(
      1e6 * (accumulate + wordFromMemory) + 8e5 * membraneStep * multiplyAccumulate,
      12,
    )
    expect(mlpCost({ mlp: null })).toBeNull()
  })
})

describe('tables and sentences', () => {
  const mlp = focusedMlp()
  mlp.label = 3
  const brain = brainFrame({ neurons: 5 })
  brain.labels.fill(-1)
  brain.labels[2] = 7
  brain.counts[2] = 3
  brain.votes[7] = 3
  brain.excitatorySpikes = 3
  brain.spikes.excitatory.neurons.set([2, 2, 2])
  brain.spikes.excitatory.steps.set([40, 100, 160])
  brain.winner = 2
  brain.predicted = 7
  brain.pixels[5] = 128
  const series = new History().mlp
  series.add({ samples: 1, loss: 2 })

  it('has rows for every panel, each as long as its columns, in both languages', () => {
    expect(panelNames.length).toBeGreaterThan(0)
    for (const text of [en, zh]) {
      for (const panel of panelNames) {
        const table = panelTable(panel, { mlp, brain }, series, text)!
        expect(table.rows).toBeGreaterThan(0)
        expect(table.row(0)).toHaveLength(table.columns.length)
        expect(table.row(table.rows - 1)).toHaveLength(table.columns.length)
        expect(panelTable(panel, { mlp: null, brain: null }, null, text)).toBeNull()
      }
    }
  })

  it('shows spikes with their times and labels', () => {
    const table = panelTable('brainTime', { mlp, brain }, null, en)!
    expect(table.rows).toBe(3)
    expect(table.row(1)).toEqual([50, 2, 7])
  })

  it('says when a frame keeps fewer spikes than there were', () => {
    const crowded = brainFrame({ neurons: 5 })
    crowded.excitatorySpikes = 9000
    expect(panelTable('brainTime', { mlp, brain: crowded }, null, en)!.note).toContain('8,192')
  })

  it('describes every panel in a sentence, and says so while there is nothing', () => {
    for (const text of [en, zh]) {
      const said = panelNames.map(panel => describePanel(panel, { mlp, brain }, series, text))
      expect(new Set(said).size).toBe(panelNames.length)
      for (const sentence of said) expect(sentence).toMatch(/[.。]$/)
      const nothing = { mlp: null, brain: null }
      for (const panel of panelNames)
        expect(describePanel(panel, nothing, null, text)).toBe(text.panels.describe.waiting)
    }
  })

  it('tells how the loss goes over the run', () => {
    const falling = new History().mlp
    for (let samples = 1; samples <= 100; samples++) falling.add({ samples, loss: 2 / samples })
    expect(describePanel('mlpTime', { mlp, brain }, falling, en)).toContain('falling')
  })

  it('says what both networks read', () => {
    mlp.activations[2]!.set([0, 0, 0, 0, 0, 0, 0, 0.93, 0, 0.07])
    const words = en.panels.drawPad
    expect(readingSentences({ mlp, brain }, words)).toEqual([
      'Deep network: 7 (93\u00a0%)',
      'Brain: 7 (3 spikes)',
      'Both read a 7.',
    ])
    const silent = brainFrame({ neurons: 5 })
    silent.predicted = -1
    expect(readingSentences({ mlp, brain: silent }, words)).toEqual([
      'Deep network: 7 (93\u00a0%)',
      words.brainSilent,
    ])
    brain.counts[4] = 2
    expect(readingSentences({ mlp, brain }, words)[1]).toBe('Brain: 7 (3 of 5 spikes)')
  })
})

describe('numbers as people read them', () => {
  it('in English', () => {
    expect([
      count(12_345),
      percent(0.9344),
      significant(0),
      significant(1.234e-7),
      signed(2),
      signed(-0.5),
    ]).toEqual(['12,345', '93.4\u00a0%', '0', '1.23 × 10⁻⁷', '+2', '−0.5'])
    expect([energy(4.6e-7), energy(1.2e-5), compact(473_000), count(Number.NaN)]).toEqual([
      '460\u00a0nJ',
      '12\u00a0µJ',
      '473K',
      '–',
    ])
  })

  it('in Chinese', () => {
    language.value = 'zh'
    try {
      expect(percent(0.5, 0)).toBe('50%')
      expect(compact(473_000)).toBe('47.3万')
    } finally {
      language.value = 'en'
    }
  })
})

describe('dropped files are what their bytes say', () => {
  const file = (name: string, bytes: readonly number[] | string, type = '') =>
    new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name, { type })

  it('whatever they are called', async () => {
    const recording = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]
    const found = await sortFiles([
      file('picture.png', recording),
      file('labels', [0, 0, 8, 1, 0, 0, 0, 1, 5]),
      file('packed', [0x1f, 0x8b, 8]),
      file('scan.bin', [0x89, 0x50, 0x4e, 0x47]),
      file('letter.txt', 'Dear page,'),
    ])
    expect(Object.values(found).map(files => files.map(({ name }) => name))).toEqual([
      ['picture.png'],
      ['labels', 'packed'],
      ['scan.bin'],
      ['letter.txt'],
    ])
  })

  it('and by their names where the bytes say nothing, so that the right reader says what is wrong', async () => {
    expect(await kindOf(file('cut.mcap', ''))).toBe('recording')
    expect(await kindOf(file('t10k-images-idx3-ubyte', 'x'))).toBe('data')
    expect(await kindOf(file('drawing.svg', '<svg/>', 'image/svg+xml'))).toBe('picture')
  })
})
