// The page's address: what of the state differs from the defaults, written as #/screen?key=value, and read from any text.
import {
  type LearnerConfig,
  type ParameterName,
  parameterNames,
  parameters,
} from '../../experiments/learners/parameters.ts'
import type { Palette, PanelName, Theme, Unit } from '../stage/view.ts'
import { type Language, languages, type Pace, paces, type Screen, screens, speeds } from './store.ts'
import {
  type Codec,
  choiceCodec,
  flagCodec,
  numberCodec,
  paletteCodec,
  panelsCodec,
  parameterCodec,
  stopsCodec,
  unitCodec,
} from './values.ts'

/** How many lessons there are, and most synapses that can be drawn between two layers. */
export const LESSONS = 8
export const MOST_EDGES = 1500

/** What of the page a link can say. */
export interface View {
  readonly language: Language
  readonly theme: Theme | 'system'
  readonly motion: 'reduced' | 'full' | 'system'
  readonly singleKeys: boolean
  readonly playing: boolean
  readonly speed: number
  readonly pace: Pace
  readonly palette: Palette
  readonly edges: number
  readonly focus: Unit | null
  readonly hidden: ReadonlySet<PanelName>
  readonly embedded: boolean
}

export interface Address {
  readonly screen: Screen
  /** 1 to LESSONS. */
  readonly lesson: number
  readonly view: View
  readonly config: LearnerConfig
  /** What the hash had beside, as it was: kept for whoever knows it. */
  readonly unknown: readonly (readonly [key: string, value: string])[]
}

/** A value that a text asked for and did not get. */
export interface Correction {
  readonly key: string
  readonly asked: string
  /** What is used instead, as it would be written. */
  readonly used: string
  readonly problem: 'clamped' | 'refused'
}

type Codecs<Values> = { readonly [Key in keyof Values]: Codec<Values[Key]> }

const viewCodecs: Codecs<View> = {
  language: choiceCodec('en', languages),
  theme: choiceCodec('system', ['system', 'light', 'dark']),
  motion: choiceCodec('system', ['system', 'full', 'reduced']),
  singleKeys: flagCodec(true),
  playing: flagCodec(true),
  speed: stopsCodec(Number.POSITIVE_INFINITY, speeds),
  pace: choiceCodec('own', paces),
  palette: paletteCodec,
  edges: numberCodec(400, 0, MOST_EDGES, true),
  focus: unitCodec,
  hidden: panelsCodec,
  embedded: flagCodec(false),
}

/** The keys of the view, shorter than its names. They never change: old links keep opening. */
const viewKeys = {
  language: 'lang',
  theme: 'theme',
  motion: 'motion',
  singleKeys: 'keys',
  playing: 'play',
  speed: 'speed',
  pace: 'pace',
  palette: 'palette',
  edges: 'edges',
  focus: 'focus',
  hidden: 'hide',
  embedded: 'embed',
} as const satisfies Record<keyof View, string>

const configCodecs = Object.fromEntries(
  parameterNames.map(name => [name, parameterCodec(parameters[name])]),
) as Record<ParameterName, Codec<number | string | boolean>>

interface Entry {
  readonly key: string
  readonly name: string
  readonly part: 'view' | 'config'
  readonly codec: Codec<unknown>
}

const entries: readonly Entry[] = [
  ...(Object.keys(viewKeys) as (keyof View)[]).map(name => ({
    ...{ key: viewKeys[name], name, part: 'view' as const },
    codec: viewCodecs[name] as Codec<unknown>,
  })),
  ...parameterNames.map(name => ({
    ...{ key: name, name, part: 'config' as const },
    codec: configCodecs[name] as Codec<unknown>,
  })),
]
const entryOf = new Map(entries.map(entry => [entry.key, entry]))

/** Longest text of an address that is read; what follows is cut off. */
const LONGEST = 8192

/**
 * Reads an address. Any text gives a state: what it says wrongly is clamped or left out, and told.
 * @param search the part after `?`, of the page's own address; the hash wins where both have a key.
 */
export function readAddress(
  search: string,
  hash: string,
): {
  readonly address: Address
  readonly corrections: readonly Correction[]
  readonly given: ReadonlySet<string>
} {
  const { path, query } = splitHash(hash.slice(0, LONGEST))
  const ofHash = new URLSearchParams(query)
  const { screen, lesson, corrections } = readPath(path)
  const parts = { view: initialOf('view'), config: initialOf('config') }
  const unknown = [...new Map(ofHash)].filter(([key]) => !entryOf.has(key))
  const given = new Set<string>()
  for (const [key, text] of new Map([...new URLSearchParams(search.slice(0, LONGEST)), ...ofHash])) {
    const entry = entryOf.get(key)
    if (entry === undefined) continue
    const { value, problem } = entry.codec.read(text)
    parts[entry.part][entry.name] = value
    given.add(key)
    if (problem !== undefined)
      corrections.push({ key, asked: text.slice(0, 40), used: entry.codec.write(value), problem })
  }
  const address = { screen, lesson, ...parts, unknown } as unknown as Address
  return { address, corrections, given }
}

/** Writes an address as a hash: the screen, and whatever differs from the defaults. */
export function writeAddress({ screen, lesson, unknown, ...parts }: Address): string {
  const query = new URLSearchParams()
  for (const { key, name, part, codec } of entries) {
    const text = codec.write((parts[part] as unknown as Record<string, unknown>)[name])
    if (text !== codec.write(codec.initial)) query.set(key, text)
  }
  for (const [key, value] of unknown) if (!entryOf.has(key)) query.set(key, value)
  // A comma needs no escape here, and reads better without.
  const text = query.toString().replaceAll('%2C', ',')
  const path = screen === 'lesson' ? `#/lesson/${lesson}` : `#/${screen}`
  return text === '' ? path : `${path}?${text}`
}

/** What of a search is not the page's own: it stays there, while the rest is written in the hash. */
export function foreignSearch(search: string): string {
  const query = new URLSearchParams(search)
  for (const { key } of entries) query.delete(key)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

function initialOf(part: Entry['part']): Record<string, unknown> {
  return Object.fromEntries(
    entries.filter(entry => entry.part === part).map(({ name, codec }) => [name, codec.initial]),
  )
}

function splitHash(hash: string): { readonly path: string; readonly query: string } {
  const text = hash.replace(/^#/, '')
  const at = text.indexOf('?')
  return at < 0 ? { path: text, query: '' } : { path: text.slice(0, at), query: text.slice(at + 1) }
}

function readPath(path: string): { screen: Screen; lesson: number; corrections: Correction[] } {
  const [, name = '', number] = /^\/?([^/]*)(?:\/(.*))?$/s.exec(path) ?? []
  const screen = screens.find(known => known === name)
  if (screen === undefined) {
    const corrections: Correction[] =
      name === '' ? [] : [{ key: 'screen', asked: name.slice(0, 40), used: 'stage', problem: 'refused' }]
    return { screen: 'stage', lesson: 1, corrections }
  }
  if (screen !== 'lesson' || number === undefined) return { screen, lesson: 1, corrections: [] }
  const { value, problem } = numberCodec(1, 1, LESSONS, true).read(number)
  const corrections: Correction[] =
    problem === undefined ? [] : [{ key: 'lesson', asked: number.slice(0, 40), used: String(value), problem }]
  return { screen, lesson: value, corrections }
}
