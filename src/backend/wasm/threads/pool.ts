// The main thread's side of its workers: starts them, shares a product out among them, and waits for them.
import { BackendUnavailableError } from '../../../errors.ts'
import type { Arena } from '../../arena.ts'
import type { Address, Kernels } from '../../backend.ts'
import type { LinearMemory } from '../../memory.ts'
import { matmulScratch } from '../../scratch.ts'
import { ARGUMENT_STRIDE, control, controlBytes, type WorkerStart } from './control.ts'

/** Fewer multiplications than this are done before a worker has woken. */
const LEAST_WORK = 1_000_000
/** Rows of the kernel's register tile. */
const TILE = 6
/** A share of a product is about so many rows at least: beyond what the kernel treats as few. */
const LEAST_ROWS = 48

/** A worker of Node or of a browser. */
interface WorkerThread {
  start(message: WorkerStart): Promise<void>
  terminate(): void
}

const WORKER_FILE = './worker.js'

/** Starts a worker thread: Node has no global Worker. */
function createWorker(): WorkerThread {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  if (threads) {
    const worker = new threads.Worker(new URL(WORKER_FILE, import.meta.url), { execArgv: [] })
    return {
      start: message =>
        new Promise((resolve, reject) => {
          worker.once('error', reject)
          worker.once('message', () => {
            // A program that has nothing else to do may end.
            worker.unref()
            resolve()
          })
          worker.postMessage(message)
        }),
      terminate: () => void worker.terminate(),
    }
  }
  if (typeof globalThis.Worker !== 'function') {
    throw new BackendUnavailableError('threads need workers, which this engine does not offer')
  }
  // Written out, since bundlers look for just these words.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  return {
    start: message =>
      new Promise((resolve, reject) => {
        worker.onerror = event =>
          reject(new BackendUnavailableError(`a worker did not start: ${event.message}`))
        worker.onmessage = () => resolve()
        worker.postMessage(message)
      }),
    terminate: () => worker.terminate(),
  }
}

/** Worker threads that compute shares of products in the memory of one backend. */
export class ThreadPool {
  readonly #arena: Arena
  readonly #matmul: Kernels['matmul']
  readonly #shared: Int32Array
  readonly #block: number
  readonly #scratch: Address[] = []
  #scratchBytes = 0
  #workers: WorkerThread[] = []

  private constructor(arena: Arena, memory: LinearMemory, matmul: Kernels['matmul'], address: Address) {
    this.#arena = arena
    this.#matmul = matmul
    this.#shared = new Int32Array(memory.linear.buffer)
    this.#block = address >>> 2
  }

  /** Starts so many workers and waits until they are ready. */
  static async start(
    module: WebAssembly.Module,
    memory: LinearMemory,
    arena: Arena,
    matmul: Kernels['matmul'],
    count: number,
  ): Promise<ThreadPool> {
    const address = arena.allocate(controlBytes(count))
    memory.int32.fill(0, address >>> 2, (address + controlBytes(count)) >>> 2)
    const pool = new ThreadPool(arena, memory, matmul, address)
    try {
      pool.#workers = Array.from({ length: count }, createWorker)
      await Promise.all(
        pool.#workers.map((worker, index) =>
          worker.start({ module, memory: memory.linear, control: address, index }),
        ),
      )
      return pool
    } catch (error) {
      pool.stop()
      throw error
    }
  }

  /** Ends the workers; products are then computed by the main thread alone. */
  stop(): void {
    for (const worker of this.#workers.splice(0)) worker.terminate()
  }

  /** `matmul` of the contract, its rows shared out when they are worth it; the bits are those of one thread. */
  readonly matmul: Kernels['matmul'] = (a, aRow, aColumn, b, bRow, bColumn, bias, out, m, n, k, scratch) => {
    const parts = Math.min(this.#workers.length + 1, Math.floor(m / LEAST_ROWS))
    if (parts < 2 || n < 2 || m * n * k < LEAST_WORK) {
      this.#matmul(a, aRow, aColumn, b, bRow, bColumn, bias, out, m, n, k, scratch)
      return
    }
    this.#reserve(matmulScratch(n, k))
    // Whole tiles, as evenly as they go: no sum is divided, so the bits are those of one thread.
    const tiles = Math.ceil(m / TILE)
    const startOf = (part: number) => Math.min(Math.floor((tiles * part) / parts) * TILE, m)
    for (let worker = 0; worker < this.#workers.length; worker++) {
      const start = startOf(Math.min(worker + 1, parts))
      const share = startOf(Math.min(worker + 2, parts)) - start
      const left = a + 4 * start * aRow
      const target = out + 4 * start * n
      const values = [
        left,
        aRow,
        aColumn,
        b,
        bRow,
        bColumn,
        bias,
        target,
        share,
        n,
        k,
        this.#scratch[worker]!,
      ]
      this.#shared.set(values, this.#block + control.arguments + ARGUMENT_STRIDE * worker)
    }
    Atomics.store(this.#shared, this.#block + control.running, this.#workers.length)
    Atomics.add(this.#shared, this.#block + control.job, 1)
    Atomics.notify(this.#shared, this.#block + control.job)
    this.#matmul(a, aRow, aColumn, b, bRow, bColumn, bias, out, startOf(1), n, k, scratch)
    while (Atomics.load(this.#shared, this.#block + control.running) > 0);
    if (Atomics.load(this.#shared, this.#block + control.failed) !== 0) {
      throw new WebAssembly.RuntimeError('a worker thread failed')
    }
  }

  /** Working space for each worker. */
  #reserve(bytes: number): void {
    if (bytes <= this.#scratchBytes) return
    for (const address of this.#scratch.splice(0)) this.#arena.free(address)
    for (let i = 0; i < this.#workers.length; i++) this.#scratch.push(this.#arena.allocate(bytes))
    this.#scratchBytes = bytes
  }
}
