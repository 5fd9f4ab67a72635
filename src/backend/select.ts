// Chooses a backend: the one file that imports the implementations.
import { BackendUnavailableError, InvalidArgumentError } from '../errors.ts'
import type { Backend, BackendName, ThreadedBackend } from './backend.ts'
import { createJsBackend } from './js/backend.ts'
import { createWasmBackend } from './wasm/backend.ts'
import { relaxedSimdWorks, simdWorks } from './wasm/features.ts'

/**
 * What a user may ask for; `wasm` means the best WebAssembly backend that runs here.
 *
 * @example
 * ```ts
 * import { type BackendChoice, createBackend } from 'spikegrad'
 * const choice: BackendChoice = 'js'
 * createBackend(choice).name // 'js'
 * ```
 */
export type BackendChoice = BackendName | 'wasm'

/**
 * The names that `createBackend` and `useBackend` take.
 *
 * @example
 * ```ts
 * import { backendChoices } from 'spikegrad'
 * backendChoices.includes('wasm') // true
 * ```
 */
export const backendChoices: readonly BackendChoice[] = ['js', 'wasm', 'wasm-simd', 'wasm-relaxed-simd']

/**
 * The backends that run in this engine, best first.
 *
 * @example
 * ```ts
 * import { availableBackends } from 'spikegrad'
 * availableBackends().at(-1) // 'js'
 * ```
 */
export function availableBackends(): BackendName[] {
  const names: BackendName[] = []
  if (relaxedSimdWorks()) names.push('wasm-relaxed-simd')
  if (simdWorks()) names.push('wasm-simd')
  names.push('js')
  return names
}

/**
 * Creates a backend with a memory of its own. Without a choice: the best that runs here.
 * @throws InvalidArgumentError for a name that is not a backend.
 * @throws BackendUnavailableError when the named backend cannot run in this engine.
 *
 * @example
 * ```ts
 * import { createBackend, tensor, useBackend } from 'spikegrad'
 * useBackend(createBackend('js'))
 * tensor([1]).backend.name // 'js'
 * ```
 */
export function createBackend(choice?: BackendChoice): Backend {
  const name = bestAvailable(choice)
  return name === 'js' ? createJsBackend() : createWasmBackend(name)
}

/** The best backend that runs here and is meant by a choice. */
function bestAvailable(choice: BackendChoice | undefined): BackendName {
  if (choice !== undefined && !backendChoices.includes(choice)) {
    throw new InvalidArgumentError(
      `unknown backend "${choice}": expected one of ${backendChoices.join(', ')}`,
    )
  }
  const available = availableBackends()
  const name = available.find(
    candidate => choice === undefined || candidate === choice || (choice === 'wasm' && candidate !== 'js'),
  )
  if (name === undefined) {
    throw new BackendUnavailableError(
      `backend "${choice}" does not run in this engine, which offers ${available.join(', ')}`,
    )
  }
  return name
}

/** More threads than any product here is worth. */
const MOST_THREADS = 64

/**
 * How a threaded backend is made.
 *
 * @example
 * ```ts
 * import type { ThreadOptions } from 'spikegrad'
 * const options: ThreadOptions = { threads: 4 }
 * options.threads // 4
 * ```
 */
export interface ThreadOptions {
  /** How many threads compute, the calling one included; by default as many as the machine has, but at most 8. */
  readonly threads?: number
  /** By default the best that runs here; the js backend has no threads. */
  readonly backend?: Exclude<BackendChoice, 'js'>
}

/**
 * Creates a backend whose large matrix products are shared out among threads, where the engine has SharedArrayBuffer: Node, and pages that are
 * cross-origin isolated. Nothing needs it, and the results are those of `createBackend`, bit for bit.
 * @throws InvalidArgumentError when the number of threads is not an integer from 2 to 64.
 * @throws BackendUnavailableError when the engine shares no memory, starts no workers, or has no such backend.
 *
 * @example
 * ```ts
 * import { createThreadedBackend, useBackend } from 'spikegrad'
 * async function main() {
 *   const backend = await createThreadedBackend({ threads: 2 })
 *   useBackend(backend)
 *   backend.stopThreads()
 * }
 * main.name // 'main'
 * ```
 */
export async function createThreadedBackend(options: ThreadOptions = {}): Promise<ThreadedBackend> {
  const { threads = Math.min(globalThis.navigator?.hardwareConcurrency ?? 2, 8), backend = 'wasm' } = options
  if (!Number.isInteger(threads) || threads < 2 || threads > MOST_THREADS) {
    throw new InvalidArgumentError(
      `createThreadedBackend: threads is an integer from 2 to ${MOST_THREADS}, got ${threads}`,
    )
  }
  const name = bestAvailable(backend)
  if (name === 'js') throw new BackendUnavailableError('the js backend has no threads')
  // Apart, so that a page that does without does not load it.
  const { createThreadedWasmBackend } = await import('./wasm/threads/backend.ts')
  return createThreadedWasmBackend(name, threads)
}
