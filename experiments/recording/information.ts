// What a recording says of itself: the run's whole configuration, its data, what it ran on. Checked when read.
import { brainFields } from '../learners/brainFrame.ts'
import type { FrameKind } from '../learners/frame.ts'
import { mlpFields } from '../learners/mlpFrame.ts'
import {
  initialConfig,
  type LearnerConfig,
  type ParameterName,
  parameterNames,
  parameters,
} from '../learners/parameters.ts'
import { RecordingError } from './errors.ts'
import { MOST_FIELDS } from './fields.ts'
import { FORMAT_VERSION } from './format.ts'

export interface RecordedData {
  /** "MNIST", say. */
  readonly name: string
  readonly trainingImages: number
  readonly testImages: number
  /** SHA-256, hexadecimal, of the images and labels; '' when nobody made it. */
  readonly sha256: string
}

export interface RecordingInformation {
  /** Of the run when the recording began. */
  readonly config: LearnerConfig
  readonly data: RecordedData
  /** What made it: the page, the command line, or the script that makes the bundled ones. */
  readonly origin: 'page' | 'command' | 'script'
  /** The backend that the networks ran on, and spikegrad's version; '' when not known. */
  readonly backend: string
  readonly spikegrad: string
  /** When it began, as ISO 8601 says it; '' when that is of no interest. */
  readonly recordedAt: string
}

/** Names of the fields of each kind of frame, in the order of its messages. */
export type FieldNames = Readonly<Record<FrameKind, readonly string[]>>

/** The metadata record: texts by name. */
export function informationToText(information: RecordingInformation): Map<string, string> {
  const { config, data, ...others } = information
  return new Map(
    Object.entries({
      ...others,
      version: String(FORMAT_VERSION),
      config: JSON.stringify(config),
      seed: String(config.seed),
      data: JSON.stringify(data),
      mlpFields: mlpFields.join(' '),
      brainFields: brainFields.join(' '),
    }),
  )
}

/**
 * Reads the metadata record.
 * @throws RecordingError for a newer version or a configuration that no run can have.
 */
export function informationFromText(text: ReadonlyMap<string, string>): {
  information: RecordingInformation
  fields: FieldNames
} {
  const version = Number(text.get('version') ?? Number.NaN)
  if (!Number.isInteger(version) || version < 1)
    throw new RecordingError('notARecording', 'it has no version')
  if (version > FORMAT_VERSION) {
    throw new RecordingError('newerVersion', `expected version ${FORMAT_VERSION} or less, found ${version}`)
  }
  const origin = text.get('origin')
  return {
    information: {
      config: readConfig(parse(text.get('config'))),
      data: readData(parse(text.get('data'))),
      origin: origin === 'page' || origin === 'script' ? origin : 'command',
      backend: text.get('backend') ?? '',
      spikegrad: text.get('spikegrad') ?? '',
      recordedAt: text.get('recordedAt') ?? '',
    },
    fields: { mlp: readNames(text.get('mlpFields')), brain: readNames(text.get('brainFields')) },
  }
}

function readNames(text = ''): readonly string[] {
  const names = text.split(' ')
  if (names.length > MOST_FIELDS) throw new RecordingError('badConfiguration', 'it has too many fields')
  return names
}

function parse(text = ''): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below, with what else is no object.
  }
  throw new RecordingError('badConfiguration', 'its configuration cannot be read')
}

/**
 * A configuration from JSON: every value in the bounds of `parameters`; names that are missing have their initial values, names
 * that are not known are left out.
 * @throws RecordingError naming the value that is out of bounds.
 */
export function readConfig(values: Readonly<Record<string, unknown>>): LearnerConfig {
  const config: Record<string, unknown> = { ...initialConfig }
  for (const name of parameterNames) {
    if (!Object.hasOwn(values, name)) continue
    if (!isAllowed(name, values[name])) {
      const shown = String(JSON.stringify(values[name])).slice(0, 40)
      throw new RecordingError('badConfiguration', `${name} cannot be ${shown}`)
    }
    config[name] = values[name]
  }
  return config as LearnerConfig
}

function isAllowed(name: ParameterName, value: unknown): boolean {
  const parameter = parameters[name]
  if (parameter.type === 'flag') return typeof value === 'boolean'
  if (parameter.type === 'choice') return parameter.choices.some(choice => choice === value)
  if (parameter.type === 'classes') return typeof value === 'string' && /^(?=0*1)[01]{10}$/.test(value)
  if (typeof value !== 'number' || !(value >= parameter.minimum && value <= parameter.maximum)) return false
  return !parameter.integer || Number.isInteger(value)
}

function readData({
  name,
  trainingImages,
  testImages,
  sha256,
}: Readonly<Record<string, unknown>>): RecordedData {
  const count = (value: unknown) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0)
  return {
    name: typeof name === 'string' ? name.slice(0, 200) : '',
    trainingImages: count(trainingImages),
    testImages: count(testImages),
    sha256: typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : '',
  }
}
