// Cases for the kernels of the simulator and its random numbers: sizes off every block, ties, bounds.
import type { Address, Backend } from '../../../src/backend/backend.ts'
import {
  floats,
  integers,
  type KernelCase,
  readFloats,
  readIntegers,
  reserve,
  upload,
} from '../kernelCase.ts'

const sizes = [1, 3, 4, 5, 15, 16, 17, 33, 64, 100]

/** Ascending distinct indices below `bound`. */
function spikeList(bound: number, share: number, salt: number): Int32Array {
  const draws = floats(bound, salt, 0, 1)
  return Int32Array.from({ length: bound }, (_, index) => index).filter(index => draws[index]! < share)
}

/** A synapse kernel on `rows` x `columns` weights, for few and many spikes of either side. */
function synapseCases(
  side: 'pre' | 'post',
  run: (backend: Backend, c: SynapseCase) => readonly (Float32Array | Int32Array)[],
): readonly KernelCase[] {
  return [1, 3, 4, 6, 17, 64].flatMap(columns =>
    [0, 0.1, 0.5, 1].map(share => ({
      label: `9 x ${columns}, ${share * 100} % of them spike`,
      run: (backend: Backend) => {
        const rows = 9
        const list = spikeList(side === 'pre' ? rows : columns, share, columns)
        return run(backend, {
          rows,
          columns,
          weights: upload(backend, floats(rows * columns, 1, 0, 1)),
          spikes: upload(backend, list),
          count: list.length,
          target: upload(backend, floats(columns, 2)),
        })
      },
    })),
  )
}

interface SynapseCase {
  readonly rows: number
  readonly columns: number
  readonly weights: Address
  readonly spikes: Address
  readonly count: number
  readonly target: Address
}

const weightsAndTarget = (backend: Backend, { weights, rows, columns, target }: SynapseCase) => [
  readFloats(backend, weights, rows * columns),
  readFloats(backend, target, columns),
]

const propagateDense = synapseCases('pre', (backend, c) => {
  backend.kernels.propagateDense(c.weights, c.columns, c.spikes, c.count, c.target)
  return weightsAndTarget(backend, c)
})

const propagateDenseDepressing = synapseCases('pre', (backend, c) => {
  const trace = upload(backend, floats(c.columns, 3, 0, 1))
  backend.kernels.propagateDenseDepressing(
    c.weights,
    c.columns,
    c.spikes,
    c.count,
    c.target,
    trace,
    0.3,
    0.05,
  )
  return weightsAndTarget(backend, c)
})

const potentiateColumns = synapseCases('post', (backend, c) => {
  const trace = upload(
    backend,
    floats(c.rows, 3, 0, 1).map((x, k) => (k % 3 === 0 ? 0 : x)),
  )
  const factor = upload(backend, floats(c.columns, 4, 0, 1))
  backend.kernels.potentiateColumns(
    ...[c.weights, c.rows, c.columns, c.spikes, c.count, trace, factor, 0.7, 0.95],
  )
  return weightsAndTarget(backend, c)
})

const normaliseColumns = synapseCases('pre', (backend, c) => {
  const { kernels, memory, arena } = backend
  // The last column is without weights.
  for (let k = 0; k < c.rows; k++) memory.float32[(c.weights >>> 2) + k * c.columns + c.columns - 1] = 0
  kernels.normaliseColumns(c.weights, c.rows, c.columns, 78, arena.scratch(4 * c.columns))
  return weightsAndTarget(backend, c)
})

const propagateOneToOne = synapseCases('post', (backend, c) => {
  backend.kernels.propagateOneToOne(c.spikes, c.count, c.target, 10.4)
  return weightsAndTarget(backend, c)
})

const propagateAllButOwn = synapseCases('post', (backend, c) => {
  const scratch = reserve(backend, Math.max(c.count, 1))
  backend.kernels.propagateAllButOwn(c.spikes, c.count, c.target, c.columns, 17.3, scratch)
  return weightsAndTarget(backend, c)
})

const resetNeurons = synapseCases('post', (backend, c) => {
  const refractory = upload(backend, integers(c.columns, 5, 9))
  backend.kernels.resetNeurons(c.spikes, c.count, c.target, refractory, -65.1, 7)
  return [...weightsAndTarget(backend, c), readIntegers(backend, refractory, c.columns)]
})

const setAt = synapseCases('post', (backend, c) => {
  backend.kernels.setAt(c.spikes, c.count, c.target, 0.1)
  return weightsAndTarget(backend, c)
})

const addAt = synapseCases('post', (backend, c) => {
  backend.kernels.addAt(c.spikes, c.count, c.target, 0.1)
  return weightsAndTarget(backend, c)
})

const randomWords: readonly KernelCase[] = [
  [0, 0, 0, 0, 0],
  [0xffffffff, 1, 2, 0xdeadbeef, 0xcafebabe],
  [12345, 0x80000000, 0xffffffff, 7, 0],
].map(([counter0, counter1, counter2, key0, key1]) => ({
  label: `counter ${counter0}, ${counter1}, ${counter2}, key ${key0}, ${key1}`,
  run: backend => {
    const out = reserve(backend, 20)
    backend.kernels.randomWords(out, 5, counter0!, counter1!, counter2!, key0!, key1!)
    return [readIntegers(backend, out, 20)]
  },
}))

const randomUniform: readonly KernelCase[] = sizes.map(n => ({
  label: `${n} draws`,
  run: backend => {
    const out = reserve(backend, n)
    backend.kernels.randomUniform(out, n, 0xdeadbeef, n, -0.3, 0.7)
    return [readFloats(backend, out, n)]
  },
}))

/** Sources that never fire, seldom, often and always. */
const bernoulliSpikes: readonly KernelCase[] = [1, 7, 40].flatMap(sources =>
  [1, 50, 700].map(steps => ({
    label: `${sources} sources, ${steps} steps`,
    run: (backend: Backend) => {
      const scales = Float32Array.from(
        { length: sources },
        (_, k) => [Number.POSITIVE_INFINITY, 0, 1.4, 30, 2000][k % 5]!,
      )
      const offsets = reserve(backend, steps + 1)
      const indices = reserve(backend, sources * steps)
      const scratch = reserve(backend, 2 * sources * steps)
      const count = backend.kernels.bernoulliSpikes(
        ...[upload(backend, scales), sources, steps, offsets, indices, scratch, 0xdeadbeef, 0x12345678, 3e9],
      )
      return [readIntegers(backend, offsets, steps + 1), readIntegers(backend, indices, count)]
    },
  })),
)

/** Every kernel of the simulator; one that is missing here does not compile in the test that walks them. */
export const simulationCases = {
  randomWords,
  randomUniform,
  resetNeurons,
  propagateDense,
  propagateDenseDepressing,
  propagateOneToOne,
  propagateAllButOwn,
  potentiateColumns,
  normaliseColumns,
  setAt,
  addAt,
  bernoulliSpikes,
}
