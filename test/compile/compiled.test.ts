// Compiled programs at work: their tails, rows, lists and random numbers, on every backend.
import { describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { compiled } from '../../src/compile/compiled.ts'
import { defineProgram } from '../../src/compile/define.ts'
import { InvalidArgumentError } from '../../src/errors.ts'
import { philoxBlock } from '../../src/random/philox.ts'
import { streamKey } from '../../src/random/stream.ts'
import { floats, readFloats, readIntegers, reserve, upload } from '../kernels/kernelCase.ts'

const GUARD = new Float32Array(new Uint32Array([0xdeadbeef]).buffer)[0]!

describe.each(availableBackends())('on %s', name => {
  it.each([0, 1, 2, 3, 4, 5, 15, 16, 17, 31, 100, 300])('writes %i entries, and no more', n => {
    const backend = createBackend(name)
    const x = floats(n, 1)
    const out = reserve(backend, n + 4)
    const double = defineProgram('double', program => {
      const input = program.input('x')
      program.store(program.output('out'), input.times(2))
    })
    compiled(double, backend).run(n, upload(backend, x), out)
    expect([...readFloats(backend, out, n)]).toEqual([...x.map(value => 2 * value)])
    expect([...readFloats(backend, out + 4 * n, 4)]).toEqual([GUARD, GUARD, GUARD, GUARD])
  })

  it('may write where it reads', () => {
    const backend = createBackend(name)
    const x = upload(backend, floats(37, 1))
    const twice = defineProgram('twice', program => {
      const a = program.input('a')
      const b = program.input('b')
      program.store(program.output('out'), a.plus(b))
    })
    compiled(twice, backend).run(37, x, x, x)
    expect([...readFloats(backend, x, 37)]).toEqual([...floats(37, 1).map(value => 2 * value)])
  })

  it('reads every array before it writes any', () => {
    const backend = createBackend(name)
    const [a, b] = [floats(21, 1), floats(21, 2)]
    const [aAddress, bAddress] = [upload(backend, a), upload(backend, b)]
    const exchange = defineProgram('exchange', program => {
      const first = program.state('first')
      const second = program.state('second')
      program.store(first, second.value)
      program.store(second, first.value)
    })
    compiled(exchange, backend).run(21, aAddress, bAddress)
    expect(readFloats(backend, aAddress, 21)).toEqual(b)
    expect(readFloats(backend, bAddress, 21)).toEqual(a)
  })

  it.each([1, 4, 15, 16, 33, 400])('collects indices among %i, ascending', n => {
    const backend = createBackend(name)
    const x = floats(n, 3)
    const list = reserve(backend, n + 1)
    const negative = defineProgram('negative', program => {
      program.collect('indices', program.input('x').less(0))
    })
    const count = compiled(negative, backend).run(n, upload(backend, x), list)
    const expected = [...x.keys()].filter(i => x[i]! < 0)
    expect([...readIntegers(backend, list, count)]).toEqual(expected)
    expect(readIntegers(backend, list + 4 * count, 1)[0]).toBe(0xdeadbeef | 0)
  })

  it('computes rows, each array by its own stride', () => {
    const backend = createBackend(name)
    const [x, bias, column] = [floats(3 * 7, 1), floats(7, 2), floats(3, 3)]
    const out = reserve(backend, 3 * 10)
    const program = defineProgram('rows', builder => {
      const a = builder.input('a')
      const b = builder.input('b')
      const c = builder.input('c', 'one')
      const target = builder.output('out')
      builder.store(target, a.plus(b).times(c).plus(builder.scalar('shift')))
    })
    const { runRows } = compiled(program, backend)
    runRows(3, 7, upload(backend, x), 28, upload(backend, bias), 0, upload(backend, column), 4, out, 40, 0.5)
    const { fround } = Math
    for (let row = 0; row < 3; row++) {
      const expected = Array.from({ length: 7 }, (_, i) =>
        fround(fround(fround(x[row * 7 + i]! + bias[i]!) * column[row]!) + 0.5),
      )
      expect([...readFloats(backend, out + 40 * row, 7)]).toEqual(expected)
      expect(readFloats(backend, out + 40 * row + 28, 1)[0]).toBe(GUARD)
    }
  })

  it('draws the words of its stream, whatever the length', () => {
    const { key0, key1 } = streamKey(7, 'noise')
    const program = defineProgram('noise', builder => {
      const stream = builder.stream('noise')
      builder.store(builder.output('first'), builder.uniform(stream))
      builder.store(builder.output('second'), builder.uniform(stream))
    })
    const block = new Uint32Array(4)
    for (const n of [1, 3, 18, 261]) {
      const backend = createBackend(name)
      const [first, second] = [reserve(backend, n), reserve(backend, n)]
      compiled(program, backend).run(n, key0, key1, 9, first, second)
      ;[first, second].forEach((address, call) => {
        readFloats(backend, address, n).forEach((value, i) => {
          philoxBlock(i >>> 2, 9, call, 0, key0, key1, block, 0)
          expect(value).toBe((block[i & 3]! >>> 8) / 2 ** 24)
        })
      })
    }
  })

  it('draws normal numbers', () => {
    const n = 200_000
    const backend = createBackend(name)
    const out = reserve(backend, n)
    const { key0, key1 } = streamKey(1, 'normal')
    const program = defineProgram('normal', builder => {
      const stream = builder.stream('stream')
      builder.store(builder.output('out'), builder.normal(stream))
    })
    // Operands in the order of declaration: the stream comes first here.
    compiled(program, backend).run(n, key0, key1, 0, out)
    const x = readFloats(backend, out, n)
    const moment = (k: number) => x.reduce((sum, value) => sum + value ** k, 0) / n
    // Four standard errors of each moment.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
    const beyond = x.filter(value => Math.abs(value) > 1.959964).length
    expect(Math.abs(beyond / n - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / n))
    expect(x.every(Number.isFinite)).toBe(true)
  })

  it('computes what nests thousands of levels deep', () => {
    const backend = createBackend(name)
    const x = upload(backend, Float32Array.of(1, 2, 3, 4, 5))
    const deep = defineProgram('deep', program => {
      const state = program.state('x')
      let sum = state.value
      for (let i = 0; i < 4000; i++) sum = sum.plus(state.value)
      program.store(state, sum)
    })
    compiled(deep, backend).run(5, x)
    expect([...readFloats(backend, x, 5)]).toEqual([4001, 8002, 12003, 16004, 20005])
  })

  it('gives blocks of zeros what it gives the rest, also where it fuses', () => {
    const backend = createBackend(name)
    const define = (sparse: boolean) =>
      defineProgram(
        'near 1',
        program => {
          const x = program.state('x')
          const near = x.value.plus(1 + 2 ** -12)
          program.store(x, near.timesPlus(near, -(1 + 2 ** -11)))
          if (sparse) program.mostlyZero(x)
        },
        { fused: true },
      )
    const [plain, sparse] = [false, true].map(mostlyZero => {
      const x = upload(backend, new Float32Array(20))
      compiled(define(mostlyZero), backend).run(20, x)
      return [...readFloats(backend, x, 20)]
    })
    expect(sparse).toEqual(plain)
  })

  it('refuses to run row by row what collects or draws', () => {
    const backend = createBackend(name)
    const collects = defineProgram('collects', program => {
      program.collect('list', program.input('x').less(0))
    })
    const draws = defineProgram('draws', program => {
      program.store(program.output('out'), program.uniform(program.stream('stream')))
    })
    for (const program of [collects, draws]) {
      expect(() => compiled(program, backend).runRows(1, 1)).toThrow(InvalidArgumentError)
    }
  })

  it('goes on after memory has grown', () => {
    const backend = createBackend(name)
    const program = defineProgram('increment', builder => {
      const x = builder.state('x')
      builder.store(x, x.value.plus(1))
    })
    const before = upload(backend, Float32Array.of(1, 2, 3))
    const { run } = compiled(program, backend)
    run(3, before)
    const size = backend.memory.byteLength
    const after = backend.arena.allocate(2 * size)
    backend.memory.float32.fill(5, after >>> 2, (after >>> 2) + 3)
    run(3, before)
    run(3, after)
    expect([...readFloats(backend, before, 3)]).toEqual([3, 4, 5])
    expect([...readFloats(backend, after, 3)]).toEqual([6, 6, 6])
  })

  it('is compiled once for a backend', () => {
    const backend = createBackend(name)
    const define = () =>
      defineProgram('negated', program => {
        const x = program.state('x')
        program.store(x, x.value.negate())
      })
    const program = define()
    expect(compiled(program, backend)).toBe(compiled(program, backend))
    expect(compiled(define(), backend)).not.toBe(compiled(program, backend))
    expect(compiled(program, createBackend(name))).not.toBe(compiled(program, backend))
  })
})
