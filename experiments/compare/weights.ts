// Encodes what a network learned as safetensors, with enough beside it to know where it came from.
import { encodeSafetensors } from '../../src/index.ts'
import type { CompareConfig } from './config.ts'
import type { NamedArray, TaskStatus } from './outcome.ts'

/** Bytes of a safetensors file; `status` in its metadata marks weights of a run that did not complete. */
export function encodeWeights(
  outcome: { readonly status: TaskStatus; readonly weights: readonly NamedArray[] },
  network: string,
  config: CompareConfig,
): Uint8Array {
  return encodeSafetensors(outcome.weights, {
    producer: 'spikegrad',
    network,
    status: outcome.status,
    seed: String(config.seed),
    trainingImages: String(config.train),
  })
}
