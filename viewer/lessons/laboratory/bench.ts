// Where the lessons' small experiments are computed: in the page, on the reference backend, which needs no WebAssembly.
import { type Backend, createBackend, scope, useBackend } from '../../../src/index.ts'

let backend: Backend | undefined

/** Runs an experiment and frees what it made. The numbers are those of every backend: simulations are bit-equal. */
export function onBench<Result>(experiment: () => Result): Result {
  backend ??= createBackend('js')
  useBackend(backend)
  return scope(experiment)
}
