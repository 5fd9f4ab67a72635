// What an operation is, and what the operations share: checks of operands, and entries for their samples.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'
import { type DataType, Tensor } from '../tensor.ts'

/** What an op's `backward` is given. */
export interface BackwardContext<Options> {
  readonly inputs: readonly Tensor[]
  readonly output: Tensor
  /** Gradient of the loss by `output`, of its shape. Not to be written to. */
  readonly gradient: Tensor
  /** What `forward` put by. */
  readonly saved: readonly Tensor[]
  readonly options: Options
  /** Whether the gradient by input `i` is wanted; others need not be computed. */
  needs(i: number): boolean
}

/** One operand of a sample: its shape, its entries by index, and float32 unless said otherwise. */
export interface SampleInput {
  readonly shape: Shape
  readonly dtype?: DataType
  readonly entry: (index: number) => number
}

/** A call of an op for the tests to make: on every backend, and against central differences. */
export interface Sample {
  readonly label: string
  readonly inputs: readonly SampleInput[]
  readonly run: (inputs: readonly Tensor[]) => Tensor
}

/** An operation: its value, and the gradient by each input. */
export interface Op<Options> {
  readonly name: string
  readonly samples: readonly Sample[]
  /** Computes the output; pushes to `saved` what `backward` will want besides inputs and output. */
  forward(inputs: readonly Tensor[], options: Options, saved: Tensor[]): Tensor
  /** The gradient by each input, of its shape; anything for one that is not needed. */
  backward(context: BackwardContext<Options>): readonly (Tensor | undefined)[]
}

/** Checks that the first operands of an op, or all of them, hold float32. */
export function checkFloats(operation: string, operands: readonly Tensor[]): void {
  for (const { dtype, shape } of operands) {
    if (dtype === 'float32') continue
    throw new InvalidArgumentError(
      `${operation}: operands are float32, got ${dtype} of shape ${formatShape(shape)}`,
    )
  }
}

/**
 * Checks an operand of indices: int32, rank 1, every entry in [0, bound).
 * @throws InvalidArgumentError naming the first that is not.
 */
export function checkIndices(operation: string, what: string, indices: Tensor, bound: number): void {
  if (indices.dtype !== 'int32') {
    throw new InvalidArgumentError(`${operation}: ${what} are int32, got ${indices.dtype}`)
  }
  if (indices.shape.length !== 1) {
    throw new ShapeError(`${operation}: ${what} have rank 1, got shape ${formatShape(indices.shape)}`)
  }
  const start = indices.address >>> 2
  const { int32 } = indices.backend.memory
  for (let i = 0; i < indices.size; i++) {
    const index = int32[start + i]!
    if (index >= 0 && index < bound) continue
    throw new InvalidArgumentError(
      `${operation}: ${what} are integers from 0 to ${bound - 1}, got ${index} at position ${i}`,
    )
  }
}

/** A new float32 tensor in the backend of `operand`. */
export function tensorBeside(operand: Tensor, shape: Shape): Tensor {
  return new Tensor(shape, 'float32', operand.backend)
}

/** Sample entries between `low` and `high`, all distinct: multiples of the golden ratio, without their integer part. */
export function spread(low: number, high: number): (index: number) => number {
  return index => low + (high - low) * (((index + 1) * 0.6180339887498949) % 1)
}
