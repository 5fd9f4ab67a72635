// What it costs to make a network smaller: weights left out by magnitude, and weights kept as 8-bit integers.
import { dense, pruneByMagnitude, quantise, sequential } from 'spikegrad'
import { test, train } from './mnist.ts'

const model = sequential(
  [
    dense(64, { activation: 'relu' }),
    dense(64, { activation: 'relu' }),
    dense(10, { activation: 'softmax' }),
  ],
  { inputShape: [784], seed: 1 },
)
model.compile({ optimiser: 'adam', loss: 'crossEntropy', metrics: ['accuracy'] })
await model.fit(train, { epochs: 3, batchSize: 32 })

const evaluate = async () => (await model.evaluate(test)).accuracy ?? 0
const trained = model.save()
console.log(`as trained: ${(await evaluate()).toFixed(4)}`)

for (const fraction of [0.3, 0.5, 0.7]) {
  const { cost } = await pruneByMagnitude(model.network, { fraction, over: 'all', evaluate })
  console.log(`without ${100 * fraction} % of the weights: ${cost?.after.toFixed(4)}`)
  model.load(trained)
}

const { cost, bytesBefore, bytesAfter } = await quantise(model.network, { evaluate })
const share = (bytesAfter / bytesBefore).toFixed(2)
console.log(`weights as 8-bit integers, ${share} of the bytes: ${cost?.after.toFixed(4)}`)
