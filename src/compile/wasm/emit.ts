// Writes a program as a WebAssembly module: one SIMD loop over the entries, with a tail for the last few.
import type { Program } from '../program.ts'
import { specialisedToZeros } from '../specialise.ts'
import { BodyCode, type Frame } from './body.ts'
import { encodeModule, FunctionCode, type ValueType, valueType } from './encoding.ts'
import { appendFunction } from './helpers.ts'
import { f32Store, i32, lane, simd } from './instructions.ts'

export interface EmitOptions {
  /** Use relaxed SIMD's multiply-add, where the program allows it. */
  readonly relaxed: boolean
}

const { i32: I32, f32: F32, v128: V128 } = valueType
const SLOT = 0
/** Functions of the module, by index; the helpers come after these two, when they are needed. */
const RUN = 0
const RUN_ROWS = 1
/** Four vectors, a cache line: what is tested for zeros at once, and what short programs compute a turn. */
const BLOCK_ENTRIES = 16
const BLOCK_BYTES = 64
/** Programs longer than this compute one vector a turn: what looping costs no longer matters. */
const LONGEST_UNROLLED = 24

const COUNT = 0
const firstOperand = 1

/** Writes `run(n, ...operands)` and, for programs that collect nothing, `runRows(rows, n, ...operands with strides)`. */
export function emitProgram(program: Program, options: EmitOptions): Uint8Array<ArrayBuffer> {
  const run = new RunFunction(program, options.relaxed && program.fused)
  const exports = new Map<string, number>([['run', RUN]])
  if (program.collect === undefined) exports.set('runRows', RUN_ROWS)
  return encodeModule([run.code, rowsFunction(program), ...run.helpers], exports)
}

function parameterType({ operands }: Program, operand: number): ValueType {
  const declared = operands[operand]!
  return declared.kind === 'scalar' && declared.type === 'float' ? F32 : I32
}

/** The function `run`. */
class RunFunction implements Frame {
  readonly code: FunctionCode
  readonly program: Program
  readonly fused: boolean
  /** The functions that this one calls. */
  readonly helpers: FunctionCode[] = []
  readonly at: number
  /** Locals that hold constants in all lanes, by bits. */
  readonly #constants = new Map<number, number>()
  readonly #operands = new Map<number, number>()
  readonly #prologue: (() => void)[] = []
  readonly #helperIndices = new Map<() => FunctionCode, number>()
  readonly #count: number
  readonly #mask: number

  constructor(program: Program, fused: boolean) {
    this.program = program
    this.fused = fused
    const { operands, sparse, nodes } = program
    const parameters = operands.map((_, operand) => parameterType(program, operand))
    this.code = new FunctionCode([I32, ...parameters], I32)
    this.at = this.code.local(I32)
    this.#count = this.code.local(I32)
    this.#mask = this.code.local(I32)
    const whole = new BodyCode(this, program)
    const zeros = sparse.map((_, groups) => new Set(sparse.slice(0, groups + 1).flat()))
    const shorter = zeros.map(set => new BodyCode(this, specialisedToZeros(program, set)))
    // Whatever the loops need is asked for before they are written, so that it is computed ahead of them.
    for (const body of [whole, ...shorter]) body.prepare()
    this.#writePrologue()
    const operations = nodes.filter(({ kind }) => kind === 'operation').length
    if (sparse.length > 0) this.#blocks(() => this.#chooseBody(0, whole, shorter))
    else if (operations <= LONGEST_UNROLLED) this.#blocks(() => this.#blockOf(whole))
    this.#vectors(whole)
    this.#tail(whole)
    this.code.get(this.#count)
  }

  /** The index of a helper, which becomes part of the module. */
  helper(make: () => FunctionCode): number {
    let index = this.#helperIndices.get(make)
    if (index === undefined) {
      index = RUN_ROWS + this.helpers.push(make())
      this.#helperIndices.set(make, index)
    }
    return index
  }

  /** A local with a constant in all lanes. */
  constant(bits: number): number {
    let local = this.#constants.get(bits)
    if (local === undefined) {
      local = this.code.local(V128)
      this.#constants.set(bits, local)
      this.#prologue.push(() => this.#splat(i32.store, () => this.code.i32(bits), local!))
    }
    return local
  }

  /** A local with a scalar, or the only entry of an array, in all lanes. */
  operand(operand: number): number {
    let local = this.#operands.get(operand)
    if (local === undefined) {
      local = this.code.local(V128)
      this.#operands.set(operand, local)
      this.#prologue.push(() => this.#loadOperand(operand, local!))
    }
    return local
  }

  #loadOperand(operand: number, local: number): void {
    const { code, program } = this
    const declared = program.operands[operand]!
    if (declared.kind !== 'scalar') {
      code
        .get(firstOperand + operand)
        .memory(simd.loadSplat, 2, 0)
        .set(local)
      return
    }
    const store = declared.type === 'float' ? f32Store : i32.store
    this.#splat(store, () => code.get(firstOperand + operand), local)
  }

  /**
   * Puts a number into all lanes of a local, by way of memory: an engine places a plain splat where it is used, in the loop, and
   * spends a third of a neuron's step on them.
   */
  #splat(store: readonly number[], pushNumber: () => void, local: number): void {
    const { code } = this
    code.global(SLOT)
    pushNumber()
    code.memory(store, 2, 0).global(SLOT).memory(simd.loadSplat, 2, 0).set(local)
  }

  /** Runs once before the loops, after the operands and constants are there. */
  before(write: () => void): void {
    this.#prologue.push(write)
  }

  #writePrologue(): void {
    for (const write of this.#prologue) write()
  }

  /** Blocks of four vectors, as many as are whole. */
  #blocks(body: () => void): void {
    this.#while(BLOCK_ENTRIES, BLOCK_BYTES, body)
  }

  /** What is left, vector by vector. */
  #vectors(body: BodyCode): void {
    this.#while(4, 16, () => {
      body.write({ offset: 0 })
      if (this.program.collect === undefined) return
      body.pushMask()
      this.code.simd(lane.bitmask).tee(this.#mask)
      this.code.when(() => this.#append(() => this.code.get(this.#mask), 0))
    })
  }

  /** Runs `body` while a whole stretch of `entries` is left from `at` on, in bytes. */
  #while(entries: number, bytes: number, body: () => void): void {
    const { code, at } = this
    const end = code.local(I32)
    code.get(COUNT).i32(-entries).emit(i32.and).i32(2).emit(i32.shiftLeft).set(end)
    code
      .get(at)
      .get(end)
      .emit(i32.lessUnsigned)
      .when(() => {
        code.loop(() => {
          body()
          code.get(at).i32(bytes).emit(i32.add).tee(at).get(end).emit(i32.lessUnsigned).branchIf(0)
        })
      })
  }

  /** The last one to three entries. */
  #tail(body: BodyCode): void {
    const { code } = this
    const rest = code.local(I32)
    code
      .get(COUNT)
      .i32(3)
      .emit(i32.and)
      .tee(rest)
      .when(() => {
        body.write({ offset: 0, rest })
        if (this.program.collect === undefined) return
        this.#append(() => {
          body.pushMask()
          code.simd(lane.bitmask).i32(1).get(rest).emit(i32.shiftLeft).i32(1).emit(i32.subtract, i32.and)
        }, 0)
      })
  }

  /** Appends the indices of a mask's bits, for the vector at byte `offset` from `at`. */
  #append(pushMask: () => void, offset: number): void {
    const { code, at, program } = this
    pushMask()
    code
      .get(at)
      .i32(2)
      .emit(i32.shiftRightUnsigned)
      .i32(offset >> 2)
      .emit(i32.add)
    code
      .get(firstOperand + program.collect!.operand)
      .get(this.#count)
      .call(this.helper(appendFunction))
      .set(this.#count)
  }

  /** Four vectors by one body; whether there is anything to collect is asked once. */
  #blockOf(body: BodyCode): void {
    const { code, program } = this
    const offsets = [0, 16, 32, 48]
    const masks: number[] = []
    for (const offset of offsets) {
      body.write({ offset })
      if (program.collect === undefined) continue
      const mask = code.local(V128)
      body.pushMask()
      code.set(mask)
      masks.push(mask)
    }
    if (program.collect === undefined) return
    const [m0, m1, m2, m3] = masks as [number, number, number, number]
    code.get(m0).get(m1).simd(lane.or).get(m2).get(m3).simd(lane.or).simd(lane.or).simd(lane.anyTrue)
    code.when(() => {
      offsets.forEach((offset, i) => {
        this.#append(() => code.get(masks[i]!).simd(lane.bitmask), offset)
      })
    })
  }

  /** The shortest body that the zeros of a block allow. */
  #chooseBody(group: number, whole: BodyCode, shorter: readonly BodyCode[]): void {
    const { code, program } = this
    const smaller = shorter[group]
    const fallback = group === 0 ? whole : shorter[group - 1]!
    if (smaller === undefined) {
      this.#blockOf(fallback)
      return
    }
    this.#pushAnyBit(program.sparse[group]!)
    code.when(
      () => this.#blockOf(fallback),
      () => this.#chooseBody(group + 1, whole, shorter),
    )
  }

  /** Whether any bit is set in this block of some arrays. */
  #pushAnyBit(arrays: readonly number[]): void {
    const { code, at } = this
    let first = true
    for (const operand of arrays) {
      for (const offset of [0, 16, 32, 48]) {
        code
          .get(firstOperand + operand)
          .get(at)
          .emit(i32.add)
          .memory(simd.load, 2, offset)
        if (!first) code.simd(lane.or)
        first = false
      }
    }
    code.simd(lane.anyTrue)
  }
}

/** `runRows(rows, n, ...)`: `run` for each row; an array operand is an address and the bytes from row to row. */
function rowsFunction(program: Program): FunctionCode {
  const { operands } = program
  const parameters = operands.flatMap((operand, index): ValueType[] =>
    operand.kind === 'array' ? [I32, I32] : [parameterType(program, index)],
  )
  const code = new FunctionCode([I32, I32, ...parameters], I32)
  const rows = 0
  const n = 1
  code.get(rows).when(() => {
    code.loop(() => {
      code.get(n)
      let parameter = 2
      const moves: (() => void)[] = []
      for (const operand of operands) {
        const address = parameter
        code.get(address)
        if (operand.kind === 'array') {
          moves.push(() =>
            code
              .get(address)
              .get(address + 1)
              .emit(i32.add)
              .set(address),
          )
        }
        parameter += operand.kind === 'array' ? 2 : 1
      }
      code.call(RUN).emit(0x1a)
      for (const move of moves) move()
      code.get(rows).i32(1).emit(i32.subtract).tee(rows).branchIf(0)
    })
  })
  code.i32(0)
  return code
}
