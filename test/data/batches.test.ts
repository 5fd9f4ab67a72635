// Batches of inputs and targets of any kind, and of images: short last ones left out, and what is refused.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type BatchOptions,
  batches,
  currentBackend,
  ImageSet,
  InvalidArgumentError,
  ShapeError,
  type Tensor,
  tensor,
  useBackend,
} from '../../src/index.ts'

beforeEach(() => void useBackend('js'))

const x = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [8, 9],
]
const classes = Int32Array.of(0, 1, 2, 3, 4)
const set = () =>
  new ImageSet({ images: new Uint8Array(20), labels: Uint8Array.from(classes), rows: 2, columns: 2 })

describe('batches of inputs and targets', () => {
  it.each<[string, Parameters<typeof batches>[0] | number[][] | Float32Array | (() => Tensor)]>([
    ['nested arrays', x],
    ['a typed array', Float32Array.from(x.flat())],
    ['a tensor', () => tensor(x)],
  ])('of %s give every example once, with its target', (_, given) => {
    const inputs = (typeof given === 'function' ? given() : given) as Tensor
    const seen: number[] = []
    for (const batch of batches(inputs, classes, { batchSize: 2, seed: 1 })) {
      const places = [...batch.indices]
      expect([...batch.targets.toArray()]).toEqual(places)
      expect(batch.targets.dtype).toBe('int32')
      expect([...batch.inputs.toArray()]).toEqual(places.flatMap(place => x[place]!))
      seen.push(...places)
    }
    expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  it('come in the order of images of the same seed and epoch', () => {
    const options = { batchSize: 2, seed: 4, epoch: 3, limit: 4 }
    const orderOf = (all: Iterable<{ readonly indices: Int32Array }>) =>
      Array.from(all, ({ indices }) => [...indices])
    expect(orderOf(batches(x, classes, options))).toEqual(orderOf(batches(set(), options)))
    expect(
      orderOf(batches(x, classes, options))
        .flat()
        .toSorted(),
    ).toEqual([0, 1, 2, 3])
  })

  it('free what they copied when the loop is done, left, or never begun', () => {
    const { arena } = currentBackend()
    const before = arena.allocations
    for (const { inputs } of batches(x, classes, { batchSize: 2, shuffle: false })) {
      expect(inputs.disposed).toBe(false)
    }
    for (const _ of batches(x, classes, { batchSize: 2, shuffle: false })) break
    batches(x, classes, { batchSize: 2, shuffle: false }).return()
    expect(() => [...batches(x, [1, 2], { batchSize: 2, shuffle: false })]).toThrow(ShapeError)
    expect(arena.allocations).toBe(before)
  })

  it('leave tensors that were given', () => {
    const [inputs, targets] = [tensor(x), tensor(x)]
    for (const batch of batches(inputs, targets, { batchSize: 5, shuffle: false })) {
      expect(batch.targets.toArray()).toEqual(targets.toArray())
    }
    expect([inputs.disposed, targets.disposed]).toEqual([false, false])
  })
})

describe('a short last batch', () => {
  it.each<[string, (options: BatchOptions) => Iterable<{ readonly indices: Int32Array }>]>([
    ['images', options => batches(set(), options)],
    ['inputs and targets', options => batches(x, classes, options)],
  ])('of %s is left out when asked for', (_, make) => {
    const lengths = (options: BatchOptions) => Array.from(make(options), ({ indices }) => indices.length)
    expect(lengths({ batchSize: 2, seed: 1 })).toEqual([2, 2, 1])
    expect(lengths({ batchSize: 2, seed: 1, dropLast: true })).toEqual([2, 2])
    expect(lengths({ batchSize: 2, seed: 1, limit: 4, dropLast: true })).toEqual([2, 2])
    expect(() => lengths({ batchSize: 6, seed: 1, dropLast: true })).toThrow(
      'batches: with dropLast, 5 examples make no batch of 6',
    )
  })
})

describe('batches refuse at once', () => {
  const options = { batchSize: 2, seed: 1 }
  it.each<[string, () => unknown]>([
    ['an object', () => batches({} as ImageSet, options)],
    ['nothing', () => batches(undefined as never, options)],
    ['inputs without targets', () => batches(x as never, options)],
    ['no options', () => batches(x, classes, undefined as never)],
    ['a batch of none', () => batches(x, classes, { batchSize: 0, seed: 1 })],
    ['no seed', () => batches(x, classes, { batchSize: 1 })],
  ])('%s', (_, run) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(/^batches: /)
  })
})
