// Where tensors were freed: kept on request, for the error that a later use raises.
import { DisposedError } from './errors.ts'
import { formatShape, type Shape } from './shape.ts'

let tracing = inDevelopment()

/** Bundlers write the name of the mode in its place; elsewhere in a browser there is no `process`. */
function inDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === 'development'
  } catch {
    return false
  }
}

/**
 * Keeps, from now on, where each tensor is freed, so that the error of a use after that says it. It costs some microseconds a tensor, and
 * is on from the start only where NODE_ENV is `development`.
 *
 * @example
 * ```ts
 * import { relu, tensor, traceDisposals } from 'spikegrad'
 * traceDisposals(true)
 * const x = tensor([1, 2])
 * x.dispose()
 * let message = ''
 * try {
 *   relu(x)
 * } catch (error) {
 *   message = String(error)
 * }
 * message.startsWith('DisposedError: relu: the operand of shape [2] was disposed\n    at ') // true
 * traceDisposals(false)
 * ```
 */
export function traceDisposals(on: boolean): void {
  tracing = on
}

/** The calls that lead here, if they are to be kept. */
export function disposalTrace(): string | undefined {
  if (!tracing) return undefined
  // Without this function and `dispose` itself; some engines begin with the message.
  const lines = new Error().stack?.split('\n') ?? []
  return lines.slice(lines[0]?.startsWith('Error') ? 3 : 2).join('\n')
}

/** The error of a use after `dispose`: `what` was used, and was freed where `trace` says. */
export function disposedError(what: string, shape: Shape, trace: string | undefined): DisposedError {
  const where =
    trace === undefined ? ' (traceDisposals(true) makes this error say where)' : `\n${trace}\n  and used`
  return new DisposedError(`${what} of shape ${formatShape(shape)} was disposed${where}`)
}
