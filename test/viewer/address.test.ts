// The page's address: any text gives a state, every state survives the way through its address, and clamps are told.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  initialConfig,
  type LearnerConfig,
  type Parameter,
  parameterNames,
  parameters,
} from '../../experiments/learners/parameters.ts'
import { palettes, panelNames, type Unit } from '../../viewer/stage/view.ts'
import {
  type Address,
  foreignSearch,
  LESSONS,
  MOST_EDGES,
  readAddress,
  type View,
  writeAddress,
} from '../../viewer/state/address.ts'
import { languages, paces, screens, speeds } from '../../viewer/state/store.ts'

const { address: initial } = readAddress('', '')

function anyOf(parameter: Parameter): fc.Arbitrary<unknown> {
  switch (parameter.type) {
    case 'number': {
      const { minimum: min, maximum: max } = parameter
      return parameter.integer
        ? fc.integer({ min, max })
        : fc.double({ min, max, noNaN: true }).map(value => value + 0)
    }
    case 'choice':
      return fc.constantFrom(...parameter.choices)
    case 'flag':
      return fc.boolean()
    case 'classes':
      return fc.stringMatching(/^[01]{10}$/).filter(classes => classes.includes('1'))
  }
}

const configs = fc.record(
  Object.fromEntries(parameterNames.map(name => [name, anyOf(parameters[name])])),
) as unknown as fc.Arbitrary<LearnerConfig>

const units: fc.Arbitrary<Unit | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('brain' as const), layer: fc.constant(0), unit: fc.nat(1599) }),
  fc.record({ kind: fc.constant('mlp' as const), layer: fc.integer({ min: 1, max: 3 }), unit: fc.nat(255) }),
)

const views: fc.Arbitrary<View> = fc.record({
  language: fc.constantFrom(...languages),
  theme: fc.constantFrom('system' as const, 'light' as const, 'dark' as const),
  motion: fc.constantFrom('system' as const, 'full' as const, 'reduced' as const),
  singleKeys: fc.boolean(),
  playing: fc.boolean(),
  speed: fc.constantFrom(...speeds),
  pace: fc.constantFrom(...paces),
  palette: fc.constantFrom(...palettes),
  edges: fc.integer({ min: 0, max: MOST_EDGES }),
  focus: units,
  hidden: fc.subarray([...panelNames]).map(names => new Set(names)),
  embedded: fc.boolean(),
})

/** Keys of a page of another time: none of ours. */
const foreignKeys = fc.string({ minLength: 1 }).map(key => `x-${key}`)

const addresses: fc.Arbitrary<Address> = fc
  .record({
    screen: fc.constantFrom(...screens),
    lesson: fc.integer({ min: 1, max: LESSONS }),
    view: views,
    config: configs,
    unknown: fc.uniqueArray(fc.tuple(foreignKeys, fc.string()), { selector: ([key]) => key, maxLength: 4 }),
  })
  .map(address => (address.screen === 'lesson' ? address : { ...address, lesson: 1 }))

/** What of a state is outside its limits, by name. */
function outside({ screen, lesson, view, config }: Address): string[] {
  const between = (value: unknown, low: number, high: number) =>
    typeof value === 'number' && value >= low && value <= high
  const whole = (value: unknown, low: number, high: number) =>
    between(value, low, high) && Number.isInteger(value)
  const fits = (parameter: Parameter, value: unknown): boolean => {
    switch (parameter.type) {
      case 'number':
        return (parameter.integer ? whole : between)(value, parameter.minimum, parameter.maximum)
      case 'choice':
        return parameter.choices.some(choice => choice === value)
      case 'flag':
        return typeof value === 'boolean'
      case 'classes':
        return typeof value === 'string' && /^(?=.*1)[01]{10}$/.test(value)
    }
  }
  return [
    ...(screens.includes(screen) ? [] : ['screen']),
    ...(whole(lesson, 1, LESSONS) ? [] : ['lesson']),
    ...(speeds.some(speed => speed === view.speed) ? [] : ['speed']),
    ...(whole(view.edges, 0, MOST_EDGES) ? [] : ['edges']),
    ...parameterNames.filter(name => !fits(parameters[name], config[name])),
  ]
}

/** Lone surrogates and control characters included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map(codes => String.fromCharCode(...codes))

describe('an address', () => {
  it('of any text gives a state within its limits', () => {
    fc.assert(
      fc.property(anyText, anyText, (search, hash) => {
        expect(outside(readAddress(search, hash).address)).toEqual([])
      }),
    )
  })

  it('of known keys with any values gives a state within its limits', () => {
    const keys = [...parameterNames, 'lang', 'theme', 'speed', 'pace', 'edges', 'focus', 'hide', 'embed']
    const values = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.bigInt().map(String),
      fc.constantFrom('1e999', '-1e999', 'NaN', 'Infinity', '0x10', '', ' 1', '1,2', 'full', '__proto__'),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...screens, '', 'nowhere', '__proto__'),
        fc.array(fc.tuple(fc.constantFrom(...keys), values)),
        (screen, pairs) => {
          const { address } = readAddress('', `#/${screen}?${new URLSearchParams(pairs)}`)
          expect(outside(address)).toEqual([])
          // What was read once is said without correction from then on.
          expect(readAddress('', writeAddress(address)).corrections).toEqual([])
        },
      ),
    )
  })

  it('keeps every state, and what it does not know', () => {
    fc.assert(
      fc.property(addresses, address => {
        const read = readAddress('', writeAddress(address))
        expect(read.corrections).toEqual([])
        expect(read.address).toEqual(address)
      }),
    )
  })

  it('holds only what differs from the defaults', () => {
    expect(writeAddress(initial)).toBe('#/stage')
    expect(writeAddress({ ...initial, screen: 'lesson', lesson: 3 })).toBe('#/lesson/3')
    const config = { ...initialConfig, neurons: 100 }
    const view: View = { ...initial.view, speed: 0.25, hidden: new Set(['mlpTime', 'brainTime']) }
    expect(writeAddress({ ...initial, screen: 'lab', config, view })).toBe(
      '#/lab?speed=0.25&hide=mlpTime,brainTime&neurons=100',
    )
  })

  it('says what it corrected', () => {
    const { address, corrections } = readAddress(
      '',
      '#/lesson/99?neurons=1e9&optimiser=magic&edges=-3&seed=2.6',
    )
    expect(address.lesson).toBe(LESSONS)
    expect(address.config).toEqual({ ...initialConfig, neurons: parameters.neurons.maximum, seed: 3 })
    expect(corrections).toEqual([
      { key: 'lesson', asked: '99', used: '8', problem: 'clamped' },
      { key: 'neurons', asked: '1e9', used: '1600', problem: 'clamped' },
      { key: 'optimiser', asked: 'magic', used: 'adam', problem: 'refused' },
      { key: 'edges', asked: '-3', used: '0', problem: 'clamped' },
      { key: 'seed', asked: '2.6', used: '3', problem: 'clamped' },
    ])
  })

  it('is read from the search too, where the hash wins and foreign keys stay', () => {
    const { address, given } = readAddress('?embed=1&neurons=50&measure=1', '#/stage?neurons=60')
    expect(address.view.embedded).toBe(true)
    expect(address.config.neurons).toBe(60)
    expect(address.unknown).toEqual([])
    expect([...given]).toEqual(['embed', 'neurons'])
    expect(foreignSearch('?embed=1&neurons=50&measure=1')).toBe('?measure=1')
  })

  it('of an earlier time opens as it did', () => {
    const { address, corrections } = readAddress(
      '',
      '#/lab?neurons=100&inhibition=0&classes=1111100000&speed=full',
    )
    expect(corrections).toEqual([])
    expect(address.config).toEqual({ ...initialConfig, neurons: 100, inhibition: 0, classes: '1111100000' })
    expect(readAddress('', '').address.screen).toBe('stage')
    expect(readAddress('', '#stage').address.screen).toBe('stage')
  })
})
