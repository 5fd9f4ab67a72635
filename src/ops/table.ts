// Every differentiable operation, by name: the table that the tests walk.
import { geluOp, leakyReluOp, reluOp, sigmoidOp, softplusOp, tanhOp } from './activations.ts'
import { addOp, divideOp, maximumOp, minimumOp, multiplyOp, subtractOp } from './binary.ts'
import { castOp } from './cast.ts'
import { whereOp } from './choices.ts'
import { gatherColumnsOp } from './columns.ts'
import { conv2dOp } from './convolution.ts'
import { einsumEntry } from './einsum.ts'
import { absoluteErrorOp, binaryCrossEntropyOp, huberOp, squaredErrorOp } from './entrywiseLosses.ts'
import { maxOp, minOp } from './extremes.ts'
import { concatOp, padOp, stackOp } from './joins.ts'
import { linearOp } from './linear.ts'
import { logSoftmaxOp, logSumExpOp } from './logarithms.ts'
import { crossEntropyOp, softCrossEntropyOp, softmaxOp } from './losses.ts'
import type { Op } from './op.ts'
import { averagePool2dOp, maxPool2dOp } from './pooling.ts'
import { matmulOp } from './products.ts'
import { meanOp, sumOp } from './reductions.ts'
import { gatherRowsOp, reshapeOp } from './rows.ts'
import { cumulativeSumOp } from './scans.ts'
import { normOp, varianceOp } from './statistics.ts'
import {
  absOp,
  clipOp,
  erfOp,
  expm1Op,
  expOp,
  floorOp,
  log1pOp,
  logOp,
  negateOp,
  powOp,
  sqrtOp,
  squareOp,
} from './unary.ts'
import { diagonalOp, expandDimsOp, sliceOp, squeezeOp, transposeOp } from './views.ts'

/** What of an op does not depend on its options: its name and its samples. */
export type OpEntry = Pick<Op<unknown>, 'name' | 'samples'>

export const opTable: readonly OpEntry[] = [
  addOp,
  subtractOp,
  multiplyOp,
  divideOp,
  minimumOp,
  maximumOp,
  whereOp,
  negateOp,
  absOp,
  squareOp,
  sqrtOp,
  expOp,
  expm1Op,
  logOp,
  log1pOp,
  erfOp,
  floorOp,
  clipOp,
  powOp,
  reluOp,
  leakyReluOp,
  sigmoidOp,
  tanhOp,
  geluOp,
  softplusOp,
  matmulOp,
  linearOp,
  einsumEntry,
  conv2dOp,
  maxPool2dOp,
  averagePool2dOp,
  sumOp,
  meanOp,
  maxOp,
  minOp,
  varianceOp,
  normOp,
  cumulativeSumOp,
  logSumExpOp,
  logSoftmaxOp,
  gatherColumnsOp,
  softmaxOp,
  crossEntropyOp,
  softCrossEntropyOp,
  squaredErrorOp,
  absoluteErrorOp,
  huberOp,
  binaryCrossEntropyOp,
  gatherRowsOp,
  reshapeOp,
  castOp,
  transposeOp,
  sliceOp,
  diagonalOp,
  squeezeOp,
  expandDimsOp,
  concatOp,
  stackOp,
  padOp,
]
