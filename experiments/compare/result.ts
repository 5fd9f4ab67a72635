// The record of a comparison, result.json: its schema, and how it is made of what the tasks handed back.
import { z } from 'zod'
import { environmentSchema } from '../run/environment.ts'
import { type CompareConfig, commandFor, compareConfigSchema } from './config.ts'
import type { CurvePoint, TaskStatus } from './outcome.ts'
import type { TaskEnds } from './workers.ts'

export const RESULT_SCHEMA = 'spikegrad-result/1'

const backendName = z.enum(['js', 'wasm-simd', 'wasm-relaxed-simd'])
const status = z.enum(['complete', 'stopped', 'failed'])
const accuracy = z.number().min(0).max(1).nullable()
const amount = z.number().nonnegative().nullable()
const count = z.number().int().nonnegative()
const confusion = z.array(z.array(count).length(10)).length(10).nullable()
const curve = z.array(z.object({ images: count, accuracy: z.number().min(0).max(1) }))

/** Fields that a reader may count on; null is "not measured", because the run stopped or failed before. */
export const compareResultSchema = z.object({
  schema: z.literal(RESULT_SCHEMA),
  experiment: z.literal('compare'),
  /** `stopped`: interrupted, so the figures are of a part of the run. `failed`: see messages. */
  status,
  /** What went wrong, in words. */
  messages: z.array(z.string()),
  /** The command that repeats the run. */
  command: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  config: compareConfigSchema,
  seed: count,
  /** What the kernels ran on. */
  backend: backendName,
  environment: environmentSchema,
  /** `sha256` is of the four IDX files, uncompressed, one after another; the counts are those used. */
  dataset: z.object({
    name: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    train: count,
    test: count,
  }),
  models: z.object({
    mlp: z.object({
      status,
      testAccuracy: accuracy,
      trainSeconds: amount,
      epochs: count,
      parameters: amount,
      effectiveMacsPerImage: amount,
      /** Resident bytes of the whole process after each epoch. */
      memoryAfterEpoch: z.array(count),
      curve,
      /** Counts [true class][predicted class]. */
      confusion,
    }),
    snn: z.object({
      status,
      testAccuracy: accuracy,
      testAccuracyLogLikelihood: accuracy,
      trainSeconds: amount,
      presentations: count,
      secondsPerPresentation: amount,
      neurons: count,
      parameters: amount,
      labelImages: count,
      spikesPerImage: amount,
      effectiveAcsPerImage: amount,
      curve,
      confusion,
      confusionLogLikelihood: confusion,
    }),
  }),
  controls: z.object({ status, untrainedSnn: accuracy, nearestClassMean: accuracy }),
})

export type CompareResult = z.infer<typeof compareResultSchema>

/** What is known of a run besides its tasks. */
export interface RunRecord {
  readonly config: CompareConfig
  readonly backend: CompareResult['backend']
  readonly environment: CompareResult['environment']
  readonly dataset: CompareResult['dataset']
  readonly startedAt: Date
  readonly seconds: number
  /** Trouble outside the tasks: weights that could not be written, say. */
  readonly problems: readonly string[]
}

/** JSON has no NaN: what is not finite was not measured. */
function measured(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null
}

function points(values: readonly CurvePoint[] | undefined): CurvePoint[] {
  return (values ?? []).filter(point => Number.isFinite(point.accuracy))
}

type End = { readonly outcome: { status: TaskStatus; message?: string } } | { readonly error: string }

function statusOf(end: End | undefined): TaskStatus {
  return end !== undefined && 'outcome' in end ? end.outcome.status : 'failed'
}

function messageOf(name: string, end: End | undefined): string[] {
  if (end === undefined) return [`${name}: did not run`]
  if ('error' in end) return [`${name}: ${end.error}`]
  return end.outcome.message === undefined ? [] : [`${name}: ${end.outcome.message}`]
}

function mlpResult(end: TaskEnds['mlp']): CompareResult['models']['mlp'] {
  const outcome = end !== undefined && 'outcome' in end ? end.outcome : undefined
  return {
    status: statusOf(end),
    testAccuracy: measured(outcome?.testAccuracy),
    trainSeconds: measured(outcome?.trainSeconds),
    epochs: outcome?.epochs ?? 0,
    parameters: measured(outcome?.parameters),
    effectiveMacsPerImage: measured(outcome?.effectiveMacsPerImage),
    memoryAfterEpoch: outcome?.memoryAfterEpoch ?? [],
    curve: points(outcome?.curve),
    confusion: outcome?.confusion ?? null,
  }
}

function snnResult(end: TaskEnds['snn'], config: CompareConfig): CompareResult['models']['snn'] {
  const outcome = end !== undefined && 'outcome' in end ? end.outcome : undefined
  return {
    status: statusOf(end),
    testAccuracy: measured(outcome?.testAccuracy),
    testAccuracyLogLikelihood: measured(outcome?.testAccuracyLogLikelihood),
    trainSeconds: measured(outcome?.trainSeconds),
    presentations: outcome?.presentations ?? 0,
    secondsPerPresentation: measured(outcome?.secondsPerPresentation),
    neurons: outcome?.neurons ?? config.neurons,
    parameters: measured(outcome?.parameters),
    labelImages: outcome?.labelImages ?? 0,
    spikesPerImage: measured(outcome?.spikesPerImage),
    effectiveAcsPerImage: measured(outcome?.effectiveAcsPerImage),
    curve: points(outcome?.curve),
    confusion: outcome?.confusion ?? null,
    confusionLogLikelihood: outcome?.confusionLogLikelihood ?? null,
  }
}

function controlsResult(end: TaskEnds['controls']): CompareResult['controls'] {
  const outcome = end !== undefined && 'outcome' in end ? end.outcome : undefined
  return {
    status: statusOf(end),
    untrainedSnn: measured(outcome?.untrainedSnn),
    nearestClassMean: measured(outcome?.nearestClassMean),
  }
}

/** Makes the record of a run; a task that failed leaves nulls and a message, never a hole. */
export function makeResult(ends: TaskEnds, record: RunRecord): CompareResult {
  const statuses = [statusOf(ends.mlp), statusOf(ends.snn), statusOf(ends.controls)]
  const worst = record.problems.length > 0 || statuses.includes('failed') ? 'failed' : undefined
  return {
    schema: RESULT_SCHEMA,
    experiment: 'compare',
    status: worst ?? (statuses.includes('stopped') ? 'stopped' : 'complete'),
    messages: [
      ...messageOf('MLP', ends.mlp),
      ...messageOf('spiking network', ends.snn),
      ...messageOf('controls', ends.controls),
      ...record.problems,
    ],
    command: commandFor(record.config),
    startedAt: record.startedAt.toISOString(),
    seconds: record.seconds,
    config: record.config,
    seed: record.config.seed,
    backend: record.backend,
    environment: record.environment,
    dataset: record.dataset,
    models: { mlp: mlpResult(ends.mlp), snn: snnResult(ends.snn, record.config) },
    controls: controlsResult(ends.controls),
  }
}
