// Einstein's summation convention: products and sums of tensors whose axes are named by letters.
import { checkOperands } from '../autograd.ts'
import { describeGiven, InvalidArgumentError, ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { multiply } from './binary.ts'
import { checkFloats, type Sample, spread } from './op.ts'
import { matmul } from './products.ts'
import { sum } from './reductions.ts'
import { reshape } from './rows.ts'
import { diagonal, transpose } from './views.ts'

/** A tensor and a letter for each of its axes. */
interface Term {
  readonly tensor: Tensor
  readonly letters: string
}

interface Equation {
  readonly inputs: readonly string[]
  readonly output: string
}

function refuse(equation: string, what: string): never {
  throw new InvalidArgumentError(`einsum: "${equation}" ${what}`)
}

/** Without an arrow the result has the letters that occur once, in the order of the alphabet. */
function implicitOutput(inputs: readonly string[]): string {
  const all = inputs.join('')
  const once = [...all].filter(letter => all.indexOf(letter) === all.lastIndexOf(letter))
  return once.sort().join('')
}

function parse(equation: string): Equation {
  if (typeof equation !== 'string') {
    throw new InvalidArgumentError(`einsum: the equation is text, got ${describeGiven(equation)}`)
  }
  const text = equation.replaceAll(' ', '')
  if (text.includes('.')) refuse(equation, 'has an ellipsis: name every axis by a letter')
  if (!/^[A-Za-z]*(,[A-Za-z]*)*(->[A-Za-z]*)?$/.test(text)) {
    refuse(
      equation,
      'is not a summation: expected letters for each operand and of the result, as in "ij,jk->ik"',
    )
  }
  const [left, right] = text.split('->')
  const inputs = left!.split(',')
  const output = right ?? implicitOutput(inputs)
  for (const [i, letter] of [...output].entries()) {
    if (!left!.includes(letter)) refuse(equation, `has ${letter} in the result, but in no operand`)
    if (output.indexOf(letter) !== i) refuse(equation, `names ${letter} twice in the result`)
  }
  return { inputs, output }
}

/** Checks the operands against the letters. */
function checkSizes(equation: string, inputs: readonly string[], operands: readonly Tensor[]): void {
  if (inputs.length !== operands.length) {
    refuse(equation, `is for ${inputs.length} operands, got ${operands.length}`)
  }
  const lengths = new Map<string, { length: number; shape: Shape }>()
  for (const [i, letters] of inputs.entries()) {
    const { shape } = operands[i]!
    if (letters.length !== shape.length) {
      throw new ShapeError(
        `einsum: "${equation}" names ${letters.length} axes of operand ${i} as ${letters}, whose shape is ` +
          formatShape(shape),
      )
    }
    for (const [axis, letter] of [...letters].entries()) {
      const known = lengths.get(letter) ?? { length: shape[axis]!, shape }
      lengths.set(letter, known)
      if (known.length === shape[axis]) continue
      throw new ShapeError(
        `einsum: "${equation}" names axes of lengths ${known.length} and ${shape[axis]} ${letter}, of shapes ` +
          `${formatShape(known.shape)} and ${formatShape(shape)}`,
      )
    }
  }
}

/** Takes the diagonal of axes that share a letter. */
function withoutRepeats({ tensor, letters }: Term): Term {
  for (const [axis, letter] of [...letters].entries()) {
    const other = letters.indexOf(letter, axis + 1)
    if (other < 0) continue
    const rest = [...letters].filter((_, at) => at !== axis && at !== other).join('')
    return withoutRepeats({ tensor: diagonal(tensor, [axis, other]), letters: rest + letter })
  }
  return { tensor, letters }
}

/** Sums over the letters that nothing else needs. */
function summed({ tensor, letters }: Term, needed: string): Term {
  const axes = [...letters].flatMap((letter, axis) => (needed.includes(letter) ? [] : [axis]))
  if (axes.length === 0) return { tensor, letters }
  return {
    tensor: sum(tensor, axes),
    letters: [...letters].filter(letter => needed.includes(letter)).join(''),
  }
}

function permuted({ tensor, letters }: Term, order: string): Tensor {
  if (letters === order) return tensor
  return transpose(
    tensor,
    [...order].map(letter => letters.indexOf(letter)),
  )
}

function reshaped(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : reshape(x, shape)
}

/** How the letters of two terms take part in their product. */
interface Roles {
  /** In both, and in the result. */
  readonly batch: string
  /** In both, summed over. */
  readonly contracted: string
  readonly left: string
  readonly right: string
}

function rolesOf(a: string, b: string, needed: string): Roles {
  const pick = (letters: string, test: (letter: string) => boolean) => [...letters].filter(test).join('')
  return {
    batch: pick(a, letter => b.includes(letter) && needed.includes(letter)),
    contracted: pick(a, letter => b.includes(letter) && !needed.includes(letter)),
    left: pick(a, letter => !b.includes(letter)),
    right: pick(b, letter => !a.includes(letter)),
  }
}

/** The product of two terms as one of entries or of matrices; letters that are not `needed` are summed over. */
function contract(first: Term, second: Term, needed: string): Term {
  const a = summed(first, needed + second.letters)
  const b = summed(second, needed + a.letters)
  const { batch, contracted, left, right } = rolesOf(a.letters, b.letters, needed)
  const letters = batch + left + right
  const lengths = (term: Term, of: string) =>
    [...of].map(letter => term.tensor.shape[term.letters.indexOf(letter)]!)
  const size = (term: Term, of: string) => lengths(term, of).reduce((product, length) => product * length, 1)
  const shape = [...lengths(a, batch), ...lengths(a, left), ...lengths(b, right)]
  if (contracted === '') {
    const ones = [...right].map(() => 1)
    const stretched = reshaped(permuted(a, batch + left), [...lengths(a, batch + left), ...ones])
    const between = [...left].map(() => 1)
    const other = reshaped(permuted(b, batch + right), [
      ...lengths(b, batch),
      ...between,
      ...lengths(b, right),
    ])
    return { tensor: multiply(stretched, other), letters }
  }
  // An operand whose axes already lie the other way round is multiplied as a transpose.
  const transposeA = a.letters === batch + contracted + left
  const transposeB = b.letters === batch + right + contracted
  const [m, n, k] = [size(a, left), size(b, right), size(a, contracted)]
  const count = batch === '' ? [] : [size(a, batch)]
  const matrices = matmul(
    transposeA
      ? reshaped(a.tensor, [...count, k, m])
      : reshaped(permuted(a, batch + left + contracted), [...count, m, k]),
    transposeB
      ? reshaped(b.tensor, [...count, n, k])
      : reshaped(permuted(b, batch + contracted + right), [...count, k, n]),
    { transposeA, transposeB },
  )
  return { tensor: reshaped(matrices, shape), letters }
}

function sample(equation: string, ...shapes: readonly Shape[]): Sample {
  return {
    label: equation,
    inputs: shapes.map((shape, i) => ({ shape, entry: spread(-1.5 - i, 1.5) })),
    run: operands => einsum(equation, ...operands),
  }
}

/** Not an op itself, but made of ops that record themselves. */
export const einsumEntry = {
  name: 'einsum',
  samples: [
    sample('ij->ji', [2, 3]),
    sample('ij', [2, 3]),
    sample('ijk->j', [2, 3, 4]),
    sample('ii->', [3, 3]),
    sample('iji->ji', [3, 2, 3]),
    sample('iii->i', [2, 2, 2]),
    sample('ij,jk->ik', [2, 3], [3, 4]),
    sample('ji,kj->ki', [3, 2], [4, 3]),
    sample('ba,ca', [3, 4], [2, 4]),
    sample('bhqd,bhkd->bhqk', [2, 2, 3, 2], [2, 2, 4, 2]),
    sample('abij,jkb->kab', [2, 3, 2, 2], [2, 2, 3]),
    sample('i,j->ji', [3], [4]),
    sample('bi,bi->b', [3, 4], [3, 4]),
    sample('i,ij,j->', [3], [3, 4], [4]),
    sample(',ij->ij', [], [2, 3]),
  ],
}

/**
 * Sums of products of tensors, in the notation of NumPy's `einsum`: a letter names each axis, letters that are not in the
 * result are summed over. Operands are multiplied from left to right.
 *
 * @param equation letters for each operand, separated by commas, and after `->` those of the result; without an arrow the
 * result has the letters that occur once, in the order of the alphabet. Ellipses are not supported.
 * @param operands float32, one for each part of the equation.
 * @throws InvalidArgumentError when the equation is malformed, is for another number of operands, or one is not float32.
 * @throws ShapeError when an operand has another rank, or one letter names axes of two lengths.
 *
 * @example
 * ```ts
 * import { einsum, tensor } from 'spikegrad'
 * const a = tensor([[1, 2], [3, 4]])
 * einsum('ij,jk->ik', a, a).toArray() // [7, 10, 15, 22]
 * einsum('ii->', a).item() // 5
 * ```
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  checkOperands('einsum', operands)
  checkFloats('einsum', operands)
  const { inputs, output } = parse(equation)
  checkSizes(equation, inputs, operands)
  return scope(() => {
    const terms = inputs.map((letters, i) => withoutRepeats({ tensor: operands[i]!, letters }))
    const product = terms.reduce((result, term, i) => {
      const later = terms.slice(i + 1).map(({ letters }) => letters)
      return contract(result, term, output + later.join(''))
    })
    const tensor = permuted(summed(product, output), output)
    return operands.includes(tensor) ? reshape(tensor, tensor.shape) : tensor
  })
}
