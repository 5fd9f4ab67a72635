// The comparison's options: defaults, ranges, and every mistake named at once.
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandFor, type RawCompareOptions, readCompareOptions } from '../../experiments/compare/config.ts'

const mnist = { train: 60_000, test: 10_000 }

describe('readCompareOptions', () => {
  it('fills in the published experiment', () => {
    expect(readCompareOptions({}, mnist).config).toEqual({
      seed: 1,
      neurons: 400,
      train: 60_000,
      test: 10_000,
      epochs: 5,
      labelImages: 10_000,
      quick: false,
      data: null,
    })
  })

  it('makes a quick run small, and lets explicit options win', () => {
    expect(readCompareOptions({ quick: true, neurons: '50' }, mnist).config).toMatchObject({
      neurons: 50,
      train: 5000,
      test: 1000,
      epochs: 2,
      labelImages: 2000,
      quick: true,
    })
  })

  it('never asks for more than the set has', () => {
    const config = readCompareOptions({ quick: true }, { train: 300, test: 30 }).config
    expect(config).toMatchObject({ train: 300, test: 30, labelImages: 300 })
    expect(readCompareOptions({ train: '2000' }, mnist).config).toMatchObject({ labelImages: 2000 })
  })

  it('takes every number at the ends of its range', () => {
    const least = { seed: '0', neurons: '1', train: '10', test: '1', labels: '1', epochs: '1' }
    expect(readCompareOptions(least, mnist).problems).toEqual([])
    const most = { seed: '9007199254740991', neurons: '6400', train: '60000', test: '10000', epochs: '1000' }
    expect(readCompareOptions(most, mnist).problems).toEqual([])
  })

  const wrong: [keyof RawCompareOptions, string, RegExp][] = [
    ['seed', '-1', /^--seed: expected a whole number from 0 to 2\^53 - 1, found "-1"$/],
    ['seed', '9007199254740992', /--seed/],
    ['seed', '1.5', /--seed.*"1\.5"/],
    ['neurons', '0', /--neurons: expected a whole number from 1 to 6400, found "0"/],
    ['neurons', '6401', /--neurons/],
    ['neurons', 'many', /--neurons.*"many"/],
    ['neurons', '1e3', /--neurons/],
    ['neurons', '', /--neurons.*found nothing/],
    ['train', '9', /--train: expected a whole number from 10 to 60000, found "9"/],
    ['train', '60001', /--train/],
    ['test', '10001', /--test: expected a whole number from 1 to 10000/],
    ['labels', '60001', /--labels: expected a whole number from 1 to 60000/],
    ['epochs', '1001', /--epochs: expected a whole number from 1 to 1000/],
    ['backend', 'gpu', /--backend: expected js or wasm, found "gpu"/],
    ['data', '', /--data: expected a folder, found nothing/],
    ['out', '', /--out: expected a folder, found nothing/],
  ]
  it.each(wrong)('refuses --%s "%s"', (name, value, message) => {
    const { config, problems } = readCompareOptions({ [name]: value }, mnist)
    expect(config).toBeNull()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(message)
  })

  it('names every mistake at once, even without a data set', () => {
    const raw = { seed: 'x', neurons: '0', train: '3', epochs: '0', backend: 'tpu' }
    expect(readCompareOptions(raw, null).problems).toHaveLength(5)
  })
})

describe('commandFor', () => {
  it('spells out what repeats a run, quoted for the shell', () => {
    const { config } = readCompareOptions({ data: "/my 'set'", backend: 'js', seed: '7' }, mnist)
    expect(commandFor(config!)).toBe(
      'spikegrad compare --seed 7 --neurons 400 --epochs 5 --train 60000 --test 10000 --labels 10000 ' +
        "--backend js --data '/my '\\''set'\\'''",
    )
  })

  it('names the folder of the data so that it is found from anywhere', () => {
    const { config } = readCompareOptions({ data: 'sets/fashion' }, mnist)
    expect(commandFor(config!)).toMatch(/ --data .*sets.fashion/)
    expect(commandFor(config!).split(' --data ')[1]).toBe(resolve('sets/fashion'))
  })

  it.each([{ quick: true }, { quick: true, neurons: '50', labels: '7' }, { backend: 'wasm', train: '500' }])(
    'gives the same configuration when it is read again: %o',
    raw => {
      const { config } = readCompareOptions(raw, mnist)
      const words = commandFor(config!).split(' ').slice(2)
      const quick = words[0] === '--quick'
      const pairs = words
        .slice(quick ? 1 : 0)
        .join(' ')
        .split('--')
        .filter(Boolean)
      const options = Object.fromEntries(pairs.map(pair => pair.trim().split(' ')))
      expect(readCompareOptions({ ...options, quick }, mnist).config).toEqual(config)
    },
  )
})
