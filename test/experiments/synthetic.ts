// Synthetic data sets, outcomes and workers, so that the harness is tested without training anything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { CompareConfig } from '../../experiments/compare/config.ts'
import type {
  ControlsOutcome,
  MlpOutcome,
  SnnOutcome,
  TaskStatus,
} from '../../experiments/compare/outcome.ts'
import { makeResult, type RunRecord } from '../../experiments/compare/result.ts'
import type { TaskTable } from '../../experiments/compare/taskRunner.ts'
import { runJob } from '../../experiments/compare/taskRunner.ts'
import type { StartWorker, TaskEnds } from '../../experiments/compare/workers.ts'
import { IDX_NAMES } from '../../experiments/data/dataset.ts'
import { describeEnvironment } from '../../experiments/run/environment.ts'

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spikegrad-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A stream that keeps what is written. */
export class Captured extends Writable {
  text = ''
  readonly isTTY: boolean

  constructor(isTTY = false) {
    super()
    this.isTTY = isTTY
  }

  override _write(chunk: Buffer | string, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

export function idxBytes(shape: readonly number[], value: (i: number) => number): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1)
  const bytes = new Uint8Array(4 + 4 * shape.length + size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x0800 + shape.length)
  shape.forEach((length, axis) => {
    view.setUint32(4 + 4 * axis, length)
  })
  for (let i = 0; i < size; i++) bytes[4 + 4 * shape.length + i] = value(i)
  return bytes
}

/** The four files of a small data set, by their canonical names. */
export function smallDataset(train = 40, test = 20): Record<string, Uint8Array> {
  const [trainImages, trainLabels, testImages, testLabels] = IDX_NAMES
  return {
    [trainImages]: idxBytes([train, 28, 28], i => (i * 31) % 256),
    [trainLabels]: idxBytes([train], i => i % 10),
    [testImages]: idxBytes([test, 28, 28], i => (i * 17) % 256),
    [testLabels]: idxBytes([test], i => i % 10),
  }
}

export function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): string {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return folder
}

export const config: CompareConfig = {
  seed: 1,
  neurons: 9,
  train: 40,
  test: 20,
  epochs: 2,
  labelImages: 30,
  quick: false,
  data: null,
}

const confusion = () =>
  Array.from({ length: 10 }, (_, truth) => Array.from({ length: 10 }, (_, i) => (i === truth ? 2 : 0)))

const curve = [10, 20, 40].map(images => ({ images, accuracy: images / 50 }))

export function mlpOutcome(status: TaskStatus = 'complete'): MlpOutcome {
  const firstLayer = Float32Array.from({ length: 784 * 64 }, (_, i) => Math.sin(i))
  return {
    status,
    backend: 'wasm-simd',
    testAccuracy: status === 'complete' ? 0.9731 : null,
    trainSeconds: 3.25,
    epochs: 2,
    parameters: 55_050,
    effectiveMacsPerImage: status === 'complete' ? 11_111 : null,
    curve,
    confusion: status === 'complete' ? confusion() : null,
    weights: [{ name: 'hidden1.weight', shape: [784, 64], data: firstLayer }],
    firstLayer,
    memoryAfterEpoch: [1024, 1024],
  }
}

export function snnOutcome(status: TaskStatus = 'complete', neurons = 9): SnnOutcome {
  const complete = status === 'complete'
  const fields = Float32Array.from({ length: 784 * neurons }, (_, i) => (i % 10) / 10)
  const spikes = (count: number, most: number) => ({
    timeMs: Float32Array.from({ length: count }, (_, i) => i),
    index: Int32Array.from({ length: count }, (_, i) => i % most),
  })
  return {
    status,
    backend: 'wasm-simd',
    testAccuracy: complete ? 0.8712 : null,
    testAccuracyLogLikelihood: complete ? 0.8909 : null,
    trainSeconds: 63,
    presentations: 43,
    secondsPerPresentation: 0.00104,
    neurons,
    spikesPerImage: complete ? 15.5 : null,
    effectiveAcsPerImage: complete ? 222_222 : null,
    labelImages: complete ? 30 : 0,
    parameters: 784 * neurons,
    curve,
    confusion: complete ? confusion() : null,
    confusionLogLikelihood: complete ? confusion() : null,
    weights: [{ name: 'inputToExcitatory.weight', shape: [784, neurons], data: fields }],
    receptiveFields: fields,
    neuronLabels: Int32Array.from({ length: neurons }, (_, i) => (i % 11) - 1),
    raster: {
      image: 0,
      label: 7,
      pixels: new Uint8Array(784).fill(128),
      durationMs: 350,
      intensity: 2,
      input: spikes(200, 784),
      excitatory: spikes(12, neurons),
    },
  }
}

export function controlsOutcome(status: TaskStatus = 'complete'): ControlsOutcome {
  return { status, untrainedSnn: 0.198, nearestClassMean: 0.8203 }
}

export function allEnds(): TaskEnds {
  return {
    mlp: { outcome: mlpOutcome() },
    snn: { outcome: snnOutcome() },
    controls: { outcome: controlsOutcome() },
  }
}

export function record(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    config,
    backend: 'wasm-simd',
    environment: describeEnvironment(),
    dataset: { name: 'MNIST', sha256: 'a'.repeat(64), train: 40, test: 20 },
    startedAt: new Date(0),
    seconds: 70,
    problems: [],
    ...changes,
  }
}

export const completeResult = () => makeResult(allEnds(), record())

/** Tasks that end at once. */
export const instantTasks: TaskTable = {
  mlp: context => {
    context.progress({ phase: 'training', done: 40, total: 40, accuracy: 0.5, imagesPerSecond: 100 })
    context.metric({ images: 40, accuracy: 0.5 })
    return mlpOutcome(context.shouldStop() ? 'stopped' : 'complete')
  },
  snn: context => snnOutcome(context.shouldStop() ? 'stopped' : 'complete', context.config.neurons),
  controls: () => controlsOutcome(),
}

/** Stands in for worker threads: runs each job in this thread, a little later. */
export function inThisThread(tasks: TaskTable): StartWorker {
  return job => {
    const listeners = new Map<string, (value: never) => void>()
    setImmediate(() => {
      runJob(job, tasks, message => listeners.get('message')?.(message as never))
      listeners.get('exit')?.(0 as never)
    })
    return { on: (event: string, listener: (value: never) => void) => listeners.set(event, listener) }
  }
}
