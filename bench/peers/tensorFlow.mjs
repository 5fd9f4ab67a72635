// Works in TensorFlow.js on its WebAssembly backend (SIMD; Node gets no threads from it) or its plain CPU one: training a
// perceptron 784-hidden-hidden-10 (`mlp`) or a small convolutional network (`cnn`) on MNIST, adding two tensors of one entry (`add`).
//
// Images are one preloaded tensor and batches are gathered from it; a hand loop with `minimize` was faster than
// `model.fit`. Layers are tried plain and fused and the faster form is used.
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import {
  bestSeconds,
  notInstalled,
  readOptions,
  readSet,
  serve,
  serveTraining,
  shuffled,
  unable,
} from './peer.mjs'

const TRIALS = 4
const ADDITIONS = 2000

const options = readOptions({ backend: { type: 'string', default: 'wasm' } })

/** TensorFlow.js from the given node_modules folder; leaves with the agreed status when it is not there. */
async function loadTensorFlow() {
  try {
    const require = createRequire(join(resolve(options.nodeModules), 'resolve.js'))
    const tf = require('@tensorflow/tfjs-core')
    require(`@tensorflow/tfjs-backend-${options.backend}`)
    // Registers the gradients, which the core package alone lacks.
    require('@tensorflow/tfjs-layers')
    await tf.setBackend(options.backend)
    await tf.ready()
    return tf
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return notInstalled(error)
  }
}

function loadSet(tf, prefix) {
  const { pixels, labels, count } = readSet(options.data, prefix)
  const shape = options.work === 'cnn' ? [count, 28, 28, 1] : [count, 784]
  const oneHot = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32'))
  return { images: tf.tensor(pixels, shape), oneHot, labels, count }
}

/** A weight (He initialisation) and a bias for a shape whose last axis is the outputs. */
function layerOf(tf, shape) {
  const inputs = shape.slice(0, -1).reduce((product, length) => product * length, 1)
  return {
    weight: tf.variable(tf.randomNormal(shape, 0, Math.sqrt(2 / inputs))),
    bias: tf.variable(tf.zeros([shape.at(-1)])),
  }
}

function dense(tf, form, input, { weight, bias }, activation) {
  if (form === 'fused') return tf.fused.matMul({ a: input, b: weight, bias, activation })
  const sum = tf.add(tf.matMul(input, weight), bias)
  return activation === 'relu' ? tf.relu(sum) : sum
}

function convolution(tf, form, input, { weight, bias }) {
  const sizes = { x: input, filter: weight, strides: 1, pad: 'same' }
  const rectified =
    form === 'fused'
      ? tf.fused.conv2d({ ...sizes, bias, activation: 'relu' })
      : tf.relu(tf.add(tf.conv2d(input, weight, 1, 'same'), bias))
  return tf.maxPool(rectified, 2, 2, 'valid')
}

function perceptron(tf, form) {
  const { hidden } = options
  const layers = [
    [784, hidden],
    [hidden, hidden],
    [hidden, 10],
  ].map(shape => layerOf(tf, shape))
  const forward = images =>
    layers.reduce((input, layer, i) => dense(tf, form, input, layer, i < 2 ? 'relu' : 'linear'), images)
  return { layers, forward }
}

function convolutional(tf, form) {
  const layers = [
    [3, 3, 1, 8],
    [3, 3, 8, 16],
    [784, 10],
  ].map(shape => layerOf(tf, shape))
  const [first, second, last] = layers
  const forward = images => {
    const features = convolution(tf, form, convolution(tf, form, images, first), second)
    return dense(tf, form, tf.reshape(features, [-1, 784]), last, 'linear')
  }
  return { layers, forward }
}

/** A model and its Adam. */
function createTrainer(tf, form) {
  const { layers, forward } = options.work === 'cnn' ? convolutional(tf, form) : perceptron(tf, form)
  const parameters = layers.flatMap(({ weight, bias }) => [weight, bias])
  const optimiser = tf.train.adam(1e-3)
  return {
    form,
    forward,
    /** One update on the images that `indices` lists. */
    step(set, indices) {
      tf.tidy(() => {
        const chosen = tf.tensor1d(indices, 'int32')
        const images = tf.gather(set.images, chosen)
        const oneHot = tf.gather(set.oneHot, chosen)
        optimiser.minimize(() => tf.losses.softmaxCrossEntropy(oneHot, forward(images)), false, parameters)
      })
    },
  }
}

/** The form whose best trial is shorter; the first trial only warms up. A form that this backend lacks loses. */
async function fasterForm(tf, set) {
  const best = new Map()
  const batches = Math.max(1, Math.min(30, options.batches >> 2))
  for (const form of ['plain', 'fused']) {
    try {
      const trainer = createTrainer(tf, form)
      const indices = shuffled(set.count).subarray(0, options.batch)
      const step = () => trainer.step(set, indices)
      step()
      // Where a measurement is but a few batches, one more of each form tells enough.
      best.set(form, await bestSeconds(step, batches, options.batches < 8 ? 1 : TRIALS))
    } catch (error) {
      if (form === 'plain') throw error
    }
  }
  return best.get('plain') < (best.get('fused') ?? Number.POSITIVE_INFINITY) ? 'plain' : 'fused'
}

/** Of the first `limit` test images: the plain backend would take long over all. */
function accuracy(tf, trainer, set, limit) {
  const images = tf.slice(set.images, 0, limit)
  const predicted = tf.tidy(() => tf.argMax(trainer.forward(images), 1).dataSync())
  images.dispose()
  return predicted.reduce((correct, digit, i) => correct + (digit === set.labels[i] ? 1 : 0), 0) / limit
}

async function main() {
  const tf = await loadTensorFlow()
  const version = tf.version_core
  const simd = options.backend === 'wasm' && (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))
  const engine = `${options.backend}${simd ? ', SIMD' : ''}, 1 thread`
  if (options.work === 'add') {
    const [a, b] = [tf.tensor1d([1]), tf.tensor1d([2])]
    const call = () => tf.add(a, b).dispose()
    await bestSeconds(call, ADDITIONS)
    await serve({ version, detail: engine }, async () => ({
      seconds: await bestSeconds(call, ADDITIONS),
      result: tf.tidy(() => tf.add(a, b).dataSync()[0]),
    }))
    return
  }
  const set = loadSet(tf, 'train')
  const test = loadSet(tf, 't10k')
  const trainer = createTrainer(tf, await fasterForm(tf, set))
  await serveTraining({
    version,
    options,
    detail: `${engine}, ${trainer.form} layers`,
    count: set.count,
    train: indices => trainer.step(set, indices),
    finish() {},
    accuracy: () => accuracy(tf, trainer, test, 1000),
  })
}

try {
  await main()
} catch (error) {
  if (/not registered for backend/.test(error.message)) unable(error.message)
  console.error(error.message)
  process.exitCode = 1
}
