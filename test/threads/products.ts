// Products and training on one thread and on several, for Node and for the browser alike.
import type * as Spikegrad from '../../src/index.ts'

export interface ThreadsResult {
  readonly threads: number
  /** Products compared, and those whose bits differed. */
  readonly products: number
  readonly differences: readonly string[]
  /** The loss after some steps of training: on one thread, on several, and after those were stopped. */
  readonly losses: readonly number[]
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const [x, y] = [a, b].map(values => new Uint32Array(values.buffer, values.byteOffset, values.length)) as [
    Uint32Array,
    Uint32Array,
  ]
  return x.length === y.length && x.every((bits, i) => bits === y[i])
}

/** @param spikegrad the package: its built form, since a worker starts from a file. */
export async function compareThreads(spikegrad: typeof Spikegrad): Promise<ThreadsResult> {
  const { createBackend, createThreadedBackend, matmul, RandomStream, scope, tensor, useBackend } = spikegrad
  const [single, threaded] = [createBackend('wasm'), await createThreadedBackend({ threads: 3 })]
  const random = new RandomStream(1, 'threads')
  const differences: string[] = []
  const products = 40
  for (let i = 0; i < products; i++) {
    const [m, n, k] = [1 + random.integer(500), 1 + random.integer(300), 1 + random.integer(300)]
    const options = { transposeA: random.integer(2) === 1, transposeB: random.integer(2) === 1 }
    const a = Float32Array.from({ length: m * k }, () => random.normal())
    const b = Float32Array.from({ length: k * n }, () => random.normal())
    const product = (backend: Spikegrad.Backend) => {
      useBackend(backend)
      return scope(() => {
        const left = tensor(a, options.transposeA ? [k, m] : [m, k])
        const right = tensor(b, options.transposeB ? [n, k] : [k, n])
        return matmul(left, right, options).toArray() as Float32Array
      })
    }
    if (!sameBits(product(single), product(threaded))) differences.push(`${m} x ${n} x ${k}`)
  }
  const losses = [train(spikegrad, single), train(spikegrad, threaded)]
  threaded.stopThreads()
  losses.push(train(spikegrad, threaded))
  return { threads: threaded.threads, products, differences, losses }
}

/** Some steps of a network whose products are worth sharing out; its last loss. */
function train(spikegrad: typeof Spikegrad, backend: Spikegrad.Backend): number {
  const { Adam, crossEntropy, Linear, RandomStream, Relu, Sequential, scope, tensor, useBackend } = spikegrad
  useBackend(backend)
  const model = new Sequential([
    new Linear(256, 256, { seed: 1, name: 'hidden' }),
    new Relu(),
    new Linear(256, 10, { seed: 1, name: 'output' }),
  ])
  const optimiser = new Adam(model.parameters())
  const random = new RandomStream(2, 'inputs')
  const x = tensor(
    Float32Array.from({ length: 144 * 256 }, () => random.uniform()),
    [144, 256],
  )
  const labels = tensor(Int32Array.from({ length: 144 }, (_, i) => i % 10))
  let loss = 0
  for (let step = 0; step < 10; step++) {
    scope(() => {
      const run = () => crossEntropy(model.forward(x), labels)
      const { value, gradients } = spikegrad.valueAndGradients(run, model.parameters())
      optimiser.step(gradients)
      loss = value
    })
  }
  return loss
}
