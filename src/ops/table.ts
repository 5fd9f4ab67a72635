// Every differentiable operation, by name: the table that the tests walk.
import { addOp, divideOp, multiplyOp, subtractOp } from './binary.ts'
import { crossEntropyOp, softmaxOp } from './losses.ts'
import type { Op } from './op.ts'
import { matmulOp } from './products.ts'
import { maxOp, meanOp, sumOp } from './reductions.ts'
import { gatherRowsOp, reshapeOp } from './rows.ts'
import { expOp, logOp, negateOp, reluOp, sqrtOp } from './unary.ts'

/** What of an op does not depend on its options: its name and its samples. */
export type OpEntry = Pick<Op<unknown>, 'name' | 'samples'>

export const opTable: readonly OpEntry[] = [
  addOp,
  subtractOp,
  multiplyOp,
  divideOp,
  negateOp,
  sqrtOp,
  expOp,
  logOp,
  reluOp,
  matmulOp,
  sumOp,
  meanOp,
  maxOp,
  softmaxOp,
  crossEntropyOp,
  gatherRowsOp,
  reshapeOp,
]
