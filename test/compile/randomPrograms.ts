// Random elementwise programs, and running one on a backend: for Node and for the browser alike.
import type { Backend } from '../../src/backend/backend.ts'
import { type CompiledProgram, compiled, runsByRows } from '../../src/compile/compiled.ts'
import { defineProgram, type Output, type ProgramBuilder } from '../../src/compile/define.ts'
import type { FloatExpression, IntExpression, MaskExpression } from '../../src/compile/expression.ts'
import {
  erf,
  exp,
  expm1,
  log,
  log1p,
  normalDistribution,
  pow,
  sigmoid,
  tanh,
} from '../../src/compile/functions.ts'
import type { Program } from '../../src/compile/program.ts'
import { RandomStream } from '../../src/random/stream.ts'

/** Numbers that arithmetic treats specially. */
const specials = [
  ...[0, -0, 1, -1, 0.5, -0.5, 2, 1e-40, -1e-40, 1.17549435e-38, 3e38, -3e38, 16777216, 8388609.5, 255.49],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
]

interface Pools {
  readonly floats: FloatExpression[]
  readonly ints: IntExpression[]
  readonly masks: MaskExpression[]
}

const binary = ['plus', 'minus', 'times', 'over', 'minimum', 'maximum', 'atMost', 'atLeast'] as const
const unary = ['negate', 'abs', 'sqrt', 'floor', 'nearest'] as const
const compare = ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual'] as const
const intBinary = ['plus', 'minus', 'and', 'or'] as const
const shifts = ['shiftLeft', 'shiftRight', 'shiftRightUnsigned'] as const
const elementary = [exp, expm1, log, log1p, tanh, sigmoid, erf, normalDistribution]

/** Adds one random expression to the pools. */
function grow(random: RandomStream, { floats, ints, masks }: Pools): void {
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!
  const constant = () => (random.integer(3) === 0 ? pick(specials) : 8 * random.uniform() - 4)
  const floatOrNumber = () => (random.integer(4) === 0 ? constant() : pick(floats))
  const steps: (() => void)[] = [
    () => floats.push(pick(floats)[pick(binary)](floatOrNumber())),
    () => floats.push(pick(floats)[pick(binary)](floatOrNumber())),
    () => floats.push(pick(floats)[pick(unary)]()),
    () => floats.push(pick(floats).timesPlus(floatOrNumber(), floatOrNumber())),
    () => floats.push(pick(elementary)(pick(floats))),
    () => random.integer(4) === 0 && floats.push(pow(pick(floats), floatOrNumber())),
    () => floats.push(pick(floats).flushBelow(1e-20)),
    () => floats.push(pick(ints).toFloat()),
    () => masks.push(pick(floats)[pick(compare)](floatOrNumber())),
    () => ints.push(pick(ints)[pick(intBinary)](random.integer(2) === 0 ? pick(ints) : random.word() | 0)),
    () => ints.push(pick(ints)[pick(shifts)](random.integer(32))),
    () => ints.push(pick(floats).toInt()),
    () => masks.push(pick(ints)[pick(['less', 'greater', 'equal'] as const)](pick(ints))),
    () => masks.length > 0 && masks.push(pick(masks)[pick(['and', 'or'] as const)](pick(masks))),
    () => masks.length > 0 && masks.push(pick(masks).not()),
    () => masks.length > 0 && floats.push(pick(masks).select(floatOrNumber(), floatOrNumber())),
    () => masks.length > 0 && ints.push(pick(masks).selectInt(pick(ints), pick(ints))),
  ]
  pick(steps)()
}

function write(random: RandomStream, program: ProgramBuilder): void {
  const x = program.input('x')
  const y = program.input('y', random.integer(3) === 0 ? 'one' : 'each')
  const state = program.state('state')
  const steps = program.intState('steps')
  const whole = program.intInput('whole', random.integer(3) === 0 ? 'one' : 'each')
  const scalar = program.scalar('scalar')
  const intScalar = program.intScalar('intScalar')
  const out = program.output('out')
  const pools: Pools = {
    floats: [x, y, state.value, scalar, program.constant(1.5)],
    ints: [steps.value, whole, intScalar, program.intConstant(3)],
    masks: [],
  }
  if (random.integer(4) === 0) {
    const stream = program.stream('stream')
    pools.floats.push(random.integer(2) === 0 ? program.uniform(stream) : program.normal(stream))
  }
  const size = 1 + random.integer(24)
  for (let i = 0; i < size; i++) grow(random, pools)
  program.store(out, pools.floats.at(-1)!)
  if (random.integer(2) === 0) program.store(state, pools.floats[random.integer(pools.floats.length)]!)
  if (random.integer(2) === 0) program.store(steps, pools.ints.at(-1)!)
  if (random.integer(3) === 0) program.store(program.intOutput('wholeOut'), pools.ints.at(-1)!)
  if (random.integer(3) === 0 && pools.masks.length > 0) program.collect('indices', pools.masks.at(-1)!)
  for (const group of pickGroups(random, state, steps)) program.mostlyZero(...group)
}

/** Which states are said to be mostly zero, and in which order. */
function pickGroups(random: RandomStream, state: Output, steps: Output): readonly (readonly Output[])[] {
  const ways = [[], [[steps]], [[state]], [[steps], [state]], [[state, steps]]]
  return ways[random.integer(ways.length)]!
}

/** The random program of a number; half of them allow fusing. */
export function randomProgram(number: number): Program {
  const random = new RandomStream(number, 'random program')
  const fused = random.integer(2) === 0
  return defineProgram(`random ${number}`, program => write(random, program), { fused })
}

/** What a run left behind: every array and list, and the number of indices collected. */
export interface Outcome {
  readonly names: readonly string[]
  readonly arrays: readonly Uint32Array[]
  readonly collected: number
}

/** Entries: ordinary, special, and, for states, blocks of zeros. */
function entries(random: RandomStream, n: number, name: string): Float32Array {
  const values = new Float32Array(n)
  const sparse = name === 'state' || name === 'steps'
  let zeros = false
  for (let i = 0; i < n; i++) {
    if (sparse && i % 16 === 0) zeros = random.integer(2) === 0
    if (zeros) continue
    const special = random.integer(6) === 0
    values[i] = special ? specials[random.integer(specials.length)]! : 20 * random.uniform() - 10
  }
  return values
}

/**
 * Runs a random program on random arrays and numbers, as `prepare(program, backend)` does. Some runs go row by row, some write where they
 * read, and some pass the end of the interpreter's chunks.
 */
export function runProgram(
  program: Program,
  number: number,
  backend: Backend,
  prepare: (program: Program, backend: Backend) => CompiledProgram = compiled,
): Outcome {
  const random = new RandomStream(number, 'random data')
  const n = random.integer(8) === 0 ? 200 + random.integer(500) : 1 + random.integer(90)
  const byRows = random.integer(3) === 0 && runsByRows(program)
  const rows = byRows ? 1 + random.integer(4) : 1
  const inPlace = random.integer(4) === 0
  const { arena, memory } = backend
  const made: { name: string; address: number; length: number }[] = []
  const strides: number[] = []
  const values = program.operands.map(operand => {
    strides.push(random.integer(4) === 0 ? 0 : 4 * n)
    if (operand.kind === 'scalar')
      return operand.type === 'int' ? random.word() | 0 : 4 * random.uniform() - 2
    if (operand.name === 'out' && inPlace) return made.find(({ name }) => name === 'x')!.address
    const length = n * rows
    const address = arena.allocate(4 * length)
    made.push({ name: operand.name, address, length })
    const data = entries(random, length, operand.name)
    if (operand.kind === 'indices') memory.int32.fill(-1, address >>> 2, (address >>> 2) + length)
    else if (operand.type === 'float') memory.float32.set(data, address >>> 2)
    else memory.int32.set(data.map(Math.trunc), address >>> 2)
    return address
  })
  const { run, runRows } = prepare(program, backend)
  let collected = 0
  if (byRows) {
    runRows(
      rows,
      n,
      ...program.operands.flatMap(({ kind }, i) =>
        kind === 'array' ? [values[i]!, inPlace ? 4 * n : strides[i]!] : [values[i]!],
      ),
    )
  } else collected = run(n, ...values)
  const arrays = made.map(({ address, length }) =>
    memory.uint32.slice(address >>> 2, (address >>> 2) + length),
  )
  for (const { address } of made) arena.free(address)
  return { names: made.map(({ name }) => name), arrays, collected }
}

const bits = new Uint32Array(2)
const floats = new Float32Array(bits.buffer)

/** The first difference between two outcomes in words, if any; which NaN a NaN is does not count. */
export function differenceOf(program: Program, a: Outcome, b: Outcome): string | undefined {
  if (a.collected !== b.collected) return `collected ${a.collected} and ${b.collected}`
  for (const [i, array] of a.arrays.entries()) {
    const operand = program.operands.find(({ name }) => name === a.names[i])!
    for (let j = 0; j < array.length; j++) {
      bits[0] = array[j]!
      bits[1] = b.arrays[i]![j]!
      if (bits[0] === bits[1]) continue
      const isFloat = operand.kind === 'array' && operand.type === 'float'
      if (isFloat && Number.isNaN(floats[0]) && Number.isNaN(floats[1])) continue
      return `${operand.name}[${j}] is ${floats[0]} and ${floats[1]} (${bits[0]}, ${bits[1]})`
    }
  }
  return undefined
}
