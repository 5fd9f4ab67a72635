// An epoch of the 784-64-64-10 perceptron on MNIST, against PyTorch and TensorFlow.js: the short form of the suite `core`.
import type { Comparison } from '../comparison.ts'
import { compareTraining } from './rivals.ts'
import type { SuiteContext } from './suite.ts'

/** Batch sizes, and at most how much of PyTorch's time an epoch may take. */
export const perceptrons = [
  { batchSize: 32, pytorchBar: 0.5 },
  { batchSize: 128, pytorchBar: 0.75 },
] as const

export function mlpSuite(context: SuiteContext): Comparison[] {
  return perceptrons.map(({ batchSize, pytorchBar }) =>
    compareTraining(
      context,
      context.engines[0],
      { suite: 'mlp', name: `epoch at batch ${batchSize}` },
      { kind: 'mlp', hidden: 64, batchSize },
      { pytorchBar, tensorFlowBar: true, batches: { wasm: 150 } },
    ),
  )
}
