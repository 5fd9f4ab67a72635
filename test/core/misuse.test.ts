// Ordinary mistakes, of the kind that types catch and plain JavaScript does not: each gets an error that says what was expected.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  averagePool2d,
  cast,
  concat,
  conv2d,
  crossEntropy,
  cumulativeSum,
  DisposedError,
  diagonal,
  einsum,
  expandDims,
  full,
  gatherRows,
  InvalidArgumentError,
  logSoftmax,
  logSumExp,
  max,
  maxPool2d,
  meanSquaredError,
  norm,
  ones,
  pad,
  relu,
  reshape,
  ShapeError,
  slice,
  squeeze,
  stack,
  sum,
  type Tensor,
  tensor,
  transpose,
  useBackend,
  valueAndGradients,
  variance,
  zeros,
} from '../../src/index.ts'

beforeEach(() => void useBackend('js'))

/** A value that its type does not admit. */
const wrong = (value: unknown) => value as never
const x = () => tensor([[1, 2, 3]])
const images = () => zeros([1, 1, 4, 4])

describe('what is no tensor', () => {
  it.each<[string, (value: never) => unknown, string]>([
    ['add', value => add(x(), value), ' as operand 2'],
    ['add', value => add(value, x()), ' as operand 1'],
    ['relu', relu, ''],
    ['sum', sum, ''],
    ['max', max, ''],
    ['variance', variance, ''],
    ['norm', norm, ''],
    ['cumulativeSum', cumulativeSum, ''],
    ['logSumExp', logSumExp, ''],
    ['logSoftmax', logSoftmax, ''],
    ['transpose', transpose, ''],
    ['slice', value => slice(value, 0), ''],
    ['diagonal', diagonal, ''],
    ['squeeze', squeeze, ''],
    ['expandDims', value => expandDims(value, 0), ''],
    ['reshape', value => reshape(value, [1]), ''],
    ['cast', value => cast(value, 'int32'), ''],
    ['pad', value => pad(value, 1), ''],
    ['concat', value => concat([x(), value]), ' as operand 2'],
    ['stack', value => stack([value]), ''],
    ['gatherRows', value => gatherRows(x(), value), ' as operand 2'],
    ['crossEntropy', value => crossEntropy(x(), value), ' as operand 2'],
    ['meanSquaredError', value => meanSquaredError(value, x()), ' as operand 1'],
    ['einsum', value => einsum('i->i', value), ''],
    ['conv2d', value => conv2d(images(), value), ' as operand 2'],
    ['maxPool2d', value => maxPool2d(value, { size: 2 }), ''],
    ['valueAndGradients', value => valueAndGradients(() => sum(x()), [value]), ''],
  ])('%s names it', (operation, run, place) => {
    for (const [value, got] of [
      [1, 'the number 1'],
      [[1, 2], 'an array'],
      [undefined, 'nothing'],
      [null, 'null'],
      ['x', '"x"'],
      [Promise.resolve(), 'a promise'],
      [Float32Array.of(1), 'an object (Float32Array)'],
    ]) {
      expect(() => run(wrong(value))).toThrow(InvalidArgumentError)
      expect(() => run(wrong(value))).toThrow(`${operation}: expected a tensor${place}, got ${got}`)
    }
  })
})

describe('freed operands', () => {
  it.each<[string, (freed: Tensor) => unknown]>([
    ['crossEntropy', freed => crossEntropy(x(), freed)],
    ['gatherRows', freed => gatherRows(x(), freed)],
    ['einsum', freed => einsum('ij->', freed)],
    ['meanSquaredError', freed => meanSquaredError(freed, freed)],
    ['slice', freed => slice(freed, 0)],
    ['concat', freed => concat([freed])],
  ])('%s says that they were, before it looks at them', (operation, run) => {
    const freed = tensor(Int32Array.of(0))
    freed.dispose()
    expect(() => run(freed)).toThrow(DisposedError)
    expect(() => run(freed)).toThrow(`${operation}: the operand of shape [1] was disposed`)
  })
})

describe('arguments of another kind', () => {
  it.each<[string, () => unknown, string]>([
    [
      'text as data',
      () => tensor(wrong('a')),
      'tensor: expected a number, nested arrays of numbers or a typed array, got "a"',
    ],
    ['a hole in the data', () => tensor(wrong([1, undefined])), 'got nothing after 1 numbers'],
    ['no data', () => tensor(wrong(undefined)), 'tensor: expected a number'],
    [
      'numbers of 64 bits',
      () => tensor(wrong(Float64Array.of(1))),
      'tensor: a typed array is a Float32Array',
    ],
    [
      'a type that is none',
      () => zeros([2], wrong('float64')),
      'zeros: a type is one of float32, int32, uint8, got "float64"',
    ],
    ['a type that is none of data', () => tensor([1], [1], wrong('int8')), 'tensor: a type is one of'],
    ['a fraction in integers', () => full([2], 0.5, 'int32'), 'full: entries of int32 are integers'],
    [
      'a byte that is none',
      () => full([2], 256, 'uint8'),
      'full: entries of uint8 are integers from 0 to 255, got 256',
    ],
    [
      'a NaN written',
      () => zeros([2], 'int32').write([1, Number.NaN]),
      'write: entries of int32 are integers',
    ],
    ['an int32 too large', () => zeros([1], 'int32').write([2 ** 31]), 'got 2147483648 at position 0'],
    ['a border that is none', () => pad(zeros([2], 'int32'), 1, 0.5), 'pad: entries of int32 are integers'],
    [
      'an async function',
      () =>
        valueAndGradients(
          wrong(async () => sum(x())),
          [],
        ),
      'returns a loss, which is a tensor, at once; got a promise',
    ],
    [
      'a function without result',
      () =>
        valueAndGradients(
          wrong(() => undefined),
          [],
        ),
      'got nothing',
    ],
    [
      'no parameters',
      () => valueAndGradients(() => sum(x()), wrong(undefined)),
      'the parameters are an array of tensors, got nothing',
    ],
    [
      'a tensor for tensors',
      () => concat(wrong(x())),
      'concat: expected an array of tensors, got an object (Tensor)',
    ],
    [
      'no size',
      () => maxPool2d(images(), wrong({})),
      'maxPool2d: size is an integer of at least 1, or two for rows and columns, got undefined',
    ],
    ['no options', () => averagePool2d(images(), wrong(undefined)), 'averagePool2d: size is'],
    [
      'no padding',
      () => conv2d(images(), ones([1, 1, 2, 2]), undefined, wrong({ padding: null })),
      'conv2d: padding is an integer of at least 0',
    ],
    [
      'a word for padding',
      () => conv2d(images(), ones([1, 1, 2, 2]), undefined, wrong({ padding: 'valid' })),
      `conv2d: padding is numbers or 'same', got "valid"`,
    ],
    [
      'text as selection',
      () => slice(x(), wrong('x')),
      'slice: a selection is a number, \'all\' or a range { from, to, step }, got "x"',
    ],
    ['no selection', () => slice(x(), wrong(null)), 'slice: a selection is'],
    ['text as axis', () => sum(x(), wrong('x')), 'sum: axis x does not exist in a tensor of rank 2'],
    [
      'an axis before the first',
      () => transpose(x(), [-3, 0]),
      'transpose: axis -3 does not exist in a tensor of rank 2',
    ],
    ['one axis of two', () => transpose(x(), wrong(1)), 'transpose: axes name each of the 2 axes'],
    [
      'an equation that is none',
      () => einsum(wrong(x()), x()),
      'einsum: the equation is text, got an object (Tensor)',
    ],
    [
      'integers to sum over',
      () => einsum('i->', zeros([2], 'int32')),
      'einsum: operands are float32, got int32 of shape [2]',
    ],
    [
      'integers to transpose',
      () => einsum('ij->ji', zeros([2, 3], 'int32')),
      'einsum: operands are float32, got int32 of shape [2, 3]',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    [
      'no shape',
      () => zeros(wrong(undefined)),
      'zeros: a shape is an array of positive integers, got nothing',
    ],
    [
      'a number for a shape',
      () => tensor([1, 2], wrong(2)),
      'tensor: a shape is an array of positive integers, got the number 2',
    ],
    [
      'a number to reshape to',
      () => reshape(x(), wrong(3)),
      'reshape: a shape is an array of positive integers, got the number 3',
    ],
    [
      'two lengths left over',
      () => reshape(x(), [-1, -1]),
      'reshape: every length of a shape is a positive integer, got [-1]',
    ],
    [
      'a length left over that is none',
      () => reshape(x(), [2, -1]),
      'reshape: shape [1, 3] has 3 entries, [2, -1] does not divide them',
    ],
    [
      'no widths',
      () => pad(x(), wrong(undefined)),
      'pad: expected a width for each of the 2 axes of shape [1, 3], got none',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })
})

describe('windows too large to count', () => {
  const most = 2 ** 31 - 1
  it.each<[string, () => unknown, string]>([
    [
      'a stride',
      () => conv2d(images(), ones([1, 1, 2, 2]), undefined, { stride: 2 ** 31 }),
      `conv2d: stride is at most ${most}, got 2147483648`,
    ],
    [
      'a dilation',
      () => conv2d(images(), ones([1, 1, 2, 2]), undefined, { dilation: [1, 2 ** 40] }),
      'conv2d: dilation is at most',
    ],
    ['a window', () => maxPool2d(images(), { size: 2 ** 32 + 2, padding: 1 }), 'maxPool2d: size is at most'],
    [
      'a padding',
      () => averagePool2d(images(), { size: 2 ** 31 - 1, padding: 2 ** 30 }),
      'averagePool2d: windows over a padded image span at most',
    ],
    [
      'a reach',
      () => conv2d(images(), ones([1, 1, 3, 3]), undefined, { dilation: most, padding: 'same' }),
      `conv2d: windows over a padded image span at most ${most}`,
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})
