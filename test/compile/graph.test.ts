// Simplification: what a program is reduced to, and that nothing is reduced which could change a bit.
import { describe, expect, it } from 'vitest'
import { defineProgram, type Output, type ProgramBuilder } from '../../src/compile/define.ts'
import type { FloatExpression } from '../../src/compile/expression.ts'
import { exp } from '../../src/compile/functions.ts'
import { fusedMultiplyAdd } from '../../src/compile/lanes.ts'
import { floatOfBits } from '../../src/compile/node.ts'
import type { Program } from '../../src/compile/program.ts'
import { specialisedToZeros } from '../../src/compile/specialise.ts'
import { InvalidArgumentError } from '../../src/errors.ts'

const programOf = (write: (x: FloatExpression, program: ProgramBuilder) => FloatExpression): Program =>
  defineProgram('program', program => {
    const x = program.input('x')
    program.store(program.output('out'), write(x, program))
  })

/** The operations left. */
const operationsOf = ({ nodes }: Pick<Program, 'nodes'>) =>
  nodes.flatMap(node => (node.kind === 'operation' ? [node.operation] : []))

describe('simplification', () => {
  it.each<[string, (x: FloatExpression) => FloatExpression]>([
    ['x * 1', x => x.times(1)],
    ['1 * x', x => x.constant(1).times(x)],
    ['x / 1', x => x.over(1)],
    ['x - 0', x => x.minus(0)],
    ['x + -0', x => x.plus(-0)],
    ['-(-x)', x => x.negate().negate()],
    ['the bits of x as a float', x => x.bits().asFloat()],
    ['x shifted by nothing', x => x.bits().plus(0).shiftLeft(0).minus(0).asFloat()],
    ['x wherever', x => x.less(1).select(x, x)],
    ['x where true', x => x.constant(1).less(2).select(x, x.sqrt())],
  ])('leaves of %s only x', (_, write) => {
    expect(operationsOf(programOf(write))).toEqual([])
  })

  it.each<[string, (x: FloatExpression) => FloatExpression]>([
    ['x + 0, which turns -0 to 0', x => x.plus(0)],
    ['x * 0, which is NaN for infinity', x => x.times(0)],
    ['x - x, which is NaN for infinity', x => x.minus(x)],
    ['x / x', x => x.over(x)],
  ])('keeps %s', (_, write) => {
    expect(operationsOf(programOf(write))).toHaveLength(1)
  })

  it('computes constants, with the roundings a program would make', () => {
    const program = programOf(x => x.times(x.constant(0.1).plus(0.2).sqrt()))
    const constant = program.nodes.find(node => node.kind === 'constant')
    expect(operationsOf(program)).toEqual(['multiply'])
    const sum = Math.fround(Math.fround(0.1) + Math.fround(0.2))
    expect(constant && floatOfBits(constant.bits)).toBe(Math.fround(Math.sqrt(sum)))
  })

  it('makes a division by a power of two a product, and no other', () => {
    expect(operationsOf(programOf(x => x.over(8)))).toEqual(['multiply'])
    expect(operationsOf(programOf(x => x.over(-0.25)))).toEqual(['multiply'])
    expect(operationsOf(programOf(x => x.over(3)))).toEqual(['divide'])
    expect(operationsOf(programOf(x => x.over(2 ** 127)))).toEqual(['divide'])
  })

  it('computes equal expressions once, in either order', () => {
    const program = programOf(x => x.plus(2).times(x.constant(2).plus(x)))
    expect(operationsOf(program)).toEqual(['add', 'multiply'])
  })

  it('leaves out what nothing uses', () => {
    const program = programOf((x, builder) => {
      exp(x.plus(builder.scalar('unused')))
      return x.sqrt()
    })
    expect(operationsOf(program)).toEqual(['sqrt'])
    expect(program.nodes).toHaveLength(2)
  })
})

describe('a program for zeros', () => {
  const program = defineProgram('leaky', builder => {
    const v = builder.state('v')
    const g = builder.state('g')
    const held = builder.intState('held')
    builder.store(v, held.value.greater(0).select(v.value, v.value.times(0.9).plus(g.value.times(-3))))
    builder.store(g, g.value.times(0.5))
    builder.store(held, held.value.greater(0).selectInt(held.value.minus(1), held.value))
  })

  it('does not store a zero where one is', () => {
    const body = specialisedToZeros(program, new Set([2]))
    expect(body.stores.map(({ operand }) => operand)).toEqual([0, 1])
    expect(operationsOf(body)).not.toContain('lessInt')
  })

  it('keeps what a zero leaves: 0 times -3 is -0, and adds nothing', () => {
    const body = specialisedToZeros(program, new Set([1, 2]))
    expect(body.stores.map(({ operand }) => operand)).toEqual([0])
    expect(operationsOf(body)).toEqual(['multiply'])
  })
})

describe('a multiply-add rounded once', () => {
  it('is what exact arithmetic rounds to', () => {
    expect(fusedMultiplyAdd(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11))).toBe(2 ** -24)
    // Halfway between two floats but for a part below double precision.
    expect(fusedMultiplyAdd(1 + 2 ** -23, 1 + 2 ** -23, 2 ** 40)).toBe(2 ** 40)
    expect(fusedMultiplyAdd(2 ** 12 + 2 ** -11, 2 ** 12, 2 ** -60)).toBe(2 ** 24 + 2)
    expect(fusedMultiplyAdd(2 ** 12 + 2 ** -12, 2 ** 12, 2 ** -60)).toBe(2 ** 24 + 2)
    expect(fusedMultiplyAdd(2 ** 12 + 2 ** -12, 2 ** 12, -(2 ** -60))).toBe(2 ** 24)
    expect(fusedMultiplyAdd(Number.POSITIVE_INFINITY, 0, 1)).toBeNaN()
  })
})

describe('a program that is defined', () => {
  it('cannot be added to', () => {
    let kept: ProgramBuilder | undefined
    defineProgram('kept', program => {
      kept = program
      program.store(program.output('out'), program.constant(1))
    })
    expect(() => kept!.input('late')).toThrow(/it is defined/)
  })
})

describe('a program that cannot be', () => {
  it.each<[string, (program: ProgramBuilder) => void, RegExp]>([
    ['stores nothing', program => void program.input('x'), /stores nothing/],
    [
      'names two operands alike',
      program => {
        program.input('x')
        program.output('x')
      },
      /two operands are named "x"/,
    ],
    [
      'stores twice in one array',
      program => {
        const out = program.output('out')
        program.store(out, program.constant(1))
        program.store(out, program.constant(2))
      },
      /"out" is stored to twice/,
    ],
    [
      'stores integers among floats',
      program => program.store(program.output('out'), program.intConstant(1)),
      /"out" cannot hold what is int/,
    ],
    [
      'uses an expression of another program',
      program => {
        let leaked: FloatExpression | undefined
        defineProgram('other', other => {
          leaked = other.input('u').times(3)
          other.store(other.output('v'), leaked)
        })
        program.store(program.output('out'), program.input('x').plus(leaked!))
      },
      /of another program/,
    ],
    [
      'stores to an array of another program',
      program => {
        let leaked: Output | undefined
        defineProgram('other', other => {
          leaked = other.output('v')
          other.store(leaked, other.constant(1))
        })
        program.store(leaked!, program.input('x'))
      },
      /declared in this program/,
    ],
    [
      'stores to what it made up',
      program => program.store({ operand: 0 }, program.input('x')),
      /declared in this program/,
    ],
    [
      'draws from a stream it made up',
      program => {
        const key0 = program.intInput('key0')
        program.store(program.output('out'), program.uniform({ key0, key1: key0, draw: key0 }))
      },
      /stream that was declared in this program/,
    ],
    ['says that nothing is mostly zero', program => program.mostlyZero(), /at least one state/],
    [
      'shifts by what is no amount',
      program => {
        const x = program.intState('x')
        program.store(x, x.value.shiftLeft(32))
      },
      /from 0 to 31, got 32/,
    ],
    [
      'has too many operands',
      program => {
        for (let i = 0; i < 500; i++) program.scalar(`s${i}`)
      },
      /at most 400 operands/,
    ],
    [
      'is too long',
      program => {
        let x = program.input('x')
        for (let i = 0; i < 20_000; i++) x = x.times(0.5).plus(i)
        program.store(program.output('out'), x)
      },
      /at most 10000 different expressions/,
    ],
    [
      'collects twice',
      program => {
        const mask = program.input('x').less(0)
        program.collect('a', mask)
        program.collect('b', mask)
      },
      /only one list/,
    ],
  ])('is refused when it %s', (_, define, message) => {
    expect(() => defineProgram('wrong', define)).toThrow(InvalidArgumentError)
    expect(() => defineProgram('wrong', define)).toThrow(message)
  })
})
