// The fast backend: AssemblyScript kernels, instantiated on a linear memory of their own.
import { Arena } from '../arena.ts'
import type { Backend, Kernels } from '../backend.ts'
import { LinearMemory } from '../memory.ts'
import type { WasmExports } from './generated.ts'
import { moduleBytes } from './modules.ts'

export type WasmBackendName = 'wasm-simd' | 'wasm-relaxed-simd'

/** Pages that a memory begins with: those of the kernels' own data. */
export const INITIAL_PAGES = 2

const modules = new Map<string, WebAssembly.Module>()

function compile(name: WasmBackendName): WebAssembly.Module {
  let module = modules.get(name)
  if (module === undefined) {
    module = new WebAssembly.Module(moduleBytes(name))
    modules.set(name, module)
  }
  return module
}

/** A module's kernels on a memory, and where the arena may begin. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): { kernels: Kernels; heapBase: number } {
  const abort = () => {
    throw new WebAssembly.RuntimeError('a kernel aborted')
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } })
  // The generated type lists what the module really exports: a kernel it lacks, or one that takes more parameters than
  // the contract passes, does not compile here.
  const kernels = exports as unknown as WasmExports & { heapBase: WebAssembly.Global }
  return { kernels, heapBase: Number(kernels.heapBase.value) }
}

export function createWasmBackend(name: WasmBackendName): Backend {
  const memory = new LinearMemory(new WebAssembly.Memory({ initial: INITIAL_PAGES }))
  const { kernels, heapBase } = instantiate(compile(name), memory.linear)
  return { name, memory, arena: new Arena(memory, heapBase), kernels }
}
