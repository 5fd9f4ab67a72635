// The elementary functions against double precision: a dense sweep of all floats, and the edges.
import { describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { compiled } from '../../src/compile/compiled.ts'
import { defineProgram } from '../../src/compile/define.ts'
import type { FloatExpression } from '../../src/compile/expression.ts'
import * as functions from '../../src/compile/functions.ts'
import { bitsOfFloat, floatOfBits } from '../../src/compile/node.ts'
import { preciseErf, preciseNormalDistribution } from './preciseErf.ts'

interface Case {
  readonly name: string
  readonly write: (x: FloatExpression) => FloatExpression
  readonly exact: (x: number) => number
  /** Units in the last place that the sweep may be off. */
  readonly ulps: number
  readonly edges: readonly (readonly [number, number])[]
}

const { NaN: notANumber, POSITIVE_INFINITY: infinity } = Number
const tiny = floatOfBits(1)

const cases: readonly Case[] = [
  {
    name: 'exp',
    write: functions.exp,
    exact: Math.exp,
    ulps: 2,
    edges: [
      [0, 1],
      [-0, 1],
      [infinity, infinity],
      [-infinity, 0],
      [tiny, 1],
      [89, infinity],
      [-104, 0],
    ],
  },
  {
    name: 'expm1',
    write: functions.expm1,
    exact: Math.expm1,
    ulps: 2,
    edges: [
      [0, 0],
      [-0, -0],
      [infinity, infinity],
      [-infinity, -1],
      [tiny, tiny],
      [89, infinity],
      [-50, -1],
    ],
  },
  {
    name: 'log',
    write: functions.log,
    exact: Math.log,
    ulps: 2,
    edges: [
      [0, -infinity],
      [-0, -infinity],
      [1, 0],
      [infinity, infinity],
      [-tiny, notANumber],
      [-1, notANumber],
    ],
  },
  {
    name: 'log1p',
    write: functions.log1p,
    exact: Math.log1p,
    ulps: 2,
    edges: [
      [0, 0],
      [-0, -0],
      [-1, -infinity],
      [infinity, infinity],
      [tiny, tiny],
      [-1.5, notANumber],
    ],
  },
  {
    name: 'tanh',
    write: functions.tanh,
    exact: Math.tanh,
    ulps: 2,
    edges: [
      [0, 0],
      [-0, -0],
      [infinity, 1],
      [-infinity, -1],
      [tiny, tiny],
      [-100, -1],
    ],
  },
  {
    name: 'sigmoid',
    write: functions.sigmoid,
    exact: x => 1 / (1 + Math.exp(-x)),
    ulps: 3,
    edges: [
      [0, 0.5],
      [-0, 0.5],
      [infinity, 1],
      [-infinity, 0],
      [100, 1],
      [-110, 0],
    ],
  },
  {
    name: 'erf',
    write: functions.erf,
    exact: preciseErf,
    ulps: 2,
    edges: [
      [0, 0],
      [-0, -0],
      [infinity, 1],
      [-infinity, -1],
      [10, 1],
    ],
  },
  ...[2.5, -0.75, 7, 0.1, -3].map(
    (exponent): Case => ({
      name: `pow(x, ${exponent})`,
      write: x => functions.pow(x, x.constant(exponent)),
      exact: x => x ** Math.fround(exponent),
      ulps: 2,
      edges: [0, -0, 1, infinity, -infinity, -2].map(x => [x, x ** Math.fround(exponent)] as const),
    }),
  ),
]

/** Every 4,099th float of all, the denormals too. */
const sweep = new Float32Array(
  new Uint32Array(Math.floor(2 ** 32 / 4099)).map((_, i) => i * 4099).buffer,
).filter(x => !Number.isNaN(x))
/** Where the functions bend: from -20 to 20. */
const centre = Float32Array.from({ length: 200_000 }, (_, i) => (i - 100_000) / 5000)

function evaluate(
  backendName: ReturnType<typeof availableBackends>[number],
  { name, write }: Pick<Case, 'name' | 'write'>,
  x: Float32Array,
) {
  const backend = createBackend(backendName)
  const [input, output] = [backend.arena.allocate(x.byteLength), backend.arena.allocate(x.byteLength)]
  backend.memory.float32.set(x, input >>> 2)
  const program = defineProgram(
    name,
    builder => {
      const argument = builder.input('x')
      builder.store(builder.output('y'), write(argument))
    },
    { fused: true },
  )
  compiled(program, backend).run(x.length, input, output)
  return backend.memory.float32.slice(output >>> 2, (output >>> 2) + x.length)
}

/** The distance from a float to an exact value, in units in the last place of that value. */
function ulpsOff(actual: number, exact: number): number {
  const rounded = Math.fround(exact)
  if (Object.is(actual, rounded) || actual === rounded) return 0
  if (Number.isNaN(actual) || Number.isNaN(rounded)) return infinity
  if (!Number.isFinite(rounded)) return actual === floatOfBits(bitsOfFloat(rounded) - 1) ? 1 : infinity
  const magnitude = Math.abs(rounded)
  const unit = floatOfBits(bitsOfFloat(magnitude) + 1) - magnitude
  return Math.abs(actual - exact) / (Number.isFinite(unit) ? unit : 2 ** 104)
}

describe.each(availableBackends())('on %s', name => {
  describe.each(cases)('$name', one => {
    it(`is within ${one.ulps} units in the last place`, () => {
      let worst = { off: 0, x: 0, y: 0 }
      let compared = 0
      for (const arguments_ of [sweep, centre]) {
        const results = evaluate(name, one, arguments_)
        for (let i = 0; i < results.length; i++) {
          const off = ulpsOff(results[i]!, one.exact(arguments_[i]!))
          compared++
          if (!(off <= worst.off)) worst = { off, x: arguments_[i]!, y: results[i]! }
        }
      }
      expect(compared).toBeGreaterThan(1_000_000)
      expect(worst.off, `at ${worst.x}: ${worst.y} for ${one.exact(worst.x)}`).toBeLessThanOrEqual(one.ulps)
    })

    it('is right at the edges', () => {
      const results = evaluate(name, one, Float32Array.from([...one.edges.map(([x]) => x), notANumber]))
      one.edges.forEach(([x, y], i) => {
        expect(results[i], `at ${Object.is(x, -0) ? '-0' : x}`).toBe(y)
      })
      expect(results.at(-1)).toBeNaN()
    })
  })

  it('the normal distribution keeps its digits in the lower tail', () => {
    const x = Float32Array.from({ length: 20_000 }, (_, i) => -14 + i / 1000)
    const results = evaluate(name, { write: functions.normalDistribution, name: 'normal' }, x)
    x.forEach((argument, i) => {
      const exact = preciseNormalDistribution(argument)
      expect(Math.abs(results[i]! - exact)).toBeLessThan(1e-7)
      if (argument > -5.5) expect(Math.abs(results[i]! / exact - 1)).toBeLessThan(1e-4)
    })
  })
})
