// What the main thread and its workers share besides data: a few integers, and the arguments of a product for each worker.

/** Places in the control block, in int32. */
export const control = {
  /** Goes up with every job; workers wait for it to change. */
  job: 0,
  /** Workers that have not finished the job. */
  running: 1,
  /** Not 0 once a worker has failed. */
  failed: 2,
  /** Where the arguments of the first worker begin. */
  arguments: 4,
} as const

/** Arguments of `matmul`, the only kernel that threads share out. */
export const MATMUL_ARGUMENTS = 12
/** int32 between one worker's arguments and the next's: a cache line each. */
export const ARGUMENT_STRIDE = 16

/** Bytes of the control block for so many workers. */
export function controlBytes(workers: number): number {
  return 4 * (control.arguments + ARGUMENT_STRIDE * workers)
}

/** What a worker is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Address of the control block. */
  readonly control: number
  /** Number of the worker, from 0. */
  readonly index: number
}
