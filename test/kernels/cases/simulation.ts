// Cases for the kernels of the simulator and its random numbers: sizes off every block, ties, bounds, faded values.
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

/** Values of which some have all but faded, so that one more decay flushes them. */
function fading(count: number, salt: number): Float32Array {
  return floats(count, salt).map((x, i) => [x, x * 1e-12, x * 1e-30, 0, -0, x * 1e-42][i % 6]!)
}

/** Several steps of a neuron kernel; the outputs are every state after them and the spikes of each. */
function neuronCase(
  label: string,
  n: number,
  state: readonly Float32Array[],
  refractory: Int32Array,
  step: (backend: Backend, state: readonly Address[], refractory: Address, spikes: Address) => number,
): KernelCase {
  return {
    label,
    run: backend => {
      const addresses = state.map(values => upload(backend, values))
      const held = upload(backend, refractory)
      const spikes = reserve(backend, n)
      const fired: number[] = []
      for (let s = 0; s < 12; s++) {
        const count = step(backend, addresses, held, spikes)
        fired.push(count, ...readIntegers(backend, spikes, count))
        backend.kernels.resetNeurons(spikes, count, addresses[0]!, held, -65, 3)
      }
      return [
        ...addresses.map(address => readFloats(backend, address, n)),
        readIntegers(backend, held, n),
        Int32Array.from(fired),
      ]
    },
  }
}

const currentLifStep: readonly KernelCase[] = sizes.map(n =>
  neuronCase(
    `${n} neurons, 12 steps`,
    n,
    [floats(n, 1, -70, -49), fading(n, 2).map(x => x * 5)],
    integers(n, 3, 3),
    ({ kernels }, [v, i], refractory, spikes) =>
      kernels.currentLifStep(v!, i!, refractory, spikes, n, 0.97, -64.5, 90.1, 0.88, -50.2),
  ),
)

type Quiet = 'all' | 'some' | 'none'

/** Conductance neurons of which all, some or no blocks have input. */
function conductanceCase(n: number, quiet: Quiet): KernelCase {
  const withInput = (x: number, i: number) =>
    quiet === 'none' || (quiet === 'some' && Math.floor(i / 16) % 2 === 0) ? Math.abs(x) * 20 : 0
  const held = integers(n, 3, 4).map((steps, i) => (i % 40 < 8 ? steps : 0))
  return neuronCase(
    `${n} neurons, 12 steps, without input: ${quiet}`,
    n,
    [floats(n, 1, -80, -49), fading(n, 2).map(withInput), fading(n, 4).map(withInput), floats(n, 5, 0, 2)],
    held,
    ({ kernels }, [v, gExc, gInh, theta], refractory, spikes) =>
      kernels.conductanceLifStep(
        ...[v!, gExc!, gInh!, theta!, refractory, spikes, n, -0.325, 0.01, -0.5, 0.005],
        ...[0.6065, 0.7788, -52],
      ),
  )
}

const conductanceLifStep: readonly KernelCase[] = sizes.flatMap(n =>
  (['all', 'some', 'none'] as const).map(quiet => conductanceCase(n, quiet)),
)

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

const decay: readonly KernelCase[] = sizes.map(n => ({
  label: `${n} values, faded ones among them`,
  run: backend => {
    const x = upload(backend, fading(n, n))
    backend.kernels.decay(x, n, 0.9)
    return [readFloats(backend, x, n)]
  },
}))

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
  currentLifStep,
  conductanceLifStep,
  resetNeurons,
  propagateDense,
  propagateDenseDepressing,
  propagateOneToOne,
  propagateAllButOwn,
  potentiateColumns,
  normaliseColumns,
  decay,
  setAt,
  addAt,
  bernoulliSpikes,
}
