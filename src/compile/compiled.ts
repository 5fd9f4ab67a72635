// A program made to run in a backend: as WebAssembly where the memory is WebAssembly's, else interpreted; compiled once.
import type { Backend } from '../backend/backend.ts'
import { LinearMemory } from '../backend/memory.ts'
import { withSharedMemory } from '../backend/sharedMemory.ts'
import { InvalidArgumentError } from '../errors.ts'
import { type InterpreterOptions, interpreterOf } from './interpret.ts'
import type { Program } from './program.ts'
import { emitProgram } from './wasm/emit.ts'

/**
 * A program bound to a backend's memory. Arguments are trusted: `runProgram` checks them.
 *
 * @example
 * ```ts
 * import { type CompiledProgram, compiled, createBackend, defineProgram } from 'spikegrad'
 * const increment = defineProgram('increment', program => {
 *   const x = program.state('x')
 *   program.store(x, x.value.plus(1))
 * })
 * const backend = createBackend('js')
 * const address = backend.arena.allocate(8)
 * const program: CompiledProgram = compiled(increment, backend)
 * program.run(2, address)
 * backend.memory.float32.slice(address / 4, address / 4 + 2) // [1, 1]
 * ```
 */
export interface CompiledProgram {
  /**
   * Computes entries 0 to n - 1.
   * @param operands in the order of their declaration: addresses of arrays and lists, and numbers.
   * @returns how many indices were collected.
   */
  readonly run: (n: number, ...operands: number[]) => number
  /**
   * Computes `rows` times n entries; each array operand is an address followed by the bytes from one row to the next.
   * @throws InvalidArgumentError for programs that collect indices or draw random numbers.
   */
  readonly runRows: (rows: number, n: number, ...operands: number[]) => void
}

/** How many modules are remembered by structure; programs in use keep theirs anyway. */
const REMEMBERED = 500

/** Modules by structure: programs that differ in nothing but their names share one. */
const modules = new Map<string, WebAssembly.Module>()
/** The programs of each backend, and those of the backend used last. */
const bound = new WeakMap<Backend, WeakMap<Program, CompiledProgram>>()
let last: { readonly backend: Backend; readonly programs: WeakMap<Program, CompiledProgram> } | undefined

/** All that a program computes, without names. */
function structureOf({ operands, nodes, stores, collect, sparse, fused }: Program): string {
  const unnamed = operands.map(({ name: _, ...operand }) => operand)
  return JSON.stringify([unnamed, nodes, stores, collect, sparse, fused])
}

/**
 * The program, ready to run in a backend; compiled at the first call, and looked up afterwards.
 *
 * @example
 * ```ts
 * import { compiled, createBackend, defineProgram } from 'spikegrad'
 * const zero = defineProgram('zero', program => {
 *   program.store(program.output('out'), program.constant(0))
 * })
 * const backend = createBackend('js')
 * compiled(zero, backend) === compiled(zero, backend) // true
 * ```
 */
export function compiled(program: Program, backend: Backend): CompiledProgram {
  const programs = last?.backend === backend ? last.programs : programsOf(backend)
  let result = programs.get(program)
  if (result === undefined) {
    result = bind(program, backend)
    programs.set(program, result)
  }
  return result
}

function programsOf(backend: Backend): WeakMap<Program, CompiledProgram> {
  let programs = bound.get(backend)
  if (programs === undefined) {
    programs = new WeakMap()
    bound.set(backend, programs)
  }
  last = { backend, programs }
  return programs
}

function bind(program: Program, backend: Backend): CompiledProgram {
  const { name, memory, arena } = backend
  if (!(memory instanceof LinearMemory)) return interpreted(program, backend)
  const module = moduleOf(program, name === 'wasm-relaxed-simd', memory.shared)
  const instance = new WebAssembly.Instance(module, { env: { memory: memory.linear, slot: arena.slot } })
  const { run, runRows } = instance.exports as unknown as CompiledProgram
  return { run, runRows: runsByRows(program) ? runRows : refuseRows(program) }
}

/** Whether a program can run row by row: rows would collect into one list, and draw the same numbers each. */
export function runsByRows({ collect, nodes }: Program): boolean {
  const draws = nodes.some(node => node.kind === 'operation' && node.operation === 'randomWord')
  return collect === undefined && !draws
}

function refuseRows({ name }: Program): () => never {
  return () => {
    throw new InvalidArgumentError(`${name}: a program that collects or draws cannot run row by row`)
  }
}

function moduleOf(program: Program, relaxed: boolean, shared: boolean): WebAssembly.Module {
  const key = `${relaxed && program.fused} ${shared} ${structureOf(program)}`
  let module = modules.get(key)
  if (module === undefined) {
    const bytes = emitProgram(program, { relaxed })
    module = new WebAssembly.Module(shared ? withSharedMemory(bytes) : bytes)
    if (modules.size === REMEMBERED) modules.delete(modules.keys().next().value!)
    modules.set(key, module)
  }
  return module
}

/** A program interpreted, with `multiplyAdd` rounded once if the engine to compare with does so. */
export function interpreted(
  program: Program,
  { memory }: Pick<Backend, 'memory'>,
  options: InterpreterOptions = {},
): CompiledProgram {
  const run = interpreterOf(program, memory, options)
  const { operands } = program
  return {
    run,
    runRows(rows, n, ...values) {
      if (!runsByRows(program)) refuseRows(program)()
      let at = 0
      const starts = operands.map(({ kind }) => {
        const start = at
        at += kind === 'array' ? 2 : 1
        return start
      })
      for (let row = 0; row < rows; row++) {
        const shifted = operands.map(({ kind }, i) => {
          const value = values[starts[i]!]!
          return kind === 'array' ? value + row * values[starts[i]! + 1]! : value
        })
        run(n, ...shifted)
      }
    },
  }
}
