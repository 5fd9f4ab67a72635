// result.json: the schema takes what a run makes, whole or partial, and nothing else.
import { describe, expect, it } from 'vitest'
import { terminalTable } from '../../experiments/cli/terminalTable.ts'
import { compareResultSchema, makeResult } from '../../experiments/compare/result.ts'
import { allEnds, completeResult, controlsOutcome, mlpOutcome, record, snnOutcome } from './synthetic.ts'

/** As it is read back from the file. */
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('makeResult', () => {
  it('records a whole run', () => {
    const result = completeResult()
    expect(compareResultSchema.parse(throughJson(result))).toEqual(result)
    expect(result).toMatchObject({
      schema: 'spikegrad-result/1',
      experiment: 'compare',
      status: 'complete',
      seed: 1,
      backend: 'wasm-simd',
      messages: [],
      models: {
        mlp: { testAccuracy: 0.9731, epochs: 2, parameters: 55_050, effectiveMacsPerImage: 11_111 },
        snn: { testAccuracy: 0.8712, testAccuracyLogLikelihood: 0.8909, presentations: 43, neurons: 9 },
      },
      controls: { untrainedSnn: 0.198, nearestClassMean: 0.8203 },
    })
  })

  it('marks a stopped run and keeps what it has', () => {
    const ends = { ...allEnds(), snn: { outcome: snnOutcome('stopped') } }
    const result = makeResult(ends, record())
    expect(compareResultSchema.safeParse(throughJson(result)).success).toBe(true)
    expect([result.status, result.models.mlp.status, result.models.snn.status]).toEqual([
      'stopped',
      'complete',
      'stopped',
    ])
    expect(result.models.snn.testAccuracy).toBeNull()
  })

  it('keeps one network when the other threw or never ran', () => {
    for (const snn of [{ error: 'out of memory' }, undefined]) {
      const { mlp, controls } = allEnds()
      const ends = { mlp: mlp!, controls: controls!, ...(snn === undefined ? {} : { snn }) }
      const result = makeResult(ends, record())
      expect(compareResultSchema.safeParse(throughJson(result)).success).toBe(true)
      expect(result.status).toBe('failed')
      expect(result.models.mlp.testAccuracy).toBe(0.9731)
      expect(result.messages[0]).toMatch(/^spiking network: (out of memory|did not run)$/)
    }
  })

  it('passes on the message of a loss that stopped being finite', () => {
    const mlp = { outcome: { ...mlpOutcome('failed'), message: 'the loss stopped being finite at step 12' } }
    const result = makeResult({ ...allEnds(), mlp }, record())
    expect(result.status).toBe('failed')
    expect(result.messages).toEqual(['MLP: the loss stopped being finite at step 12'])
  })

  it('writes null for what is not a finite number', () => {
    const snn = {
      outcome: {
        ...snnOutcome('stopped'),
        secondsPerPresentation: Number.NaN,
        curve: [{ images: 0, accuracy: Number.NaN }],
      },
    }
    const mlp = { outcome: { ...mlpOutcome('stopped'), effectiveMacsPerImage: Number.POSITIVE_INFINITY } }
    const result = makeResult({ mlp, snn, controls: { outcome: controlsOutcome('stopped') } }, record())
    expect(result.models.snn.secondsPerPresentation).toBeNull()
    expect(result.models.mlp.effectiveMacsPerImage).toBeNull()
    expect(compareResultSchema.safeParse(throughJson(result)).success).toBe(true)
  })
})

describe('compareResultSchema', () => {
  const changes: [string, (result: ReturnType<typeof completeResult>) => void][] = [
    ['another schema', result => Object.assign(result, { schema: 'spikegrad-result/2' })],
    ['an accuracy in per cent', result => Object.assign(result.models.mlp, { testAccuracy: 97.3 })],
    ['an accuracy left out', result => Object.assign(result.models.snn, { testAccuracy: undefined })],
    ['an unknown backend', result => Object.assign(result, { backend: 'webgpu' })],
    ['a hash that is none', result => Object.assign(result.dataset, { sha256: 'abc' })],
    ['a seed that is no whole number', result => Object.assign(result, { seed: 0.5 })],
    ['a matrix of nine rows', result => result.models.mlp.confusion!.pop()],
    ['more labels than images', result => Object.assign(result.config, { labelImages: 41 })],
    ['an unknown setting', result => Object.assign(result.config, { colour: 'red' })],
  ]
  it.each(changes)('rejects %s', (_, change) => {
    const result = structuredClone(completeResult())
    change(result)
    expect(compareResultSchema.safeParse(throughJson(result)).success).toBe(false)
  })
})

describe('terminalTable', () => {
  it('shows the figures, the labels, the controls and the caution, in 90 columns', () => {
    const text = terminalTable(completeResult())
    for (const part of [
      '97.3 %',
      '87.1 %',
      '89.1 %',
      '40, each 2 times',
      '40 × 2 passes',
      '40 × 1 pass',
      '11,111 MACs',
      '222,222 ACs',
      '19.8 %',
      '82.0 %',
      'one seed (1), n = 20 test images',
    ]) {
      expect(text).toContain(part)
    }
    const table = text.split('\n').filter(line => /^[│┌├└]/.test(line))
    expect(table.length).toBeGreaterThan(10)
    expect(Math.max(...table.map(line => line.length))).toBeLessThanOrEqual(90)
  })

  const rowOf = (text: string, label: string) =>
    text
      .split('\n')
      .find(line => line.includes(label))
      ?.split('│')
      .slice(2, 4)
      .map(cell => cell.trim())

  it.each([
    ['in the first pass', { epochs: 0 }, [30], 'at least 30', 'at least 30'],
    ['in the second pass', { epochs: 1 }, [30, 60], '40, each 1 time or more', 'at least 60'],
    ['before anything was counted', { epochs: 0 }, [], '–', '–'],
    ['in its test', { epochs: 2 }, [30, 60], '40, each 2 times', '40 × 2 passes'],
  ])('counts what an MLP that stopped %s had seen', (_, changes, counted, labels, images) => {
    const curve = counted.map(images => ({ images, accuracy: 0.5 }))
    const mlp = { outcome: { ...mlpOutcome('stopped'), ...changes, curve } }
    const text = terminalTable(makeResult({ ...allEnds(), mlp }, record()))
    expect(rowOf(text, 'Labels used to learn')).toEqual([labels, 'none'])
    expect(rowOf(text, 'Images learned from')).toEqual([images, '40 × 1 pass'])
  })

  it.each([
    [[20], 'at least 20'],
    [[], '–'],
  ])('counts what a spiking network that stopped had seen: %o', (counted, images) => {
    const curve = counted.map(images => ({ images, accuracy: 0.5 }))
    const snn = { outcome: { ...snnOutcome('stopped'), presentations: 25, curve } }
    const text = terminalTable(makeResult({ ...allEnds(), snn }, record()))
    expect(rowOf(text, 'Images learned from')).toEqual(['40 × 2 passes', images])
    expect(rowOf(text, 'Presentations, repeats included')).toEqual(['does not apply', '25'])
    expect(rowOf(text, 'Labels used to read out')).toEqual(['none more', '–'])
  })

  it('says that a run is partial', () => {
    const ends = { ...allEnds(), snn: { outcome: snnOutcome('stopped') } }
    expect(terminalTable(makeResult(ends, record()))).toContain('This run is partial.')
  })
})
