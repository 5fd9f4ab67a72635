// Chooses a backend: the one file that imports the implementations.
import { BackendUnavailableError, InvalidArgumentError } from '../errors.ts'
import type { Backend, BackendName } from './backend.ts'
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
  return name === 'js' ? createJsBackend() : createWasmBackend(name)
}
