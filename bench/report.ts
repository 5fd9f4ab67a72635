// The bench's JSON file: rows, what gave none, and what they were measured on.
import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { describeEnvironment, environmentSchema } from '../experiments/run/environment.ts'
import type { BackendName } from '../src/index.ts'
import { type Outcome, suiteNames } from './row.ts'

const labels = { suite: z.enum(suiteNames), name: z.string(), peer: z.string() }
const times = z.array(z.number().positive()).min(1)

const rowSchema = z.strictObject({
  ...labels,
  peerVersion: z.string(),
  statistic: z.enum(['median', 'best']),
  ours: z.number().positive(),
  theirs: z.number().positive(),
  unit: z.enum(['s', 'ms', 'µs']),
  ratio: z.number().positive(),
  target: z.number().positive().nullable(),
  met: z.boolean().nullable(),
  samples: z.strictObject({ ours: times, theirs: times }),
  note: z.string(),
})

const barSchema = z.strictObject({
  suite: labels.suite,
  name: z.string(),
  // JSON has no NaN: a figure that there is none of is null.
  measured: z.number().nullable(),
  unit: z.string(),
  target: z.number(),
  sense: z.enum(['at most', 'at least']),
  met: z.boolean(),
  note: z.string(),
})

export const reportSchema = z.strictObject({
  schema: z.literal('spikegrad-bench/1'),
  /** When the run began, ISO 8601. */
  date: z.iso.datetime(),
  environment: environmentSchema,
  backend: z.enum(['js', 'wasm-simd', 'wasm-relaxed-simd']),
  repeats: z.number().int().positive(),
  rows: z.array(rowSchema),
  bars: z.array(barSchema),
  skipped: z.array(z.strictObject({ ...labels, reason: z.string(), install: z.string().exactOptional() })),
  failed: z.array(z.strictObject({ ...labels, reason: z.string() })),
})

export type Report = z.infer<typeof reportSchema>

export interface ReportInput {
  readonly date: Date
  readonly backend: BackendName
  readonly repeats: number
  readonly outcomes: readonly Outcome[]
}

/** Gathers a report on this machine. */
export function makeReport({ date, backend, repeats, outcomes }: ReportInput): Report {
  return reportSchema.parse({
    schema: 'spikegrad-bench/1',
    date: date.toISOString(),
    environment: describeEnvironment(),
    backend,
    repeats,
    rows: outcomes.flatMap(outcome => (outcome.kind === 'row' ? [outcome.row] : [])),
    bars: outcomes.flatMap(outcome =>
      outcome.kind === 'bar'
        ? [{ ...outcome.bar, measured: Number.isFinite(outcome.bar.measured) ? outcome.bar.measured : null }]
        : [],
    ),
    skipped: outcomes.flatMap(outcome => (outcome.kind === 'skipped' ? [outcome.skipped] : [])),
    failed: outcomes.flatMap(outcome => (outcome.kind === 'failed' ? [outcome.failed] : [])),
  })
}

/** Writes the report, indented, with a final line break. */
export async function writeReport(path: string, report: Report): Promise<void> {
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`)
}
