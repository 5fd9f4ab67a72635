// Five thousand random programs: compiled to WebAssembly and interpreted, they leave the same bits.
import { describe, expect, it } from 'vitest'
import { availableBackends } from '../../src/backend/select.ts'
import { operations } from '../../src/compile/node.ts'
import type { Program } from '../../src/compile/program.ts'
import { usesOf } from '../../src/compile/usage.ts'
import { differencesOfPrograms } from './conformance.ts'
import { randomProgram } from './randomPrograms.ts'

const PROGRAMS = 5000
const compilers = availableBackends().filter(name => name !== 'js')

describe('random programs', () => {
  it('have every kind of operand, result and node', () => {
    const programs = Array.from({ length: 1500 }, (_, number) => randomProgram(number))
    const used = new Set(
      programs.flatMap(({ nodes }) =>
        nodes.flatMap(node => (node.kind === 'operation' ? [node.operation] : [])),
      ),
    )
    expect([...used].sort()).toEqual(Object.keys(operations).sort())
    const some = (what: (program: Program) => boolean) => expect(programs.some(what)).toBe(true)
    some(({ collect }) => collect !== undefined)
    some(({ sparse }) => sparse.length === 2)
    some(({ sparse }) => sparse[0]?.length === 2)
    some(({ fused }) => fused)
    some(({ stores }) => stores.length === 4)
    some(({ operands }) => operands.some(operand => operand.kind === 'array' && operand.span === 'one'))
  })

  it('have no node that nothing uses, and none before what it uses', () => {
    for (let number = 0; number < 300; number++) {
      const program = randomProgram(number)
      expect(usesOf(program).every(uses => uses > 0)).toBe(true)
      for (const [place, node] of program.nodes.entries()) {
        if (node.kind === 'operation') expect(node.args.every(arg => arg < place)).toBe(true)
      }
    }
  })

  it('compares at least one compiler with the interpreter', () => {
    expect(compilers.length).toBeGreaterThan(0)
  })

  it.each(compilers)(`${PROGRAMS} of them leave on %s the bits of the interpreter`, name => {
    expect(differencesOfPrograms(name, 0, PROGRAMS)).toEqual([])
  })
})
