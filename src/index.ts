// The tensor core's public face: everything that simulations, experiments and users may import.
export { type ValueAndGradients, valueAndGradients } from './autograd.ts'
export type { Address, Backend, BackendName, Exactness, Kernels } from './backend/backend.ts'
export { kernelExactness } from './backend/backend.ts'
export { availableBackends, type BackendChoice, backendChoices, createBackend } from './backend/select.ts'
export { type Batch, type BatchOptions, batches, ImageSet, type ImageSetOptions } from './data/batches.ts'
export * from './data/idx.ts'
export * from './data/safetensors.ts'
export {
  BackendUnavailableError,
  DisposedError,
  FileFormatError,
  InvalidArgumentError,
  OutOfMemoryError,
  ShapeError,
  SpikegradError,
} from './errors.ts'
export { type Initialisation, initialWeights } from './nn/initialise.ts'
export { Linear, type LinearOptions, Relu } from './nn/layers.ts'
export { Module, type StateEntry } from './nn/module.ts'
export { Parameter } from './nn/parameter.ts'
export { Sequential } from './nn/sequential.ts'
export { add, divide, multiply, subtract } from './ops/binary.ts'
export { crossEntropy, meanSquaredError, softmax } from './ops/losses.ts'
export { type MatmulOptions, matmul } from './ops/products.ts'
export { argmax, max, mean, type ReductionOptions, sum } from './ops/reductions.ts'
export { gatherRows, reshape } from './ops/rows.ts'
export { exp, log, negate, relu, sqrt } from './ops/unary.ts'
export { Adam, type AdamOptions } from './optim/adam.ts'
export { Optimiser } from './optim/optimiser.ts'
export { Sgd, type SgdOptions } from './optim/sgd.ts'
export { philoxBlock } from './random/philox.ts'
export { RandomStream, type StreamKey, streamKey } from './random/stream.ts'
export { keep, scope } from './scope.ts'
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
