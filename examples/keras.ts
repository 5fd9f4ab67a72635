// A classifier of digits, written the Keras way. Its original in Python is originals/keras.py.
import { dense, sequential } from 'spikegrad'
import { test, train } from './mnist.ts'

const model = sequential(
  [
    dense(64, { activation: 'relu' }),
    dense(64, { activation: 'relu' }),
    dense(10, { activation: 'softmax' }),
  ],
  { inputShape: [784], seed: 1 },
)
console.log(model.summary())

model.compile({
  optimiser: 'adam',
  loss: 'crossEntropy',
  metrics: ['accuracy'],
})
await model.fit(train, { epochs: 3, batchSize: 64, validationSplit: 0.1, verbose: true })

const { accuracy = 0 } = await model.evaluate(test)
console.log(`test accuracy: ${accuracy.toFixed(4)}`)
