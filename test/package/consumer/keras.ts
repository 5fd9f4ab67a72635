// A user's page in the manner of Keras: learns exclusive or.
import { currentBackend, dense, sequential } from 'spikegrad'

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]

async function main() {
  const model = sequential([dense(8, { activation: 'tanh' }), dense(2)], { seed: 1 })
  model.compile({ optimiser: 'adam', loss: 'crossEntropy' })
  const history = await model.fit(inputs, [0, 1, 1, 0], { epochs: 2000, batchSize: 4 })
  const losses = history.series('loss')
  return { backend: currentBackend().name, first: losses[0], last: losses.at(-1) }
}

Object.assign(globalThis, { result: main() })
