// What a network makes of examples, in the mode of evaluation: means of loss and metrics, or its outputs.
import type { Examples } from '../data/examples.ts'
import { inEvaluation, type Module } from '../nn/module.ts'
import { keep, scope } from '../scope.ts'
import { Tensor } from '../tensor.ts'
import type { Compiled } from './compileOptions.ts'
import { type Logs, RunningMeans } from './history.ts'
import { Turn } from './yielding.ts'

/** Some of the examples, one after another. */
export interface ExampleRange {
  readonly examples: Examples
  readonly start: number
  readonly count: number
}

export interface EvaluationOptions {
  readonly batchSize: number
  readonly turn?: Turn
  readonly signal?: AbortSignal | undefined
}

/** Means of loss and metrics; undefined when the signal came before the end. */
export async function evaluated(
  network: Module,
  { forward, loss, metrics }: Compiled,
  { examples, start, count }: ExampleRange,
  { batchSize, turn = new Turn(), signal }: EvaluationOptions,
): Promise<Logs | undefined> {
  const means = new RunningMeans()
  for (let from = start; from < start + count; from += batchSize) {
    if (signal?.aborted) return undefined
    const indices = placesFrom(from, Math.min(batchSize, start + count - from))
    inEvaluation(network, () =>
      scope(() => {
        const { inputs, targets } = examples.batch(indices)
        const outputs = forward(inputs)
        const logs = { loss: loss(outputs, targets!).item(), ...measured(metrics, outputs, targets!) }
        means.add(logs, indices.length)
      }),
    )
    if (turn.over) await turn.end()
  }
  return means.logs
}

/** Each metric of a batch. */
export function measured(metrics: Compiled['metrics'], outputs: Tensor, targets: Tensor): Logs {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(outputs, targets)]))
}

/** The outputs for all examples, in a tensor that belongs to no scope. */
export async function predicted(network: Module, examples: Examples, batchSize: number): Promise<Tensor> {
  const turn = new Turn()
  let outputs: Tensor | undefined
  try {
    for (let start = 0; start < examples.count; start += batchSize) {
      const places = placesFrom(start, Math.min(batchSize, examples.count - start))
      inEvaluation(network, () =>
        scope(() => {
          const part = network.forward(examples.batch(places).inputs)
          outputs ??= keep(new Tensor([examples.count, ...part.shape.slice(1)], 'float32', part.backend))
          outputs.view().set(part.view(), (outputs.size / examples.count) * start)
        }),
      )
      if (turn.over) await turn.end()
    }
  } catch (error) {
    outputs?.dispose()
    throw error
  }
  return outputs!
}

function placesFrom(start: number, count: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: count }, (_, i) => start + i)
}
