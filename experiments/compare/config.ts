// What a comparison can be told: its options, their ranges and defaults, and the configuration they make.
import { resolve } from 'node:path'
import { z } from 'zod'

/** Above this many neurons a run takes long enough to be warned about. */
export const MANY_NEURONS = 1600
const MOST_NEURONS = 6400
const MOST_EPOCHS = 1000
/** Fewest training images: one of each class, in a set that is fair. */
export const FEWEST_TRAINING_IMAGES = 10
const LABEL_IMAGES = 10_000

const quickDefaults = { neurons: 100, train: 5000, test: 1000, epochs: 2, labelImages: 2000 }
const fullDefaults = { neurons: 400, epochs: 5 }
const DEFAULT_SEED = 1

const whole = (least: number, most: number) => z.number().int().min(least).max(most)

/** A comparison that can be run: every count settled against the data set. */
export const compareConfigSchema = z
  .strictObject({
    /** Seed of every random stream. */
    seed: whole(0, Number.MAX_SAFE_INTEGER),
    /** Excitatory neurons of the spiking network. */
    neurons: whole(1, MOST_NEURONS),
    /** Training images: the first so many of the set. */
    train: whole(FEWEST_TRAINING_IMAGES, Number.MAX_SAFE_INTEGER),
    /** Test images: the first so many of the set. */
    test: whole(1, Number.MAX_SAFE_INTEGER),
    /** Passes of the MLP over the training images; the spiking network makes one. */
    epochs: whole(1, MOST_EPOCHS),
    /** Training images whose labels the spiking network's read-out may use. */
    labelImages: whole(1, Number.MAX_SAFE_INTEGER),
    /** Whether the quick defaults were asked for. */
    quick: z.boolean(),
    /** Folder of the IDX files; null for MNIST. */
    data: z.string().nullable(),
    /** `wasm` is the best WebAssembly backend that runs; absent is the best of all. */
    backend: z.exactOptional(z.enum(['js', 'wasm'])),
  })
  .refine(config => config.labelImages <= config.train, {
    path: ['labelImages'],
    error: 'no more than the training images',
  })

export type CompareConfig = z.infer<typeof compareConfigSchema>

/** The command line's options as text, straight from the shell; absent where not given. */
export interface RawCompareOptions {
  readonly data?: string
  readonly seed?: string
  readonly neurons?: string
  readonly train?: string
  readonly test?: string
  readonly labels?: string
  readonly epochs?: string
  readonly backend?: string
  readonly out?: string
  readonly quick?: boolean
  readonly json?: boolean
  readonly record?: boolean
}

/** How many images a data set has. */
export interface DatasetCounts {
  readonly train: number
  readonly test: number
}

function range(least: number, most: number | null): string {
  if (most === null) return `a whole number from ${least}`
  if (most === Number.MAX_SAFE_INTEGER) return `a whole number from ${least} to 2^53 - 1`
  return `a whole number from ${least} to ${most}`
}

/** Settles one numeric option, or notes what is wrong with it. */
class OptionReader {
  readonly problems: string[] = []

  count(name: string, text: string | undefined, least: number, most: number | null): number | undefined {
    if (text === undefined) return undefined
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN
    const limit = most ?? Number.MAX_SAFE_INTEGER
    if (Number.isSafeInteger(value) && value >= least && value <= limit) return value
    this.problems.push(
      `--${name}: expected ${range(least, most)}, found ${text === '' ? 'nothing' : `"${text}"`}`,
    )
    return undefined
  }

  choice<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
    const found = choices.find(choice => choice === text)
    if (text !== undefined && found === undefined) {
      this.problems.push(
        `--${name}: expected ${choices.join(' or ')}, found ${text === '' ? 'nothing' : `"${text}"`}`,
      )
    }
    return found
  }

  path(name: string, text: string | undefined): string | undefined {
    if (text === '') this.problems.push(`--${name}: expected a folder, found nothing`)
    return text
  }
}

/**
 * Makes a configuration of the options given, the defaults and what the data set holds.
 * `counts` is null when the data set could not be read: whatever can be checked without it still is.
 * Returns the problems, all of them, when there are any.
 */
export function readCompareOptions(
  raw: RawCompareOptions,
  counts: DatasetCounts | null,
): { config: CompareConfig | null; problems: string[] } {
  const reader = new OptionReader()
  const quick = raw.quick === true
  const seed = reader.count('seed', raw.seed, 0, Number.MAX_SAFE_INTEGER)
  const neurons = reader.count('neurons', raw.neurons, 1, MOST_NEURONS)
  const epochs = reader.count('epochs', raw.epochs, 1, MOST_EPOCHS)
  const trainAsked = reader.count('train', raw.train, FEWEST_TRAINING_IMAGES, counts?.train ?? null)
  const testAsked = reader.count('test', raw.test, 1, counts?.test ?? null)
  const allTrain = counts?.train ?? null
  const train =
    trainAsked ?? (quick && allTrain !== null ? Math.min(quickDefaults.train, allTrain) : allTrain)
  const labels = reader.count('labels', raw.labels, 1, train)
  const backend = reader.choice('backend', raw.backend, ['js', 'wasm'])
  const data = reader.path('data', raw.data) ?? null
  reader.path('out', raw.out)
  if (reader.problems.length > 0 || counts === null || train === null) {
    return { config: null, problems: reader.problems }
  }
  const defaults = quick ? quickDefaults : fullDefaults
  const config: CompareConfig = {
    seed: seed ?? DEFAULT_SEED,
    neurons: neurons ?? defaults.neurons,
    train,
    test: testAsked ?? (quick ? Math.min(quickDefaults.test, counts.test) : counts.test),
    epochs: epochs ?? defaults.epochs,
    labelImages: labels ?? Math.min(quick ? quickDefaults.labelImages : LABEL_IMAGES, train),
    quick,
    data,
    ...(backend === undefined ? {} : { backend }),
  }
  return { config: compareConfigSchema.parse(config), problems: [] }
}

/** A word for the shell: quoted only when it must be. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The command that repeats a run exactly from any folder, every count spelt out. */
export function commandFor(config: CompareConfig): string {
  const words = ['spikegrad compare']
  if (config.quick) words.push('--quick')
  words.push(`--seed ${config.seed}`, `--neurons ${config.neurons}`, `--epochs ${config.epochs}`)
  words.push(`--train ${config.train}`, `--test ${config.test}`, `--labels ${config.labelImages}`)
  if (config.backend !== undefined) words.push(`--backend ${config.backend}`)
  if (config.data !== null) words.push(`--data ${shellWord(resolve(config.data))}`)
  return words.join(' ')
}
