// The tensor core's public face: everything that simulations, experiments and users may import.
/**
 * Tensors with gradients, layers, optimisers and data, on WebAssembly or plain JavaScript.
 * @module spikegrad
 */
export { type ValueAndGradients, valueAndGradients } from './autograd.ts'
export type { Arena } from './backend/arena.ts'
export type { Address, Backend, BackendName, Exactness, Kernels, ThreadedBackend } from './backend/backend.ts'
export { kernelExactness } from './backend/backend.ts'
export type { Memory, MemoryViews } from './backend/memory.ts'
export {
  availableBackends,
  type BackendChoice,
  backendChoices,
  createBackend,
  createThreadedBackend,
  type ThreadOptions,
} from './backend/select.ts'
export { type CompiledProgram, compiled } from './compile/compiled.ts'
export {
  defineProgram,
  type IntState,
  type Output,
  type ProgramBuilder,
  type ProgramOptions,
  type State,
  type Stream,
} from './compile/define.ts'
export { elementary } from './compile/elementary.ts'
export {
  FloatExpression,
  type FloatOperand,
  IntExpression,
  type IntOperand,
  MaskExpression,
} from './compile/expression.ts'
export type { Operand, Program } from './compile/program.ts'
export { type Batch, type BatchOptions, batches, type TensorBatch } from './data/batches.ts'
export type { Inputs, Targets } from './data/examples.ts'
export * from './data/idx.ts'
export { ImageSet, type ImageSetOptions } from './data/imageSet.ts'
export * from './data/safetensors.ts'
export { traceDisposals } from './disposals.ts'
export {
  BackendUnavailableError,
  DisposedError,
  FileFormatError,
  InvalidArgumentError,
  NonFiniteError,
  OutOfMemoryError,
  ShapeError,
  SpikegradError,
} from './errors.ts'
export * from './nn/index.ts'
export { gelu, leakyRelu, relu, sigmoid, softplus, tanh } from './ops/activations.ts'
export { add, divide, maximum, minimum, multiply, subtract } from './ops/binary.ts'
export { cast } from './ops/cast.ts'
export { equal, greater, greaterEqual, less, lessEqual, where } from './ops/choices.ts'
export { gatherColumns, oneHot, type TopK, topK } from './ops/columns.ts'
export { type Conv2dOptions, conv2d } from './ops/convolution.ts'
export { detach } from './ops/detach.ts'
export { einsum } from './ops/einsum.ts'
export { argmax, max, min } from './ops/extremes.ts'
export { concat, type PadWidth, pad, stack } from './ops/joins.ts'
export { type LinearMapOptions, linear } from './ops/linear.ts'
export { logSoftmax, logSumExp } from './ops/logarithms.ts'
export * from './ops/lossFunctions.ts'
export { averagePool2d, maxPool2d, type Pool2dOptions } from './ops/pooling.ts'
export { type MatmulOptions, matmul } from './ops/products.ts'
export { mean, type ReductionOptions, sum } from './ops/reductions.ts'
export { gatherRows, reshape } from './ops/rows.ts'
export { runProgram } from './ops/runProgram.ts'
export { cumulativeSum } from './ops/scans.ts'
export type { Range, Selection } from './ops/selection.ts'
export {
  type NormOptions,
  norm,
  standardDeviation,
  type VarianceOptions,
  variance,
} from './ops/statistics.ts'
export {
  abs,
  clip,
  erf,
  exp,
  expm1,
  floor,
  log,
  log1p,
  negate,
  pow,
  sqrt,
  square,
} from './ops/unary.ts'
export { diagonal, expandDims, slice, squeeze, transpose } from './ops/views.ts'
export type { RowsColumns } from './ops/windows.ts'
export * from './optim/index.ts'
export { philoxBlock } from './random/philox.ts'
export { RandomStream, type StreamKey, streamKey } from './random/stream.ts'
export { keep, Scoped, scope } from './scope.ts'
export type { Axes, Shape } from './shape.ts'
export {
  currentBackend,
  type DataType,
  full,
  type NestedNumbers,
  ones,
  Tensor,
  type TypedArray,
  tensor,
  useBackend,
  zeros,
} from './tensor.ts'
export * from './train/index.ts'
