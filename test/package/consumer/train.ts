// A program of a user: learns exclusive or. It compiles in Node and in a page, and imports the package alone.
import {
  Adam,
  type AdamOptions,
  crossEntropy,
  currentBackend,
  Linear,
  Relu,
  Sequential,
  scope,
  tensor,
  valueAndGradients,
} from 'spikegrad'

const options: AdamOptions = { learningRate: 0.05 }
const model = new Sequential([
  new Linear(2, 8, { seed: 1, name: 'hidden' }),
  new Relu(),
  new Linear(8, 2, { seed: 1, name: 'output' }),
])
const optimiser = new Adam(model.parameters(), options)

function step(): number {
  return scope(() => {
    const inputs = tensor(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), [4, 2])
    const labels = tensor(Int32Array.of(0, 1, 1, 0))
    const loss = () => crossEntropy(model.forward(inputs), labels)
    const { value, gradients } = valueAndGradients(loss, model.parameters())
    optimiser.step(gradients)
    return value
  })
}

export const losses: readonly number[] = Array.from({ length: 200 }, step)
export const backend: string = currentBackend().name
