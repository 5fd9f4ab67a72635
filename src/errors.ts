// The typed errors of spikegrad: each says what was wrong, where, and what was expected.

/**
 * Base of every error that spikegrad raises on purpose; a caller can catch this one class.
 *
 * @example
 * ```ts
 * import { SpikegradError, tensor } from 'spikegrad'
 * try {
 *   tensor([1, 2, 3], [2, 2])
 * } catch (error) {
 *   if (!(error instanceof SpikegradError)) throw error
 * }
 * ```
 */
export class SpikegradError extends Error {
  override readonly name: string = 'SpikegradError'
}

/**
 * An argument has the wrong value: out of range, not finite, not one of the choices.
 *
 * @example
 * ```ts
 * import { sum, tensor } from 'spikegrad'
 * sum(tensor([1, 2]), 1) // throws InvalidArgumentError
 * ```
 */
export class InvalidArgumentError extends SpikegradError {
  override readonly name = 'InvalidArgumentError'
}

/**
 * Shapes that do not fit one another; the message names the operation and both shapes.
 *
 * @example
 * ```ts
 * import { matmul, ones } from 'spikegrad'
 * matmul(ones([2, 3]), ones([2, 3])) // throws ShapeError
 * ```
 */
export class ShapeError extends SpikegradError {
  override readonly name = 'ShapeError'
}

/**
 * A tensor, population or simulation was used after it was freed.
 *
 * @example
 * ```ts
 * import { sum, tensor } from 'spikegrad'
 * const x = tensor([1, 2])
 * x.dispose()
 * sum(x) // throws DisposedError
 * ```
 */
export class DisposedError extends SpikegradError {
  override readonly name = 'DisposedError'
}

/**
 * The chosen backend cannot run in this engine.
 *
 * @example
 * ```ts
 * import { type Backend, BackendUnavailableError, createBackend } from 'spikegrad'
 * function fusedOrPlain(): Backend {
 *   try {
 *     return createBackend('wasm-relaxed-simd')
 *   } catch (error) {
 *     if (error instanceof BackendUnavailableError) return createBackend('js')
 *     throw error
 *   }
 * }
 * fusedOrPlain().memory.uint8.length > 0 // true
 * ```
 */
export class BackendUnavailableError extends SpikegradError {
  override readonly name = 'BackendUnavailableError'
}

/**
 * Memory ran out; the message says how much was asked for and how much is in use.
 *
 * @example
 * ```ts
 * import { zeros } from 'spikegrad'
 * zeros([100_000, 100_000]) // throws OutOfMemoryError
 * ```
 */
export class OutOfMemoryError extends SpikegradError {
  override readonly name = 'OutOfMemoryError'
}

/**
 * A file's bytes are not what its format demands.
 *
 * @example
 * ```ts
 * import { decodeSafetensors } from 'spikegrad'
 * decodeSafetensors(Uint8Array.of(1, 2, 3)) // throws FileFormatError
 * ```
 */
export class FileFormatError extends SpikegradError {
  override readonly name = 'FileFormatError'
}

/**
 * A number that training depends on is infinite or not a number; the message names the first place.
 *
 * @example
 * ```ts
 * import { NonFiniteError, Parameter, Sgd, tensor } from 'spikegrad'
 * const sgd = new Sgd([new Parameter([1], { name: 'weight' })], { learningRate: 0.1 })
 * try {
 *   sgd.step([tensor([Number.NaN])])
 * } catch (error) {
 *   error instanceof NonFiniteError // true
 * }
 * ```
 */
export class NonFiniteError extends SpikegradError {
  override readonly name = 'NonFiniteError'
}

/**
 * What was given in place of something else, in a few words, for the message of an error.
 * @internal
 */
export function describeGiven(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return 'an array'
  if ('then' in value) return 'a promise'
  return `an object (${value.constructor?.name ?? 'without a class'})`
}
