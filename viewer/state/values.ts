// How one value of the page's state is written in an address, and read from one that may say anything.
import type { Parameter } from '../../experiments/learners/parameters.ts'
import { type PanelName, palettes, panelNames, type Unit } from '../stage/view.ts'

/** A value read from text: `asked` is what the text said where that could not be taken as it is. */
export interface Read<Value> {
  readonly value: Value
  readonly problem?: 'clamped' | 'refused'
}

export interface Codec<Value> {
  readonly initial: Value
  read(text: string): Read<Value>
  write(value: Value): string
}

const same = (value: string): string => value

/** One of some words. */
export function choiceCodec<Choice extends string>(
  initial: Choice,
  choices: readonly Choice[],
): Codec<Choice> {
  return {
    initial,
    read: text => {
      const value = choices.find(choice => choice === text)
      return value === undefined ? { value: initial, problem: 'refused' } : { value }
    },
    write: same,
  }
}

export function flagCodec(initial: boolean): Codec<boolean> {
  return {
    initial,
    read: text => {
      if (text === '1' || text === 'true') return { value: true }
      if (text === '0' || text === 'false') return { value: false }
      return { value: initial, problem: 'refused' }
    },
    write: value => (value ? '1' : '0'),
  }
}

/** A number between bounds, both included. */
export function numberCodec(
  initial: number,
  minimum: number,
  maximum: number,
  integer: boolean,
): Codec<number> {
  return {
    initial,
    read: text => {
      const asked = parseNumber(text)
      if (Number.isNaN(asked)) return { value: initial, problem: 'refused' }
      const clamped = Math.min(Math.max(asked, minimum), maximum)
      const value = integer ? Math.round(clamped) : clamped
      return value === asked ? { value } : { value, problem: 'clamped' }
    },
    write: String,
  }
}

/** The nearest of some numbers; `full` stands for Infinity. */
export function stopsCodec(initial: number, stops: readonly number[]): Codec<number> {
  return {
    initial,
    read: text => {
      const asked = text === 'full' ? Number.POSITIVE_INFINITY : parseNumber(text)
      if (Number.isNaN(asked)) return { value: initial, problem: 'refused' }
      const value = nearest(asked, stops)
      return value === asked ? { value } : { value, problem: 'clamped' }
    },
    write: value => (value === Number.POSITIVE_INFINITY ? 'full' : String(value)),
  }
}

function nearest(asked: number, stops: readonly number[]): number {
  if (stops.includes(asked)) return asked
  const finite = stops.filter(Number.isFinite)
  return finite.reduce((best, stop) => (Math.abs(stop - asked) < Math.abs(best - asked) ? stop : best))
}

/** Ten characters 0 or 1, at least one of them 1. */
function classesCodec(initial: string): Codec<string> {
  return {
    initial,
    read: text =>
      /^[01]{10}$/.test(text) && text.includes('1')
        ? { value: text }
        : { value: initial, problem: 'refused' },
    write: same,
  }
}

/** Names of panels, with commas between. */
export const panelsCodec: Codec<ReadonlySet<PanelName>> = {
  initial: new Set(),
  read: text => {
    const asked = text.split(',').filter(name => name !== '')
    const known = panelNames.filter(name => asked.includes(name))
    const value = new Set(known)
    return asked.every(name => known.some(panel => panel === name))
      ? { value }
      : { value, problem: value.size === 0 ? 'refused' : 'clamped' }
  },
  write: panels => panelNames.filter(name => panels.has(name)).join(','),
}

/** A unit as mlp.1.5 or brain.0.17, or nothing. Whether the network is that large is seen when it is there. */
export const unitCodec: Codec<Unit | null> = {
  initial: null,
  read: text => {
    const parts = /^(?:mlp\.([1-3])|brain\.(0))\.(\d{1,4})$/.exec(text)
    if (parts === null) return { value: null, problem: 'refused' }
    const kind = parts[1] === undefined ? 'brain' : 'mlp'
    return { value: { kind, layer: Number(parts[1] ?? parts[2]), unit: Number(parts[3]) } }
  },
  write: unit => (unit === null ? '' : `${unit.kind}.${unit.layer}.${unit.unit}`),
}

export const paletteCodec = choiceCodec('cividis', palettes)

/** The codec of a parameter of the learners, from its row in their table. */
export function parameterCodec(parameter: Parameter): Codec<number | string | boolean> {
  switch (parameter.type) {
    case 'number': {
      const { initial, minimum, maximum, integer } = parameter
      return numberCodec(initial, minimum, maximum, integer) as Codec<number | string | boolean>
    }
    case 'choice':
      return choiceCodec(parameter.initial, parameter.choices) as Codec<number | string | boolean>
    case 'flag':
      return flagCodec(parameter.initial) as Codec<number | string | boolean>
    case 'classes':
      return classesCodec(parameter.initial) as Codec<number | string | boolean>
  }
}

/** A plain decimal number; NaN for any other text. Infinite ones are numbers too far out. */
function parseNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
}
