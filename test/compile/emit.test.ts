// The modules that programs become: valid, and on disassembly the loop one would write by hand.
import binaryen from 'assemblyscript/binaryen'
import { describe, expect, it } from 'vitest'
import { defineProgram, type ProgramBuilder } from '../../src/compile/define.ts'
import { exp } from '../../src/compile/functions.ts'
import { emitProgram } from '../../src/compile/wasm/emit.ts'
import { randomProgram } from './randomPrograms.ts'

/** The text of a function of a program's module. */
function disassemble(
  define: (program: ProgramBuilder) => void,
  { fused = false, relaxed = false } = {},
): string {
  const bytes = emitProgram(defineProgram('program', define, { fused }), { relaxed })
  expect(WebAssembly.validate(bytes) || relaxed).toBe(true)
  const module = binaryen.readBinary(bytes)
  module.setFeatures(binaryen.Features.All)
  expect(module.validate()).toBe(1)
  const run = module.getFunction(binaryen.getExportInfo(module.getExport('run')).value)
  const text = binaryen.emitText(binaryen.getFunctionInfo(run).body)
  module.dispose()
  return text
}

const count = (text: string, instruction: string) => text.split(`(${instruction}`).length - 1

describe('a compiled program', () => {
  const relu = (program: ProgramBuilder) => {
    const x = program.input('x')
    program.store(program.output('out'), x.atLeast(0))
  }

  it('loads, computes and stores whole vectors in one loop, and single lanes only at the end', () => {
    const text = disassemble(relu)
    // Four vectors a turn, then one a turn, then the last one to three entries.
    expect(count(text, 'loop')).toBe(2)
    expect(count(text, 'v128.load ')).toBe(5)
    expect(count(text, 'f32x4.pmax')).toBe(6)
    expect(count(text, 'v128.load32_zero')).toBe(1)
    expect(count(text, 'v128.load32_lane')).toBe(2)
    expect(count(text, 'v128.store32_lane')).toBe(3)
  })

  it('puts a constant into all lanes once, by way of memory', () => {
    const text = disassemble(program => {
      const x = program.input('x')
      program.store(program.output('out'), x.times(3).plus(3).times(x.plus(3)))
    })
    expect(count(text, 'v128.load32_splat')).toBe(1)
    expect(count(text, 'f32x4.splat')).toBe(0)
  })

  it('computes once what is the same for every entry', () => {
    const text = disassemble(program => {
      const scalar = program.scalar('scalar')
      const x = program.input('x')
      program.store(program.output('out'), x.times(scalar.sqrt()))
    })
    expect(count(text, 'f32x4.sqrt')).toBe(1)
  })

  it('computes once what is used twice', () => {
    const text = disassemble(program => {
      const x = program.input('x')
      program.store(program.output('out'), x.sqrt().plus(1).times(x.sqrt()))
    })
    // In the loop of four, the loop of one, and the tail.
    expect(count(text, 'f32x4.sqrt')).toBe(6)
  })

  it('fuses a multiply-add where program and engine allow it, and nowhere else', () => {
    const define = (program: ProgramBuilder) => {
      const x = program.input('x')
      program.store(program.output('out'), x.timesPlus(x, 1))
    }
    const fusedCount = (options: { fused: boolean; relaxed: boolean }) =>
      count(disassemble(define, options), 'f32x4.relaxed_madd')
    expect(fusedCount({ fused: true, relaxed: true })).toBe(6)
    expect(fusedCount({ fused: true, relaxed: false })).toBe(0)
    expect(fusedCount({ fused: false, relaxed: true })).toBe(0)
  })

  it('chooses between something and nothing in one instruction', () => {
    const text = disassemble(program => {
      const x = program.input('x')
      program.store(program.output('out'), x.flushBelow(1e-20))
    })
    expect(count(text, 'v128.bitselect')).toBe(0)
    expect(count(text, 'v128.andnot')).toBe(6)
  })

  it('computes blocks of zeros by less', () => {
    const define = (sparse: boolean) => (program: ProgramBuilder) => {
      const x = program.state('x')
      const y = program.state('y')
      program.store(y, exp(y.value).plus(exp(x.value)))
      program.store(x, x.value.times(0.5))
      if (sparse) program.mostlyZero(x)
    }
    const [plain, sparse] = [disassemble(define(false)), disassemble(define(true))]
    expect(count(plain, 'v128.any_true')).toBe(0)
    expect(count(sparse, 'v128.any_true')).toBe(1)
    // A vector at a time, and the tail, compute both exponentials; of a block's four vectors those of zeros only one.
    expect(count(plain, 'f32x4.nearest')).toBe(2 * 2)
    expect(count(sparse, 'f32x4.nearest')).toBe(2 * 2 + 4 * 2 + 4 * 1)
  })

  it('is valid to a second reader, whatever the program', () => {
    for (let number = 0; number < 100; number++) {
      const module = binaryen.readBinary(emitProgram(randomProgram(number), { relaxed: true }))
      module.setFeatures(binaryen.Features.All)
      expect(module.validate(), `random program ${number}`).toBe(1)
      module.dispose()
    }
  })
})
