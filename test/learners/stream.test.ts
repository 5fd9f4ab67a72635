// The stream of images that both networks learn from.
import { expect, it } from 'vitest'
import { drawLesion } from '../../experiments/learners/lesion.ts'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { addPixelNoise } from '../../experiments/learners/pixelNoise.ts'
import { restartsOf } from '../../experiments/learners/restarts.ts'
import { SampleOrder } from '../../experiments/learners/sampleOrder.ts'
import { Tally } from '../../experiments/learners/tally.ts'
import { TestTally } from '../../experiments/learners/testTally.ts'

const labels = Uint8Array.from({ length: 200 }, (_, index) => index % 10)
const all = '1111111111'
const take = (order: SampleOrder, from: number, count: number) =>
  Array.from({ length: count }, (_, k) => order.at(from + k))

it('shows every image once in a pass, in another order each time, and the same whenever it is asked', () => {
  const order = new SampleOrder({ labels, seed: 1, classes: all })
  const first = take(order, 0, 200)
  const second = take(order, 200, 200)
  expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index))
  expect([...second].sort((a, b) => a - b)).toEqual([...first].sort((a, b) => a - b))
  expect(second).not.toEqual(first)
  expect(take(new SampleOrder({ labels, seed: 1, classes: all }), 200, 200)).toEqual(second)
  expect(take(order, 0, 200)).toEqual(first)
  expect(take(new SampleOrder({ labels, seed: 2, classes: all }), 0, 200)).not.toEqual(first)
})

it('goes through the parts one after another in the first pass alone', () => {
  const order = new SampleOrder({ labels, seed: 1, classes: all, parts: [50, 150] })
  expect(Math.max(...take(order, 0, 50))).toBe(49)
  expect(Math.min(...take(order, 50, 150))).toBe(50)
  expect(Math.max(...take(order, 200, 50))).toBeGreaterThan(49)
  expect(() => new SampleOrder({ labels, seed: 1, classes: all, parts: [50] })).toThrow(
    'are not the 200 images',
  )
})

it('holds only the classes chosen, and refuses none', () => {
  const order = new SampleOrder({ labels, seed: 1, classes: '0001000001' })
  expect(order.length).toBe(40)
  expect(new Set(take(order, 0, 80).map(place => labels[place]))).toEqual(new Set([3, 9]))
  expect(() => new SampleOrder({ labels, seed: 1, classes: '0000000000' })).toThrow('no training image')
})

it('adds noise of the deviation asked for, the same for an image whenever it comes', () => {
  const grey = new Uint8Array(784).fill(128)
  const noisy = (name: string, deviation: number) => {
    const into = new Uint8Array(784)
    addPixelNoise(grey, into, deviation, 1, name)
    return into
  }
  const once = noisy('train/1', 0.1)
  expect(noisy('train/1', 0.1)).toEqual(once)
  expect(noisy('train/2', 0.1)).not.toEqual(once)
  expect(noisy('train/1', 0)).toEqual(grey)
  const spread = Math.sqrt(once.reduce((total, value) => total + (value - 128) ** 2, 0) / 784)
  expect(spread).toBeGreaterThan(0.09 * 255)
  expect(spread).toBeLessThan(0.11 * 255)
})

it('draws lesions that hold the smaller ones', () => {
  const [none, some, more] = [0, 0.25, 0.75].map(share => drawLesion(40, share, 1, 'layer'))
  const count = (marks: Uint8Array) => marks.reduce((total, mark) => total + mark, 0)
  expect([none!, some!, more!].map(count)).toEqual([0, 10, 30])
  some!.forEach((mark, unit) => {
    if (mark === 1) expect(more![unit]).toBe(1)
  })
  expect(drawLesion(40, 0.25, 2, 'layer')).not.toEqual(some)
})

it('counts the answers of its window and forgets the others', () => {
  const tally = new Tally(3)
  expect(tally.accuracy).toBeNaN()
  for (const [label, predicted] of [
    [1, 1],
    [2, 2],
    [3, 4],
  ] as const)
    tally.add(label, predicted)
  expect(tally.accuracy).toBeCloseTo(2 / 3)
  tally.add(5, -1)
  expect(tally.accuracy).toBeCloseTo(1 / 3)
  tally.clear()
  expect(tally.accuracy).toBeNaN()
  tally.add(6, 6)
  expect(tally.accuracy).toBe(1)
})

it('counts each test image once, by its last answer, and forgets the oldest beyond the window', () => {
  const tally = new TestTally(3)
  expect(tally.accuracy).toBeNaN()
  const cells = () => [...tally.confusion].flatMap((count, cell) => new Array<number>(count).fill(cell))
  tally.add(0, 1, 1)
  tally.add(1, 2, 3)
  tally.add(0, 1, 4)
  expect([tally.images, tally.accuracy, cells()]).toEqual([2, 0, [14, 23]])
  tally.add(1, 2, 2)
  tally.add(2, 3, -1)
  expect([tally.images, cells()]).toEqual([3, [14, 22]])
  expect(tally.accuracy).toBeCloseTo(1 / 3)
  // The answer to image 0 is the oldest one by now.
  tally.add(3, 5, 5)
  expect([tally.images, cells()]).toEqual([3, [22, 55]])
  expect(tally.accuracy).toBeCloseTo(2 / 3)
  tally.clear()
  expect([tally.images, cells()]).toEqual([0, []])
})

it('knows which networks a change makes begin anew', () => {
  const after = (changes: Partial<typeof initialConfig>) =>
    restartsOf(initialConfig, { ...initialConfig, ...changes })
  expect(after({ learningRate: 0.1, tauMem: 50 })).toEqual({ mlp: false, brain: false })
  expect(after({ hidden1: 10 })).toEqual({ mlp: true, brain: false })
  expect(after({ neurons: 100 })).toEqual({ mlp: false, brain: true })
  expect(after({ seed: 2 })).toEqual({ mlp: true, brain: true })
})
