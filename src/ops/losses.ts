// Softmax, and the losses that training minimises.
import { apply } from '../autograd.ts'
import { ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { multiply, subtract } from './binary.ts'
import { checkFloats, checkIndices, type Op, spread, tensorBeside } from './op.ts'
import { mean } from './reductions.ts'

export const softmaxOp: Op<undefined> = {
  name: 'softmax',
  samples: [[5], [3, 10], [2, 3, 4]].map(shape => ({
    label: `rank ${shape.length}`,
    inputs: [{ shape, entry: spread(-2, 2) }],
    run: inputs => softmax(inputs[0]!),
  })),
  forward([x]) {
    checkFloats('softmax', [x!])
    const columns = x!.shape.at(-1)
    if (columns === undefined) throw new ShapeError('softmax: expected rank 1 or more, got a scalar')
    const out = tensorBeside(x!, x!.shape)
    x!.backend.kernels.softmax(x!.address, out.address, x!.size / columns, columns)
    return out
  },
  backward({ output, gradient }) {
    const columns = output.shape.at(-1)!
    const out = tensorBeside(output, output.shape)
    const rows = output.size / columns
    output.backend.kernels.softmaxGradient(output.address, gradient.address, out.address, rows, columns)
    return [out]
  },
}

export const crossEntropyOp: Op<undefined> = {
  name: 'crossEntropy',
  samples: [1, 7].map(rows => ({
    label: `${rows} rows`,
    inputs: [
      { shape: [rows, 5], entry: spread(-2, 2) },
      { shape: [rows], dtype: 'int32', entry: index => (index * 3) % 5 },
    ],
    run: inputs => crossEntropy(inputs[0]!, inputs[1]!),
  })),
  forward([logits, labels], _, saved) {
    checkFloats('crossEntropy', [logits!])
    const [rows, columns] = logits!.shape
    if (columns === undefined || logits!.shape.length !== 2 || labels!.size !== rows) {
      throw new ShapeError(
        `crossEntropy: expected logits [n, classes] and labels [n], got ` +
          `${formatShape(logits!.shape)} and ${formatShape(labels!.shape)}`,
      )
    }
    checkIndices('crossEntropy', 'labels', labels!, columns)
    const { kernels, memory } = logits!.backend
    const probabilities = tensorBeside(logits!, logits!.shape)
    const losses = tensorBeside(logits!, [rows])
    const out = tensorBeside(logits!, [])
    const { address } = probabilities
    kernels.crossEntropy(logits!.address, labels!.address, address, losses.address, rows, columns)
    kernels.sum(losses.address, out.address, 1, rows, 1)
    memory.float32[out.address >>> 2]! /= rows
    losses.dispose()
    saved.push(probabilities)
    return out
  },
  backward({ inputs: [logits, labels], gradient, saved: [probabilities] }) {
    const { kernels } = logits!.backend
    const [rows, columns] = logits!.shape as readonly [number, number]
    const shares = tensorBeside(logits!, [rows])
    const out = tensorBeside(logits!, logits!.shape)
    kernels.fill(shares.address, rows, gradient.item() / rows)
    kernels.crossEntropyGradient(
      probabilities!.address,
      labels!.address,
      shares.address,
      out.address,
      rows,
      columns,
    )
    return [out, undefined]
  },
}

/** The softmax over the last axis. */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], undefined)
}

/**
 * The mean over n rows of -log softmax(logits)[label], in nats.
 * @param logits float32 [n, classes].
 * @param labels int32 [n], each from 0 to classes - 1.
 * @throws ShapeError when the shapes are not these.
 * @throws InvalidArgumentError when a label is not a class.
 */
export function crossEntropy(logits: Tensor, labels: Tensor): Tensor {
  return apply(crossEntropyOp, [logits, labels], undefined)
}

/**
 * The mean of the squared differences, over all entries.
 * @throws ShapeError unless both shapes are equal: to broadcast here is nearly always a mistake.
 */
export function meanSquaredError(predictions: Tensor, targets: Tensor): Tensor {
  if (!sameShape(predictions.shape, targets.shape)) {
    throw new ShapeError(
      `meanSquaredError: expected equal shapes, got ${formatShape(predictions.shape)} and ${formatShape(targets.shape)}`,
    )
  }
  return scope(() => {
    const difference = subtract(predictions, targets)
    return mean(multiply(difference, difference))
  })
}
