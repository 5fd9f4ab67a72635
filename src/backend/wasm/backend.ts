// The fast backend: AssemblyScript kernels, instantiated on a linear memory of their own.
import { Arena } from '../arena.ts'
import type { Backend, Kernels } from '../backend.ts'
import { LinearMemory } from '../memory.ts'
import type { WasmExports } from './generated.ts'
import { moduleBytes } from './modules.ts'

const modules = new Map<string, WebAssembly.Module>()

function compile(name: 'wasm-simd' | 'wasm-relaxed-simd'): WebAssembly.Module {
  let module = modules.get(name)
  if (module === undefined) {
    module = new WebAssembly.Module(moduleBytes(name))
    modules.set(name, module)
  }
  return module
}

export function createWasmBackend(name: 'wasm-simd' | 'wasm-relaxed-simd'): Backend {
  const linear = new WebAssembly.Memory({ initial: 2 })
  const abort = () => {
    throw new WebAssembly.RuntimeError('a kernel aborted')
  }
  const instance = new WebAssembly.Instance(compile(name), { env: { memory: linear, abort } })
  const exported = instance.exports as unknown as WasmExports & { heapBase: WebAssembly.Global }
  // The generated type lists what the module really exports: a kernel it lacks, or one that takes more parameters than
  // the contract passes, does not compile here.
  const kernels: Kernels = exported
  const memory = new LinearMemory(linear)
  return { name, memory, arena: new Arena(memory, Number(exported.heapBase.value)), kernels }
}
