// The 784-64-64-10 perceptron in TensorFlow.js on its WebAssembly backend (SIMD; Node gets no threads from it).
//
// Images are one preloaded tensor and batches are gathered from it; a hand loop with `minimize` was faster than
// `model.fit`. Layers are tried plain and fused and the faster form is used. The protocol is that of peer.py.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

/** The exit status that means "the package is not installed"; bench/peer.ts knows it. */
const NOT_INSTALLED = 3
const SIZES = [784, 64, 64, 10]
const TRIALS = 4
const TRIAL_BATCHES = 30

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    'node-modules': { type: 'string' },
    batch: { type: 'string', default: '128' },
    batches: { type: 'string', default: '150' },
  },
})

function readIdx(name, headerBytes) {
  return readFileSync(join(options.data, name)).subarray(headerBytes)
}

/** TensorFlow.js from the given node_modules folder; leaves with the agreed status when it is not there. */
async function loadTensorFlow() {
  try {
    const require = createRequire(join(resolve(options['node-modules']), 'resolve.js'))
    const tf = require('@tensorflow/tfjs-core')
    require('@tensorflow/tfjs-backend-wasm')
    // Registers the gradients, which the core package alone lacks.
    require('@tensorflow/tfjs-layers')
    await tf.setBackend('wasm')
    await tf.ready()
    return tf
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    console.error(error.message.split('\n')[0])
    process.exit(NOT_INSTALLED)
  }
}

function loadSet(tf, prefix) {
  const pixels = readIdx(`${prefix}-images-idx3-ubyte`, 16)
  const labels = Int32Array.from(readIdx(`${prefix}-labels-idx1-ubyte`, 8))
  const images = tf.tensor2d(
    Float32Array.from(pixels, value => value / 255),
    [labels.length, SIZES[0]],
  )
  const oneHot = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32'))
  return { images, oneHot, labels, count: labels.length }
}

/** A perceptron (He initialisation) and its Adam. */
function createTrainer(tf, form) {
  const weights = []
  const biases = []
  for (let layer = 1; layer < SIZES.length; layer++) {
    const [inputs, outputs] = [SIZES[layer - 1], SIZES[layer]]
    weights.push(tf.variable(tf.randomNormal([inputs, outputs], 0, Math.sqrt(2 / inputs))))
    biases.push(tf.variable(tf.zeros([outputs])))
  }
  const parameters = [...weights, ...biases]
  const optimiser = tf.train.adam(1e-3)

  function layer(input, index) {
    const hidden = index < weights.length - 1
    if (form === 'fused') {
      const activation = hidden ? 'relu' : 'linear'
      return tf.fused.matMul({ a: input, b: weights[index], bias: biases[index], activation })
    }
    const sum = tf.add(tf.matMul(input, weights[index]), biases[index])
    return hidden ? tf.relu(sum) : sum
  }
  const forward = images => weights.reduce((input, _, index) => layer(input, index), images)

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

function shuffled(count) {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

/** Seconds for `batches` updates on the next images of a fresh order. */
function timeBatches(trainer, set, batch, batches) {
  const order = shuffled(set.count)
  const started = performance.now()
  for (let i = 0; i < batches; i++) trainer.step(set, order.subarray(i * batch, (i + 1) * batch))
  return (performance.now() - started) / 1e3
}

/** The form whose best trial is shorter; the first trial only warms up. */
function fasterForm(tf, set, batch) {
  const best = new Map()
  const trainers = [createTrainer(tf, 'plain'), createTrainer(tf, 'fused')]
  for (let trial = 0; trial <= TRIALS; trial++) {
    for (const trainer of trainers) {
      const seconds = timeBatches(trainer, set, batch, TRIAL_BATCHES)
      if (trial > 0) best.set(trainer.form, Math.min(seconds, best.get(trainer.form) ?? seconds))
    }
  }
  return best.get('plain') < best.get('fused') ? 'plain' : 'fused'
}

function accuracy(tf, trainer, set) {
  const predicted = tf.tidy(() => tf.argMax(trainer.forward(set.images), 1).dataSync())
  return predicted.reduce((correct, digit, i) => correct + (digit === set.labels[i] ? 1 : 0), 0) / set.count
}

function announce(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function main() {
  const tf = await loadTensorFlow()
  const batch = Number(options.batch)
  const train = loadSet(tf, 'train')
  const test = loadSet(tf, 't10k')
  const epochBatches = Math.ceil(train.count / batch)
  const batches = Math.min(Number(options.batches), Math.floor(train.count / batch))
  const trainer = createTrainer(tf, fasterForm(tf, train, batch))
  timeBatches(trainer, train, batch, batches)
  let updates = batches

  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD'
  const detail = `${simd}, 1 thread, ${trainer.form} layers, ${batches} batches scaled to an epoch of ${epochBatches}`
  announce({ ready: true, version: tf.version_core, batch, detail })
  for await (const _ of createInterface({ input: process.stdin })) {
    const seconds = timeBatches(trainer, train, batch, batches)
    updates += batches
    const secondsPerEpoch = (seconds / batches) * epochBatches
    announce({ secondsPerEpoch, updates, testAccuracy: accuracy(tf, trainer, test) })
  }
}

try {
  await main()
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
