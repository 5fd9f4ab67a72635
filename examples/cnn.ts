// A convolutional network that reads MNIST: more than 99 of 100 test digits right after five epochs.
import { FollowSchedule, layers, oneCycle, sequential } from 'spikegrad'
import { test, train } from './mnist.ts'

const model = sequential(
  [
    layers.conv2d(16, 5, { activation: 'relu' }),
    layers.maxPool2d(2),
    layers.conv2d(32, 5, { activation: 'relu' }),
    layers.maxPool2d(2),
    layers.flatten(),
    layers.dense(64, { activation: 'relu' }),
    layers.dropout(0.25),
    layers.dense(10, { activation: 'softmax' }),
  ],
  { inputShape: [1, 28, 28], seed: 1 },
)
console.log(model.summary())

const [epochs, batchSize] = [5, 64]
const rate = oneCycle(0.004, { steps: epochs * Math.ceil(train.count / batchSize) })
model.compile({ optimiser: 'adam', loss: 'crossEntropy', metrics: ['accuracy'] })
await model.fit(train, { epochs, batchSize, callbacks: [new FollowSchedule(rate)], verbose: true })

const { accuracy = 0 } = await model.evaluate(test)
console.log(`test accuracy: ${accuracy.toFixed(4)}`)
