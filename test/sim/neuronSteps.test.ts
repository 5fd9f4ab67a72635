// The steps of neurons: the same bits on every backend, whatever a block of neurons receives, and the equations they solve.
import { describe, expect, it } from 'vitest'
import { decay } from '../../sim/decay.ts'
import { conductanceLifStep } from '../../sim/neurons/conductanceLif.ts'
import { currentLifStep } from '../../sim/neurons/currentLif.ts'
import type { Address, Backend } from '../../src/backend/backend.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { compiled } from '../../src/compile/compiled.ts'
import {
  floats,
  integers,
  type NumericArray,
  readFloats,
  readIntegers,
  reserve,
  upload,
} from '../kernels/kernelCase.ts'
import { expectSameBits } from '../kernels/kernelTable.ts'

const sizes = [1, 3, 4, 5, 15, 16, 17, 33, 64, 100]
const others = availableBackends().filter(name => name !== 'js')

/** Values of which some have all but faded, so that one more decay flushes them. */
function fading(count: number, salt: number): Float32Array {
  return floats(count, salt).map((x, i) => [x, x * 1e-12, x * 1e-30, 0, -0, x * 1e-42][i % 6]!)
}

type Step = (state: readonly Address[], refractory: Address, spikes: Address) => number

/** Twelve steps: every state after them, and the spikes of each. */
function trajectory(
  backend: Backend,
  state: readonly Float32Array[],
  refractory: Int32Array,
  step: Step,
): readonly NumericArray[] {
  const n = refractory.length
  const addresses = state.map(values => upload(backend, values))
  const held = upload(backend, refractory)
  const spikes = reserve(backend, n)
  const fired: number[] = []
  for (let s = 0; s < 12; s++) {
    const count = step(addresses, held, spikes)
    fired.push(count, ...readIntegers(backend, spikes, count))
    backend.kernels.resetNeurons(spikes, count, addresses[0]!, held, -65, 3)
  }
  return [
    ...addresses.map(address => readFloats(backend, address, n)),
    readIntegers(backend, held, n),
    Int32Array.from(fired),
  ]
}

/** The trajectory on every other backend against that on js. */
function expectSameEverywhere(run: (backend: Backend) => readonly NumericArray[], fires: boolean): void {
  const expected = run(createBackend('js'))
  if (fires) expect(expected.at(-1)!.length).toBeGreaterThan(12)
  expect(others.length).toBeGreaterThan(0)
  for (const name of others) {
    for (const [i, array] of run(createBackend(name)).entries()) expectSameBits(array, expected[i]!)
  }
}

describe.each(sizes)('%i neurons', n => {
  it('with current synapses take the same steps on every backend', () => {
    const constants = { vDecay: 0.97, rest: -64.5, gain: 90.1, iDecay: 0.88, threshold: -50.2 }
    const current = fading(n, 2).map(x => x * 5)
    expectSameEverywhere(backend => {
      const { run } = compiled(currentLifStep(constants), backend)
      return trajectory(
        backend,
        [floats(n, 1, -70, -49), current],
        integers(n, 3, 3),
        ([v, i], refractory, spikes) => run(n, v!, i!, refractory, spikes),
      )
    }, n >= 64)
  })

  // Blocks without input, and without refractory neurons, are computed by shorter programs.
  it.each(['all', 'some', 'none'] as const)('with conductances, %s of them silent, likewise', quiet => {
    const withInput = (x: number, i: number) =>
      quiet === 'none' || (quiet === 'some' && Math.floor(i / 16) % 2 === 0) ? Math.abs(x) * 20 : 0
    const state = [
      floats(n, 1, -80, -49),
      fading(n, 2).map(withInput),
      fading(n, 4).map(withInput),
      floats(n, 5, 0, 2),
    ]
    const held = integers(n, 3, 4).map((steps, i) => (i % 40 < 8 ? steps : 0))
    const constants = {
      ...{ leakDrive: -0.325, excDrive: 0.01, inhDrive: -0.5, rate: 0.005 },
      ...{ excDecay: 0.6065, inhDecay: 0.7788, threshold: -52 },
    }
    expectSameEverywhere(backend => {
      const { run } = compiled(conductanceLifStep(constants), backend)
      return trajectory(backend, state, held, ([v, gExc, gInh, theta], refractory, spikes) =>
        run(n, v!, gExc!, gInh!, theta!, refractory, spikes),
      )
    }, n >= 64)
  })

  it('fade alike', () => {
    expectSameEverywhere(backend => {
      const x = upload(backend, fading(n, n))
      decay(backend, x, n, 0.9)
      return [readFloats(backend, x, n)]
    }, false)
  })
})

describe.each(availableBackends())('on %s', name => {
  it('a conductance step solves its implicit equation', () => {
    const n = 50
    const backend = createBackend(name)
    const v = floats(n, 1, -80, -60)
    const gExc = floats(n, 2, 0, 3)
    const gInh = floats(n, 3, 0, 30)
    const rate = 0.5 / 100
    const { run } = compiled(
      conductanceLifStep({
        ...{ rate, leakDrive: rate * -65, excDrive: 0, inhDrive: rate * -100 },
        ...{ excDecay: 0.6, inhDecay: 0.8, threshold: -52 },
      }),
      backend,
    )
    const [v0, e0, i0, theta, held, spikes] = [v, gExc, gInh, floats(n, 4, 0, 20), new Int32Array(n), v].map(
      values => upload(backend, values),
    ) as [number, number, number, number, number, number]
    run(n, v0, e0, i0, theta, held, spikes)
    const after = readFloats(backend, v0, n)
    const [exc, inh] = [readFloats(backend, e0, n), readFloats(backend, i0, n)]
    for (let j = 0; j < n; j++) {
      const pull = -65 - after[j]! + gExc[j]! * (0 - after[j]!) + gInh[j]! * (-100 - after[j]!)
      const x = rate * (1 + gExc[j]! + gInh[j]!)
      expect(after[j]! - v[j]!).toBeCloseTo((1 + x / 2) * rate * pull, 4)
      expect(exc[j]).toBeCloseTo(gExc[j]! * 0.6, 5)
      expect(inh[j]).toBeCloseTo(gInh[j]! * 0.8, 5)
    }
  })
})
