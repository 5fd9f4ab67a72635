// Tensors: how they are made and read, and what they say when they are misused.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  argmax,
  crossEntropy,
  currentBackend,
  DisposedError,
  full,
  gatherRows,
  InvalidArgumentError,
  matmul,
  max,
  mean,
  multiply,
  negate,
  ones,
  relu,
  reshape,
  ShapeError,
  softmax,
  sum,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'

beforeEach(() => void useBackend('js'))

const numbers = (x: Tensor) => [...x.toArray()]

describe('making tensors', () => {
  it('takes the shape of nested arrays', () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ])
    expect(x.shape).toEqual([1, 3, 2])
    expect([x.dtype, x.size, numbers(x)]).toEqual(['float32', 6, [1, 2, 3, 4, 5, 6]])
    expect(tensor(7).shape).toEqual([])
    expect(tensor(7).item()).toBe(7)
  })

  it('takes the type of typed arrays, unless told otherwise', () => {
    expect(tensor(Int32Array.of(1, 2)).dtype).toBe('int32')
    expect(tensor(Uint8Array.of(1, 2)).dtype).toBe('uint8')
    expect(tensor(Float32Array.of(1, 2), [2, 1]).shape).toEqual([2, 1])
    expect(tensor([1, 2], [2], 'int32').toArray()).toEqual(Int32Array.of(1, 2))
  })

  it('fills', () => {
    expect(numbers(zeros([2, 2]))).toEqual([0, 0, 0, 0])
    expect(numbers(ones([3], 'uint8'))).toEqual([1, 1, 1])
    expect(numbers(full([2], -2.5))).toEqual([-2.5, -2.5])
  })

  it('copies: neither the source nor a read-out is tied to the tensor', () => {
    const source = Float32Array.of(1, 2)
    const x = tensor(source)
    source[0] = 9
    x.toArray()[1] = 9
    expect(numbers(x)).toEqual([1, 2])
    expect(numbers(x.write([5, 6]))).toEqual([5, 6])
  })

  it.each<[string, () => unknown, string]>([
    ['ragged arrays', () => tensor([[1, 2], [3]]), 'ragged: entries of shapes [2] and [1]'],
    ['numbers beside arrays', () => tensor([1, [2]]), 'ragged: entries of shapes [] and [1]'],
    [
      'a shape that is not filled',
      () => tensor([1, 2, 3], [2, 2]),
      'shape [2, 2] has 4 entries, got 3 numbers',
    ],
    ['no numbers', () => tensor([]), 'positive integer, got [0]'],
    ['a length of 0', () => zeros([2, 0]), 'positive integer, got [2, 0]'],
    ['half a length', () => ones([1.5]), 'positive integer, got [1.5]'],
    ['too few values', () => zeros([2, 2]).write([1]), 'shape [2, 2] takes 4 values, got 1'],
    ['one entry of several', () => zeros([3]).item(), 'shape [3] has 3 entries, not one'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(ShapeError)
    expect(make).toThrow(message)
  })
})

describe('a disposed tensor', () => {
  it('gives its memory back, once', () => {
    const { arena } = currentBackend()
    const before = arena.bytesInUse
    const x = zeros([100])
    expect(arena.bytesInUse).toBeGreaterThan(before)
    x.dispose()
    x.dispose()
    expect(x.disposed).toBe(true)
    expect(arena.bytesInUse).toBe(before)
  })

  it('says so when it is read or used, naming operation and shape', () => {
    const x = zeros([2, 3])
    x.dispose()
    expect(() => x.toArray()).toThrow(DisposedError)
    expect(() => x.item()).toThrow(ShapeError)
    for (const [name, use] of [
      ['add', () => add(zeros([2, 3]), x)],
      ['relu', () => relu(x)],
      ['matmul', () => matmul(x, zeros([3, 2]))],
      ['sum', () => sum(x)],
      ['argmax', () => argmax(x)],
    ] as const) {
      expect(use).toThrow(DisposedError)
      expect(use).toThrow(`${name}: the operand of shape [2, 3] was disposed`)
    }
  })
})

describe('shape errors name the operation and both shapes', () => {
  const [a, b] = [() => zeros([2, 3]), () => zeros([4, 5])]
  it.each<[string, () => unknown, string]>([
    ['add', () => add(a(), b()), 'add: shapes [2, 3] and [4, 5] do not broadcast'],
    ['matmul', () => matmul(a(), b()), 'matmul: shapes [2, 3] and [4, 5] do not multiply'],
    [
      'matmul with a transpose',
      () => matmul(a(), b(), { transposeB: true }),
      'shapes [2, 3] and [4, 5] transposed do not multiply',
    ],
    ['matmul of a vector', () => matmul(zeros([3]), b()), 'matmul: shapes [3] and [4, 5]'],
    ['reshape', () => reshape(a(), [4]), 'reshape: shape [2, 3] has 6 entries, [4] has 4'],
    [
      'crossEntropy',
      () => crossEntropy(a(), zeros([3], 'int32')),
      'expected logits [n, classes] and labels [n], got [2, 3] and [3]',
    ],
    ['softmax of a scalar', () => softmax(tensor(1)), 'softmax: expected rank 1 or more'],
    ['argmax of a scalar', () => argmax(tensor(1)), 'argmax: expected rank 1 or more'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })
})

describe('values that make no sense are refused', () => {
  const int = (...values: number[]) => tensor(Int32Array.of(...values))
  it.each<[string, () => unknown, string]>([
    ['a label too large', () => crossEntropy(zeros([2, 3]), int(0, 3)), 'from 0 to 2, got 3 at position 1'],
    ['a negative label', () => crossEntropy(zeros([2, 3]), int(-1, 0)), 'from 0 to 2, got -1 at position 0'],
    ['float labels', () => crossEntropy(zeros([2, 3]), zeros([2])), 'labels are int32, got float32'],
    ['a row that is not there', () => gatherRows(zeros([2, 3]), int(2)), 'from 0 to 1, got 2 at position 0'],
    ['integers in arithmetic', () => add(zeros([2]), int(1, 2)), 'operands are float32, got int32'],
    ['an axis too many', () => sum(zeros([2, 3]), 2), 'sum: axis 2 does not exist in a tensor of rank 2'],
    ['an axis twice', () => mean(zeros([2, 3]), [1, -1]), 'axes [1, -1] name one axis twice'],
    [
      'sparse with a transposed right side',
      () => matmul(zeros([2, 3]), zeros([4, 3]), { sparse: true, transposeB: true }),
      'needs a right operand that is not transposed',
    ],
    [
      'two backends',
      () => {
        const x = zeros([2])
        useBackend('js')
        return add(x, zeros([2]))
      },
      'operands live in different backends',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})

describe('what operations compute', () => {
  const x = () =>
    tensor([
      [3, -1, 2],
      [0, 5, 5],
    ])

  it('broadcasts like the index arithmetic says', () => {
    const [a, b] = [
      tensor(
        Float32Array.from({ length: 24 }, (_, i) => i),
        [2, 1, 3, 4],
      ),
      tensor([[10], [20]]),
    ]
    const left = reshape(a, [2, 1, 3, 4])
    const result = add(left, reshape(b, [2, 1, 1]))
    expect(result.shape).toEqual([2, 2, 3, 4])
    const expected = Array.from({ length: 48 }, (_, index) => {
      const [outer, middle, inner] = [Math.floor(index / 24), Math.floor(index / 12) % 2, index % 12]
      return outer * 12 + inner + 10 * (middle + 1)
    })
    expect(numbers(result)).toEqual(expected)
  })

  it('reduces', () => {
    expect(sum(x()).item()).toBe(14)
    expect(numbers(sum(x(), 0))).toEqual([3, 4, 7])
    expect(numbers(mean(x(), 1))).toEqual([4 / 3, 10 / 3].map(Math.fround))
    expect(max(x(), -1, { keepDimensions: true }).shape).toEqual([2, 1])
    expect(numbers(max(x(), -1))).toEqual([3, 5])
    expect(max(x(), [0, 1]).item()).toBe(5)
    expect(argmax(x()).toArray()).toEqual(Int32Array.of(0, 1))
  })

  it('multiplies matrices and gathers rows', () => {
    expect(numbers(matmul(x(), tensor([[1], [2], [3]])))).toEqual([7, 25])
    expect(numbers(gatherRows(x(), tensor(Int32Array.of(1, 1, 0))))).toEqual([0, 5, 5, 0, 5, 5, 3, -1, 2])
    expect(numbers(multiply(x(), negate(x())))).toEqual([-9, -1, -4, -0, -25, -25])
  })

  it('takes the cross-entropy as the mean of -log softmax', () => {
    const labels = tensor(Int32Array.of(2, 0))
    const rows = [
      [3, -1, 2],
      [0, 5, 5],
    ] as const
    const loss = (row: readonly number[], label: number) =>
      Math.log(row.reduce((total, value) => total + Math.exp(value), 0)) - row[label]!
    expect(crossEntropy(x(), labels).item()).toBeCloseTo((loss(rows[0], 2) + loss(rows[1], 0)) / 2, 6)
  })
})
