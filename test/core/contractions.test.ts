// Batched matrix products and einsum: against loops over every index, and what they say when they are misused.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import {
  einsum,
  InvalidArgumentError,
  matmul,
  ShapeError,
  slice,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'
import { sizeOf } from '../../src/shape.ts'
import { floats } from '../kernels/kernelCase.ts'
import { expectClose } from '../kernels/kernelTable.ts'

const random = (shape: readonly number[], salt: number) => tensor(floats(sizeOf(shape), salt), shape)

/** An einsum by its definition: for every value of every letter, the product of one entry of each operand. */
function byDefinition(
  inputs: readonly string[],
  output: string,
  lengths: Readonly<Record<string, number>>,
  operands: readonly Tensor[],
): Float32Array {
  const letters = [...new Set(inputs.join(''))]
  const place = (term: string, at: Readonly<Record<string, number>>) =>
    [...term].reduce((sum, letter) => sum * lengths[letter]! + at[letter]!, 0)
  const values = operands.map(operand => operand.toArray())
  const result = new Float64Array(sizeOf([...output].map(letter => lengths[letter]!)))
  const visit = (depth: number, at: Record<string, number>): void => {
    const letter = letters[depth]
    if (letter === undefined) {
      const product = inputs.reduce((value, term, i) => value * values[i]![place(term, at)]!, 1)
      result[place(output, at)]! += product
      return
    }
    for (let index = 0; index < lengths[letter]!; index++) visit(depth + 1, { ...at, [letter]: index })
  }
  visit(0, {})
  return Float32Array.from(result)
}

const letters = ['a', 'b', 'c', 'd']
const term = fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map(list => list.join(''))

describe.each(availableBackends())('contractions on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it('einsum is the sum over every letter that is not in the result', () => {
    const equations = fc
      .array(term, { minLength: 1, maxLength: 3 })
      .chain(inputs =>
        fc.tuple(
          fc.constant(inputs),
          fc.shuffledSubarray([...new Set(inputs.join(''))]),
          fc.tuple(...letters.map(() => fc.integer({ min: 1, max: 4 }))),
        ),
      )
    fc.assert(
      fc.property(equations, ([inputs, output, sizes]) => {
        const lengths = Object.fromEntries(letters.map((letter, i) => [letter, sizes[i]!]))
        const operands = inputs.map((input, i) =>
          random(
            [...input].map(letter => lengths[letter]!),
            i,
          ),
        )
        const result = einsum(`${inputs.join(',')}->${output.join('')}`, ...operands)
        expect(result.shape).toEqual(output.map(letter => lengths[letter]))
        expectClose(result.toArray(), byDefinition(inputs, output.join(''), lengths, operands), 16)
      }),
      { numRuns: 300 },
    )
  })

  it('without an arrow keeps what occurs once, by the alphabet', () => {
    const [x, y] = [random([2, 3], 1), random([3, 4], 2)]
    expect(einsum('ba', x).shape).toEqual([3, 2])
    expect(einsum('zj, ja', x, y).shape).toEqual([4, 2])
  })

  it('copies an operand that it would return', () => {
    const x = random([2, 3], 1)
    const result = einsum('ij->ij', x)
    expect(result).not.toBe(x)
    expect(result.toArray()).toEqual(x.toArray())
  })

  it('batches are products one by one', () => {
    const [a, b] = [random([2, 3, 4, 5], 1), random([3, 5, 6], 2)]
    const product = matmul(a, b)
    expect(product.shape).toEqual([2, 3, 4, 6])
    for (const [i, j] of [
      [0, 0],
      [0, 2],
      [1, 1],
    ] as const) {
      const one = matmul(slice(a, i, j), slice(b, j))
      expect(slice(product, i, j).toArray()).toEqual(one.toArray())
    }
  })
})

describe('contractions refuse', () => {
  beforeEach(() => void useBackend('js'))
  const x = () => zeros([2, 3])

  it.each<[string, () => unknown, string]>([
    [
      'batches that do not fit',
      () => matmul(zeros([2, 3, 4]), zeros([3, 4, 5])),
      'expected batch axes that broadcast',
    ],
    ['both shapes unnamed', () => matmul(zeros([2, 3, 4]), zeros([3, 4, 5])), '[2, 3, 4] and [3, 4, 5]'],
    ['inner lengths that differ', () => matmul(zeros([2, 3, 4]), zeros([3, 5])), 'do not multiply'],
    [
      'sparse batches',
      () => matmul(zeros([2, 3, 4]), zeros([4, 5]), { sparse: true }),
      'rank 2 for a sparse',
    ],
    [
      'letters that are no axes',
      () => einsum('ijk->i', x()),
      'names 3 axes of operand 0 as ijk, whose shape is [2, 3]',
    ],
    [
      'one letter for two lengths',
      () => einsum('ij,jk->ik', x(), x()),
      'axes of lengths 3 and 2 j, of shapes [2, 3] and [2, 3]',
    ],
    ['a trace that is not square', () => einsum('ii->', x()), 'axes of lengths 2 and 3 i'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    ['no summation', () => einsum('ij>ji', x()), '"ij>ji" is not a summation'],
    ['two arrows', () => einsum('ij->j->i', x()), 'is not a summation'],
    ['an ellipsis', () => einsum('...i->i', x()), 'has an ellipsis'],
    ['a result from nowhere', () => einsum('ij->ik', x()), 'has k in the result, but in no operand'],
    ['a result twice', () => einsum('ij->ii', x()), 'names i twice in the result'],
    ['too few operands', () => einsum('ij,jk->ik', x()), 'is for 2 operands, got 1'],
    ['integers', () => einsum('ij->', zeros([2, 3], 'int32')), 'operands are float32'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})
