// The binary format of WebAssembly modules, as far as compiled programs need it (WebAssembly Core Specification 2.0, chapter 5).
import { unsigned } from '../../backend/leb128.ts'

export const valueType = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const
export type ValueType = (typeof valueType)[keyof typeof valueType]

const BLOCK_WITHOUT_RESULT = 0x40
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const
const KIND = { function: 0, memory: 2, global: 3 } as const

/** A signed 32-bit integer in LEB128. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    bytes.push(done ? low : low | 0x80)
    if (done) return bytes
  }
}

function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...unsigned(bytes.length), ...bytes]
}

function vector(items: readonly (readonly number[])[]): number[] {
  return unsigned(items.length).concat(...items)
}

function section(id: number, body: readonly number[]): number[] {
  return [id].concat(unsigned(body.length), body)
}

/** The code of one function, instruction by instruction. */
export class FunctionCode {
  readonly parameters: readonly ValueType[]
  readonly result: ValueType
  readonly #locals: ValueType[] = []
  readonly #bytes: number[] = []

  constructor(parameters: readonly ValueType[], result: ValueType) {
    this.parameters = parameters
    this.result = result
  }

  /** A new local; its number. */
  local(type: ValueType): number {
    return this.parameters.length + this.#locals.push(type) - 1
  }

  /** Appends bytes: an opcode and its immediates. */
  emit(...bytes: readonly number[]): this {
    for (const byte of bytes) this.#bytes.push(byte)
    return this
  }

  #unsigned(value: number): this {
    let rest = value >>> 0
    for (; rest > 0x7f; rest >>>= 7) this.#bytes.push((rest & 0x7f) | 0x80)
    this.#bytes.push(rest)
    return this
  }

  get(local: number): this {
    this.#bytes.push(0x20)
    return this.#unsigned(local)
  }

  set(local: number): this {
    this.#bytes.push(0x21)
    return this.#unsigned(local)
  }

  tee(local: number): this {
    this.#bytes.push(0x22)
    return this.#unsigned(local)
  }

  global(index: number): this {
    this.#bytes.push(0x23)
    return this.#unsigned(index)
  }

  i32(value: number): this {
    return this.emit(0x41, ...signed(value))
  }

  call(index: number): this {
    this.#bytes.push(0x10)
    return this.#unsigned(index)
  }

  /** A SIMD instruction by its number, without immediates. */
  simd(opcode: number): this {
    this.#bytes.push(0xfd)
    return this.#unsigned(opcode)
  }

  /** A memory access: alignment as a power of two, and a constant offset. */
  memory(opcode: readonly number[], alignment: number, offset: number): this {
    for (const byte of opcode) this.#bytes.push(byte)
    this.#bytes.push(alignment)
    return this.#unsigned(offset)
  }

  block(body: () => void): this {
    this.emit(0x02, BLOCK_WITHOUT_RESULT)
    body()
    return this.emit(0x0b)
  }

  loop(body: () => void): this {
    this.emit(0x03, BLOCK_WITHOUT_RESULT)
    body()
    return this.emit(0x0b)
  }

  /** Runs `body` when the i32 on the stack is not 0, else `otherwise`. */
  when(body: () => void, otherwise?: () => void): this {
    this.emit(0x04, BLOCK_WITHOUT_RESULT)
    body()
    if (otherwise !== undefined) {
      this.emit(0x05)
      otherwise()
    }
    return this.emit(0x0b)
  }

  branch(depth: number): this {
    return this.emit(0x0c, ...unsigned(depth))
  }

  branchIf(depth: number): this {
    return this.emit(0x0d, ...unsigned(depth))
  }

  /** The function's entry in the code section. */
  encode(): number[] {
    const locals = vector(this.#locals.map(type => [1, type]))
    const body = locals.concat(this.#bytes, 0x0b)
    return unsigned(body.length).concat(body)
  }
}

/**
 * A module that imports `env.memory` and `env.slot` (the address of working space for one number), and exports some of its functions by name.
 */
export function encodeModule(
  functions: readonly FunctionCode[],
  exports: ReadonlyMap<string, number>,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map(type => [type])),
    1,
    result,
  ])
  const imports = [
    [...name('env'), ...name('memory'), KIND.memory, 0, 0],
    [...name('env'), ...name('slot'), KIND.global, valueType.i32, 0],
  ]
  const exported = [...exports].map(([label, index]) => [...name(label), KIND.function, ...unsigned(index)])
  return Uint8Array.from(
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00].concat(
      section(SECTION.type, vector(types)),
      section(SECTION.import, vector(imports)),
      section(SECTION.function, vector(functions.map((_, index) => unsigned(index)))),
      section(SECTION.export, vector(exported)),
      section(SECTION.code, vector(functions.map(code => code.encode()))),
    ),
  )
}
