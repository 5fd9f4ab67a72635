// Works in jax-js on its WebAssembly backend: training a perceptron 784-hidden-hidden-10 (`mlp`) or a small convolutional
// network (`cnn`) on MNIST, and adding two arrays of one entry (`add`).
//
// A whole update (loss, gradients, Adam) is one jitted function. Batches are gathered in JavaScript, which was faster than
// `np.take` from one array of all images. Of every array that is used again a `.ref` is taken, as the library wants.
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bestSeconds, notInstalled, readOptions, readSet, serve, serveTraining } from './peer.mjs'

const ADDITIONS = 2000
const TEST_IMAGES = 1000
const [RATE, BETA1, BETA2, EPSILON] = [1e-3, 0.9, 0.999, 1e-8]

const options = readOptions()

/** jax-js from the given node_modules folder; leaves with the agreed status when it is not there. */
async function loadJax() {
  const require = createRequire(join(resolve(options.nodeModules), 'resolve.js'))
  try {
    const path = require.resolve('@jax-js/jax')
    const { version } = require(join(path, '..', '..', 'package.json'))
    const jax = await import(pathToFileURL(path.replace(/\.cjs$/, '.js')))
    await jax.init('wasm')
    jax.defaultDevice('wasm')
    return { jax, version }
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return notInstalled(error)
  }
}

const sizeOf = shape => shape.reduce((product, length) => product * length, 1)

/** Weights (He initialisation, uniform) and biases of layers given as [shape of the weight, its inputs, its outputs]. */
function initial({ numpy: np }, layers) {
  return layers.flatMap(([shape, inputs, biasShape]) => {
    const scale = Math.sqrt(6 / inputs)
    const values = Float32Array.from({ length: sizeOf(shape) }, () => (2 * Math.random() - 1) * scale)
    return [np.array(values).reshape(shape), np.zeros(biasShape)]
  })
}

function perceptron(jax) {
  const { numpy: np, nn } = jax
  const { hidden } = options
  const parameters = initial(jax, [
    [[784, hidden], 784, [hidden]],
    [[hidden, hidden], hidden, [hidden]],
    [[hidden, 10], hidden, [10]],
  ])
  const forward = ([w1, b1, w2, b2, w3, b3], x) => {
    const first = nn.relu(np.dot(x, w1).add(b1))
    const second = nn.relu(np.dot(first, w2).add(b2))
    return np.dot(second, w3).add(b3)
  }
  return { parameters, forward, inputShape: [784] }
}

function convolutional(jax) {
  const { numpy: np, nn, lax } = jax
  const parameters = initial(jax, [
    [[8, 1, 3, 3], 9, [8, 1, 1]],
    [[16, 8, 3, 3], 72, [16, 1, 1]],
    [[784, 10], 784, [10]],
  ])
  const pooled = (x, channels, side) => np.max(x.reshape([-1, channels, side, 2, side, 2]), [3, 5])
  const forward = ([w1, b1, w2, b2, w3, b3], x) => {
    const first = pooled(nn.relu(lax.conv(x, w1, [1, 1], 'SAME').add(b1)), 8, 14)
    const second = pooled(nn.relu(lax.conv(first, w2, [1, 1], 'SAME').add(b2)), 16, 7)
    return np.dot(second.reshape([-1, 784]), w3).add(b3)
  }
  return { parameters, forward, inputShape: [1, 28, 28] }
}

function createTrainer(jax) {
  const { numpy: np, nn, tree, jit, valueAndGrad } = jax
  const { batch } = options
  const { parameters, forward, inputShape } = options.work === 'cnn' ? convolutional(jax) : perceptron(jax)
  const loss = (weights, x, y) =>
    nn
      .logSoftmax(forward(weights, x))
      .mul(y)
      .sum()
      .mul(-1 / batch)
  const update = jit((weights, firsts, seconds, x, y, step, correction) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), x, y)
    const first = firsts.map((moment, i) => moment.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)))
    const second = seconds.map((moment, i) => moment.mul(BETA2).add(np.square(gradients[i]).mul(1 - BETA2)))
    const moved = weights.map((weight, i) => {
      const scale = np.sqrt(second[i].ref).mul(correction.ref).add(EPSILON)
      return weight.sub(first[i].ref.mul(step.ref).div(scale))
    })
    step.dispose()
    correction.dispose()
    return [value, moved, first, second]
  })
  const predict = jit((weights, x) => np.argmax(forward(weights, x), 1))
  const zeros = () => parameters.map(({ shape }) => np.zeros(shape))
  return {
    state: [parameters, zeros(), zeros()],
    steps: 0,
    train(pixels, targets) {
      this.steps++
      const x = np.array(pixels).reshape([batch, ...inputShape])
      const y = np.array(targets).reshape([batch, 10])
      const step = np.array(RATE / (1 - BETA1 ** this.steps))
      const correction = np.array(1 / Math.sqrt(1 - BETA2 ** this.steps))
      const [value, ...state] = update(...this.state, x, y, step, correction)
      value.dispose()
      this.state = state
    },
    predict(pixels, count) {
      const x = np.array(pixels).reshape([count, ...inputShape])
      return predict(tree.ref(this.state[0]), x).dataSync()
    },
  }
}

async function serveAll(jax, version) {
  const train = readSet(options.data, 'train')
  const test = readSet(options.data, 't10k')
  const trainer = createTrainer(jax)
  await serveTraining({
    version,
    options,
    detail: 'wasm, a jitted update',
    count: train.count,
    train(indices) {
      const pixels = new Float32Array(indices.length * 784)
      const targets = new Float32Array(indices.length * 10)
      indices.forEach((image, i) => {
        pixels.set(train.pixels.subarray(image * 784, (image + 1) * 784), i * 784)
        targets[i * 10 + train.labels[image]] = 1
      })
      trainer.train(pixels, targets)
    },
    finish: () => jax.blockUntilReady(jax.tree.ref(trainer.state[0])).then(jax.tree.dispose),
    accuracy() {
      const predicted = trainer.predict(test.pixels.slice(0, TEST_IMAGES * 784), TEST_IMAGES)
      return (
        predicted.reduce((correct, digit, i) => correct + (digit === test.labels[i] ? 1 : 0), 0) / TEST_IMAGES
      )
    },
  })
}

async function main() {
  const { jax, version } = await loadJax()
  if (options.work !== 'add') return serveAll(jax, version)
  const { numpy: np } = jax
  const [a, b] = [np.array([1]), np.array([2])]
  const sum = () => a.ref.add(b.ref)
  const call = () => sum().dataSync()
  await bestSeconds(call, ADDITIONS)
  return serve({ version, detail: 'wasm; read back, else nothing is computed' }, async () => ({
    seconds: await bestSeconds(call, ADDITIONS),
    result: sum().dataSync()[0],
  }))
}

try {
  await main()
} catch (error) {
  console.error(error.stack)
  process.exitCode = 1
}
