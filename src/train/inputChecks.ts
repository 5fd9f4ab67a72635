// What a network cannot take, found out before anything is trained: inputs of another shape, and batches too small to normalise.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import { BatchNorm } from '../nn/normalisation.ts'
import { traced } from '../nn/summary.ts'
import { formatShape, type Shape, sameShape, sizeOf } from '../shape.ts'

/**
 * Checks the shape of one input against the one that a network is for; some networks take others too.
 * @throws ShapeError when it does not.
 */
export function checkInputShape(operation: string, network: Module, taken: Shape, given: Shape): void {
  if (sameShape(taken, given)) return
  try {
    network.outputShape([1, ...given])
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause
    throw new ShapeError(
      `${operation}: the network takes inputs of shape ${formatShape(taken)}, got ${formatShape(given)}: ${cause.message}`,
      { cause },
    )
  }
}

/**
 * Checks the smallest batch of an epoch: of one example, batch normalisation has no variance to take.
 * @throws InvalidArgumentError when a `BatchNorm` would get a single value for each channel.
 */
export function checkSmallestBatch(
  network: Module,
  inputShape: Shape,
  { count, batchSize, dropLast }: { count: number; batchSize: number; dropLast: boolean },
): void {
  const smallest = dropLast ? batchSize : count % batchSize || batchSize
  const normalises = [...network.modules().values()].some(layer => layer instanceof BatchNorm)
  if (smallest !== 1 || !normalises) return
  traced(network, [1, ...inputShape], (path, layer, output) => {
    if (!(layer instanceof BatchNorm) || sizeOf(output) > layer.channels) return
    throw new InvalidArgumentError(
      `fit: ${path === '' ? '' : `${path}: `}${layer.label} cannot train on a batch of one example, which ${count} examples ` +
        `in batches of ${batchSize} have: ${batchSize === 1 ? '' : 'set dropLast, or '}choose another batchSize`,
    )
  })
}
