// Running an elementwise program on tensors by the names of its operands.
import { checkOperands } from '../autograd.ts'
import { compiled } from '../compile/compiled.ts'
import type { Operand, Program } from '../compile/program.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'

/** Number of entries that the arrays of a program have in common. */
function entriesOf({ name, operands }: Program, given: Readonly<Record<string, Tensor | number>>): number {
  let first: { name: string; tensor: Tensor } | undefined
  for (const operand of operands) {
    const tensor = given[operand.name]
    if (operand.kind === 'scalar' || !(tensor instanceof Tensor)) continue
    if (operand.kind === 'array' && operand.span === 'one') {
      if (tensor.size === 1) continue
      throw new ShapeError(
        `${name}: "${operand.name}" has one entry, got a tensor of shape ${formatShape(tensor.shape)}`,
      )
    }
    first ??= { name: operand.name, tensor }
    if (tensor.size !== first.tensor.size) {
      throw new ShapeError(
        `${name}: "${first.name}" of shape ${formatShape(first.tensor.shape)} and "${operand.name}" of shape ` +
          `${formatShape(tensor.shape)} have different numbers of entries`,
      )
    }
  }
  if (first === undefined) throw new InvalidArgumentError(`${name}: no array says how many entries there are`)
  return first.tensor.size
}

/** The argument that an operand is given: an address or a number. */
function argumentOf(program: string, operand: Operand, given: Tensor | number | undefined): number {
  const where = `${program}: "${operand.name}"`
  if (operand.kind === 'scalar') {
    if (typeof given === 'number') return given
    throw new InvalidArgumentError(
      `${where} is a number, got ${given === undefined ? 'nothing' : 'a tensor'}`,
    )
  }
  const dtype = operand.kind === 'array' && operand.type === 'float' ? 'float32' : 'int32'
  if (given instanceof Tensor && given.dtype === dtype) return given.address
  const got = given instanceof Tensor ? given.dtype : given === undefined ? 'nothing' : 'a number'
  throw new InvalidArgumentError(`${where} is a tensor of ${dtype}, got ${got}`)
}

/**
 * Runs an elementwise program, writing its results into tensors that exist: nothing is allocated, and no gradient recorded.
 * @param operands by name: tensors of one number of entries, and numbers.
 * @returns how many indices the program collected; 0 for one that collects none.
 * @throws InvalidArgumentError when an operand is missing, unknown, or of another kind than declared.
 * @throws ShapeError when the tensors have different numbers of entries.
 *
 * @example
 * ```ts
 * import { defineProgram, runProgram, tensor } from 'spikegrad'
 * const decay = defineProgram('decay', program => {
 *   const v = program.state('v')
 *   program.store(v, v.value.times(program.scalar('factor')))
 *   program.collect('spikes', v.value.greater(1))
 * })
 * const v = tensor([0.5, 2, 3])
 * const spikes = tensor([0, 0, 0], [3], 'int32')
 * runProgram(decay, { v, factor: 0.5, spikes }) // 2
 * v.toArray() // [0.25, 1, 1.5]
 * ```
 */
export function runProgram(program: Program, operands: Readonly<Record<string, Tensor | number>>): number {
  const tensors = Object.values(operands).filter(operand => operand instanceof Tensor)
  checkOperands(program.name, tensors)
  const known = new Set(program.operands.map(({ name }) => name))
  const unknown = Object.keys(operands).find(name => !known.has(name))
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `${program.name}: there is no operand "${unknown}", only ${[...known].join(', ')}`,
    )
  }
  const values = program.operands.map(operand => argumentOf(program.name, operand, operands[operand.name]))
  const n = entriesOf(program, operands)
  return compiled(program, tensors[0]!.backend).run(n, ...values)
}
