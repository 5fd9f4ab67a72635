// The public face of the losses.
export {
  binaryCrossEntropyWithLogits,
  type HuberOptions,
  huber,
  meanAbsoluteError,
  meanSquaredError,
} from './entrywiseLosses.ts'
export {
  type CrossEntropyOptions,
  crossEntropy,
  type LossOptions,
  type Reduction,
  softmax,
} from './losses.ts'
