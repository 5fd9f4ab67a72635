// Trains a small classifier and runs a small spiking network on a backend: the same in Node and in the page.

import { DiehlCook } from '../../sim/index.ts'
import {
  Adam,
  type BackendName,
  crossEntropy,
  Linear,
  RandomStream,
  Relu,
  Sequential,
  scope,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

/** Bits of float32 numbers, as text: any difference shows, and a page can hand it over. */
function bitsOf(values: ArrayLike<number>): string {
  const bits = new Uint32Array(Float32Array.from(values).buffer)
  return Array.from(bits, word => word.toString(16)).join(' ')
}

export interface Trained {
  readonly losses: readonly number[]
  /** Bits of every weight. */
  readonly weights: string
}

/** Sixty steps of Adam on random images. */
export function train(backend: BackendName): Trained {
  useBackend(backend)
  const stream = new RandomStream(1, 'images')
  const images = Float32Array.from({ length: 32 * 20 }, () => stream.uniform())
  const labels = Int32Array.from({ length: 32 }, (_, i) => i % 4)
  const model = new Sequential([
    new Linear(20, 16, { seed: 1, name: 'hidden' }),
    new Relu(),
    new Linear(16, 4, { seed: 1, name: 'output' }),
  ])
  const optimiser = new Adam(model.parameters(), { learningRate: 0.03 })
  const losses = Array.from({ length: 60 }, () =>
    scope(() => {
      const [x, y] = [tensor(images, [32, 20]), tensor(labels)]
      const loss = () => crossEntropy(model.forward(x), y)
      const { value, gradients } = valueAndGradients(loss, model.parameters())
      optimiser.step(gradients)
      return value
    }),
  )
  return { losses, weights: bitsOf(model.parameters().flatMap(parameter => [...parameter.toArray()])) }
}

export interface Spiked {
  /** Spikes of each neuron at each image. */
  readonly counts: readonly number[]
  /** Bits of every weight after learning. */
  readonly weights: string
}

/** Diehl & Cook's network, small, learns three images. */
export function spike(backend: BackendName): Spiked {
  useBackend(backend)
  const model = new DiehlCook({ neurons: 20, seed: 1 })
  const counts = [0, 1, 2].flatMap(index => {
    const image = Uint8Array.from({ length: 784 }, (_, i) => (Math.floor(i / 80) % 3 === index ? 255 : 0))
    return [...model.present(image, { learning: true, stream: 'page', index }).counts]
  })
  return { counts, weights: bitsOf(model.weights.toArray()) }
}
