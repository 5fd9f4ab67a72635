// A worker thread: waits for jobs in shared memory, and computes its share of a product.
import type { Kernels } from '../../backend.ts'
import { ARGUMENT_STRIDE, control, MATMUL_ARGUMENTS, type WorkerStart } from './control.ts'

/** What Node and browsers give a worker to talk to the thread that started it. */
interface Port {
  postMessage(message: unknown): void
  onMessage(listener: (start: WorkerStart) => void): void
}

/** How often a worker looks for the next job before it sleeps: some tens of microseconds. */
const LOOKS = 20_000

function portOfThisThread(): Port {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  const parent = threads?.parentPort
  if (parent) {
    return {
      postMessage: message => parent.postMessage(message),
      onMessage: listener => void parent.once('message', listener),
    }
  }
  return {
    postMessage: message => globalThis.postMessage(message),
    onMessage: listener => {
      globalThis.onmessage = ({ data }: MessageEvent<WorkerStart>) => listener(data)
    },
  }
}

/** Waits until the job is another than `seen`; returns its number. */
function nextJob(shared: Int32Array, job: number, seen: number): number {
  for (let look = 0; look < LOOKS; look++) {
    const now = Atomics.load(shared, job)
    if (now !== seen) return now
  }
  Atomics.wait(shared, job, seen)
  return Atomics.load(shared, job)
}

const port = portOfThisThread()
port.onMessage(({ module, memory, control: address, index }) => {
  const abort = () => {
    throw new WebAssembly.RuntimeError('a kernel aborted')
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } })
  const matmul = exports.matmul as Kernels['matmul']
  // The block stays where it is when the memory grows, so one view serves for ever.
  const shared = new Int32Array(memory.buffer)
  const block = address >>> 2
  const first = block + control.arguments + ARGUMENT_STRIDE * index
  let seen = Atomics.load(shared, block + control.job)
  port.postMessage('ready')
  for (;;) {
    const job = nextJob(shared, block + control.job, seen)
    if (job === seen) continue
    seen = job
    try {
      const values = shared.subarray(first, first + MATMUL_ARGUMENTS)
      if (values[MATMUL_ARGUMENTS - 4]! > 0) matmul(...(values as unknown as Parameters<Kernels['matmul']>))
    } catch {
      Atomics.store(shared, block + control.failed, 1)
    }
    Atomics.sub(shared, block + control.running, 1)
  }
})
