// The fast backend with threads: its memory is shared, and its products are computed by several workers.
import { Arena } from '../../arena.ts'
import type { ThreadedBackend } from '../../backend.ts'
import { LinearMemory } from '../../memory.ts'
import { createSharedMemory, withSharedMemory } from '../../sharedMemory.ts'
import { INITIAL_PAGES, instantiate, type WasmBackendName } from '../backend.ts'
import { moduleBytes } from '../modules.ts'
import { ThreadPool } from './pool.ts'

/** A backend whose matrix products are shared out among `threads` threads, the calling one included. */
export async function createThreadedWasmBackend(
  name: WasmBackendName,
  threads: number,
): Promise<ThreadedBackend> {
  const memory = new LinearMemory(createSharedMemory(INITIAL_PAGES))
  const module = new WebAssembly.Module(withSharedMemory(moduleBytes(name)))
  const { kernels, heapBase } = instantiate(module, memory.linear)
  const arena = new Arena(memory, heapBase)
  const pool = await ThreadPool.start(module, memory, arena, kernels.matmul, threads - 1)
  return {
    ...{ name, memory, arena, threads },
    kernels: { ...kernels, matmul: pool.matmul },
    stopThreads: () => pool.stop(),
  }
}
