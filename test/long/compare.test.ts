// The comparison on the whole of MNIST, as a user runs it: accuracies over seeds, determinism, flat memory.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CompareResult, compareResultSchema } from '../../experiments/compare/result.ts'

const folder = mkdtempSync(join(tmpdir(), 'spikegrad-long-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Run {
  readonly out: string
  readonly result: CompareResult
  readonly seconds: number
}

function compare(name: string, ...options: string[]): Run {
  const out = join(folder, name)
  const start = performance.now()
  const text = execFileSync(
    'node',
    ['dist/experiments/main.js', 'compare', '--json', '--out', out, ...options],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const seconds = (performance.now() - start) / 1000
  return { out, result: compareResultSchema.parse(JSON.parse(text)), seconds }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('400 neurons, seeds 1, 2 and 3', () => {
  const runs: Run[] = []
  beforeAll(() => {
    for (const seed of [1, 2, 3]) runs.push(compare(`seed-${seed}`, '--seed', String(seed)))
    for (const { result, seconds } of runs) {
      const { mlp, snn } = result.models
      console.log(
        `seed ${result.seed}: MLP ${mlp.testAccuracy}, vote ${snn.testAccuracy}, log-likelihood ` +
          `${snn.testAccuracyLogLikelihood}, ${seconds.toFixed(0)} s in all`,
      )
    }
  })

  it('the MLP reaches 0.968 with each seed and 0.970 in the mean', () => {
    const accuracies = runs.map(({ result }) => result.models.mlp.testAccuracy!)
    for (const accuracy of accuracies) expect(accuracy).toBeGreaterThanOrEqual(0.968)
    expect(mean(accuracies)).toBeGreaterThanOrEqual(0.97)
    for (const { result } of runs) expect(result.models.mlp.parameters).toBe(55_050)
  })

  it('the spiking network reaches 0.860 by vote and 0.880 by log-likelihood with each seed', () => {
    for (const { result } of runs) {
      expect(result.models.snn.testAccuracy).toBeGreaterThanOrEqual(0.86)
      expect(result.models.snn.testAccuracyLogLikelihood).toBeGreaterThanOrEqual(0.88)
    }
  })

  it('all images took part', () => {
    for (const { result } of runs) {
      expect(result.dataset).toMatchObject({ train: 60_000, test: 10_000 })
      expect(result.models.snn.presentations).toBeGreaterThanOrEqual(60_000)
    }
  })

  it('memory after epoch 5 is within 5 % of that after epoch 1', () => {
    for (const { out } of runs) {
      const bytes = readFileSync(join(out, 'metrics.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as { residentBytes?: number })
        .flatMap(({ residentBytes }) => residentBytes ?? [])
      expect(bytes).toHaveLength(5)
      console.log(
        `resident after each epoch: ${bytes.map(value => `${(value / 2 ** 20).toFixed(1)} MiB`).join(', ')}`,
      )
      expect(Math.abs(bytes[4]! / bytes[0]! - 1)).toBeLessThanOrEqual(0.05)
    }
  })

  it('the same seed again gives the same bytes', () => {
    const [first] = runs
    const again = compare('seed-1-again', '--seed', '1')
    for (const name of ['weights/mlp.safetensors', 'weights/snn.safetensors']) {
      expect(readFileSync(join(again.out, name)).equals(readFileSync(join(first!.out, name)))).toBe(true)
    }
    const accuracies = ({ result: { models, controls } }: Run) => [
      models.mlp.testAccuracy,
      models.snn.testAccuracy,
      models.snn.testAccuracyLogLikelihood,
      controls.untrainedSnn,
      controls.nearestClassMean,
    ]
    expect(accuracies(again)).toEqual(accuracies(first!))
  })
})

it('100 neurons reach 0.78 by vote with seeds 1, 2 and 3', () => {
  const votes = [1, 2, 3].map(seed => {
    const { result } = compare(`small-${seed}`, '--neurons', '100', '--epochs', '1', '--seed', String(seed))
    return result.models.snn.testAccuracy!
  })
  console.log(`100 neurons, vote: ${votes.join(', ')}`)
  for (const vote of votes) expect(vote).toBeGreaterThanOrEqual(0.78)
})
