// What the peers in JavaScript share: their options, MNIST's IDX files, shuffling, and the protocol of peer.py.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

/** The exit statuses that mean "the package is not installed" and "it cannot do this work"; bench/peer.ts knows them. */
const NOT_INSTALLED = 3
const UNABLE = 4

/** The options that every peer takes, and some take more of. */
export function readOptions(more = {}) {
  const { values } = parseArgs({
    options: {
      work: { type: 'string', default: 'mlp' },
      data: { type: 'string' },
      'node-modules': { type: 'string' },
      hidden: { type: 'string', default: '64' },
      batch: { type: 'string', default: '128' },
      batches: { type: 'string', default: '150' },
      ...more,
    },
  })
  const [hidden, batch, batches] = [values.hidden, values.batch, values.batches].map(Number)
  return { ...values, nodeModules: values['node-modules'], hidden, batch, batches }
}

/** Leaves with the status that bench/peer.ts reports as skipped, not as failed. */
export function notInstalled(error) {
  console.error(error.message.split('\n')[0])
  process.exit(NOT_INSTALLED)
}

/** Leaves with the status for a library that lacks something which the work needs. */
export function unable(reason) {
  console.error(reason)
  process.exit(UNABLE)
}

/** Images, as numbers from 0 to 1, and labels of a set. */
export function readSet(folder, prefix) {
  const read = (name, header) => readFileSync(join(folder, name)).subarray(header)
  const labels = Int32Array.from(read(`${prefix}-labels-idx1-ubyte`, 8))
  const pixels = Float32Array.from(read(`${prefix}-images-idx3-ubyte`, 16), value => value / 255)
  return { pixels, labels, count: labels.length }
}

/** The first `count` whole numbers in a random order. */
export function shuffled(count) {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

/** The seconds of one call: the best of some bursts of `calls`, which may be asynchronous at their end. */
export async function bestSeconds(call, calls, bursts = 5, finish = () => {}) {
  let best = Number.POSITIVE_INFINITY
  for (let burst = 0; burst < bursts; burst++) {
    const started = performance.now()
    for (let i = 0; i < calls; i++) call()
    await finish()
    best = Math.min(best, (performance.now() - started) / calls / 1e3)
  }
  return best
}

/** Announces `ready`, then one `measure()` for every line of standard input. */
export async function serve(ready, measure) {
  const announce = line => process.stdout.write(`${JSON.stringify(line)}\n`)
  announce({ ready: true, ...ready })
  for await (const _ of createInterface({ input: process.stdin })) announce(await measure())
}

/**
 * Serves training: `train(indices)` makes one update, `finish` waits for the last, `accuracy` tells that of the test images.
 */
export async function serveTraining({ version, detail, options, count, train, finish, accuracy }) {
  const { batch } = options
  const epochBatches = Math.ceil(count / batch)
  const batches = Math.min(options.batches, Math.floor(count / batch))
  let updates = 0
  const run = async () => {
    const order = shuffled(count)
    const started = performance.now()
    for (let i = 0; i < batches; i++) train(order.subarray(i * batch, (i + 1) * batch))
    await finish()
    updates += batches
    return (performance.now() - started) / 1e3
  }
  await run()
  const scaled = `${detail}, ${batches} batches scaled to an epoch of ${epochBatches}`
  await serve({ version, detail: scaled }, async () => ({
    secondsPerEpoch: ((await run()) / batches) * epochBatches,
    updates,
    testAccuracy: await accuracy(),
  }))
}
