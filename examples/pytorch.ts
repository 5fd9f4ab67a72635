// A classifier of digits, written the PyTorch way. Its original in Python is originals/pytorch.py.
import {
  Adam,
  accuracy,
  batches,
  crossEntropy,
  Linear,
  Module,
  manualSeed,
  relu,
  scope,
  type Tensor,
  valueAndGradients,
} from 'spikegrad'
import { test, train } from './mnist.ts'

class Net extends Module {
  fc1 = new Linear(784, 64)
  fc2 = new Linear(64, 64)
  fc3 = new Linear(64, 10)

  forward(x: Tensor): Tensor {
    x = relu(this.fc1.forward(x))
    x = relu(this.fc2.forward(x))
    return this.fc3.forward(x)
  }
}

manualSeed(1)
const net = new Net()
const criterion = crossEntropy
const optimiser = new Adam(net.parameters(), { learningRate: 0.001 })

for (let epoch = 0; epoch < 3; epoch++) {
  let total = 0
  for (const { images, labels } of batches(train, { batchSize: 64, seed: 1, epoch })) {
    scope(() => {
      const loss = () => criterion(net.forward(images), labels)
      const { value, gradients } = valueAndGradients(loss, net.parameters())
      optimiser.step(gradients)
      total += value * labels.size
    })
  }
  console.log(`epoch ${epoch + 1}: loss ${(total / train.count).toFixed(4)}`)
}

let correct = 0
for (const { images, labels } of batches(test, { batchSize: 1000, shuffle: false })) {
  correct += scope(() => accuracy(net.forward(images), labels)) * labels.size
}
console.log(`test accuracy: ${(correct / test.count).toFixed(4)}`)
