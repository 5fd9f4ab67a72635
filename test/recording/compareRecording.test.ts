// The recording of a comparison: the same results with it as without, and a file that the viewer's reader opens.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../experiments/cli/program.ts'
import type { CompareConfig } from '../../experiments/compare/config.ts'
import type { ImageData28, Tape, TaskContext } from '../../experiments/compare/outcome.ts'
import { recordingProblems } from '../../experiments/compare/recording.ts'
import { ThrottledTape } from '../../experiments/compare/tape.ts'
import { runMlp } from '../../experiments/compare/tasks/mlp.ts'
import { runSpiking } from '../../experiments/compare/tasks/spiking.ts'
import { loadDataset } from '../../experiments/data/dataset.ts'
import { type BrainFrame, brainFrame } from '../../experiments/learners/brainFrame.ts'
import { dataDigest } from '../../experiments/learners/digest.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import type { RecordingMessage } from '../../experiments/recording/encoder.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { DiehlCook } from '../../sim/index.ts'
import { createBackend, useBackend } from '../../src/index.ts'
import {
  Captured,
  instantTasks,
  inThisThread,
  smallDataset,
  temporaryFolder,
  writeFiles,
} from '../experiments/synthetic.ts'
import { loadMnistImages, loadMnistLabels } from '../mnist.ts'

const set = (part: 'train' | 't10k', count: number): ImageData28 => ({
  images: loadMnistImages(part, count),
  labels: loadMnistLabels(part, count),
  count,
})

const config: CompareConfig = {
  ...{ seed: 1, neurons: 16, train: 150, test: 40, epochs: 1, labelImages: 60 },
  ...{ quick: true, data: null, backend: 'wasm' },
}

function contextWith(tape?: Tape): TaskContext {
  return {
    ...{ config, train: set('train', config.train), test: set('t10k', config.test) },
    ...{ shouldStop: () => false, progress: () => undefined, metric: () => undefined },
    ...(tape && { tape }),
  }
}

/** Takes every second frame. */
class EverySecond implements Tape {
  readonly frames: {
    samples: number
    image: number
    testAccuracy: number
    operations: number
    weights: number
  }[] = []
  #asked = 0

  get due(): boolean {
    this.#asked += 1
    return this.#asked % 2 === 0
  }

  add({ samples, image, testAccuracy, operations, weights }: MlpFrame | BrainFrame): void {
    const all = Array.isArray(weights) ? weights : [weights]
    const sum = (bytes: ArrayLike<number>) => Array.from(bytes).reduce((total, byte) => total + byte, 0)
    this.frames.push({
      ...{ samples, image, testAccuracy, operations },
      weights: sum(all[0] as ArrayLike<number>),
    })
  }
}

/** An outcome without what the clock says. */
function timeless(outcome: object): object {
  const untimed = { trainSeconds: 0, secondsPerPresentation: 0, memoryAfterEpoch: [] }
  return { ...outcome, ...untimed }
}

/** What the same network computes by so many images, each image counted by itself, spike by spike and weight by weight. */
function accumulatesAfter(images: number): number[] {
  useBackend(createBackend(config.backend))
  const { neurons, seed } = config
  const model = new DiehlCook({ neurons, seed })
  const train = set('train', images)
  const totals = [0]
  for (let index = 0; index < images; index++) {
    model.clearActivity()
    const image = train.images.subarray(784 * index, 784 * (index + 1))
    model.present(image, { learning: true, stream: 'training', index })
    const { activity } = model
    const weights = model.weights.view()
    let spent = activity.excitatorySpikes * (1 + 784)
    spent += activity.inhibitorySpikes * (neurons - 1)
    activity.inputSpikes.forEach((spikes, pixel) => {
      const met = weights.slice(pixel * neurons, (pixel + 1) * neurons).filter(weight => weight !== 0).length
      spent += spikes * (met + neurons)
    })
    totals.push(totals.at(-1)! + spent)
  }
  model.dispose()
  return totals
}

describe('recording a comparison', () => {
  it('leaves the results as they are, to the last bit', () => {
    for (const run of [runMlp, runSpiking]) {
      const tape = new EverySecond()
      expect(timeless(run(contextWith(tape)))).toEqual(timeless(run(contextWith())))
      expect(tape.frames.length).toBeGreaterThanOrEqual(3)
      const samples = tape.frames.map(frame => frame.samples)
      expect([...samples].sort((a, b) => a - b)).toEqual(samples)
      expect(new Set(tape.frames.map(frame => frame.weights)).size).toBeGreaterThan(2)
      expect(tape.frames.at(-1)!.testAccuracy).toBeGreaterThan(0)
    }
  })

  it('counts what the spiking network computes as it is, of every image', () => {
    const tape = new EverySecond()
    runSpiking(contextWith(tape))
    const truth = accumulatesAfter(config.train)
    expect(tape.frames.length).toBeGreaterThan(config.train / 3)
    for (const { samples, operations } of tape.frames) {
      expect(Math.abs(operations / truth[samples]! - 1), `${samples} images`).toBeLessThan(0.001)
    }
    // The last one is told once more, when everything is known.
    expect(tape.frames.at(-1)!.samples).toBe(config.train)
  })

  it('takes frames seldom enough to cost a fiftieth of the time', () => {
    const sent: (readonly RecordingMessage[])[] = []
    const taken = (cost: number) => {
      let now = 1_000_000
      const tape = new ThrottledTape(
        now,
        messages => {
          now += cost
          sent.push(messages)
        },
        () => now,
      )
      const frame = brainFrame({ neurons: 16 })
      const times: number[] = []
      for (; now < 1_010_000; now += 10) {
        if (!tape.due) continue
        times.push(now - 1_000_000)
        tape.add(frame)
      }
      return times
    }
    expect(taken(5).slice(0, 4)).toEqual([0, 505, 1010, 1515])
    const slow = taken(40)
    expect(slow[1]).toBeLessThan(600)
    expect(
      slow
        .slice(3)
        .map((time, i) => time - slow[i + 2]!)
        .every(wait => wait >= 2000),
    ).toBe(true)
    expect(slow.length).toBeGreaterThan(4)
    expect(sent[0]!.map(({ topic }) => topic)).toEqual(['/brain/key', '/brain/frame', '/brain/measures'])
    expect(sent[1]!.map(({ topic }) => topic)).toEqual(['/brain/frame'])
  })

  it('writes recording.mcap into the run folder, with what the tasks told', async () => {
    const files = smallDataset()
    const data = writeFiles(temporaryFolder(), files)
    const out = join(temporaryFolder(), 'run')
    const stderr = new Captured()
    const frame = brainFrame({ neurons: 20 })
    const tasks = {
      ...instantTasks,
      snn: (context: TaskContext) => {
        frame.samples = 12
        context.tape!.add(frame)
        return instantTasks.snn(context)
      },
    }
    const io = {
      ...{ stdout: new Captured(), stderr, continuousIntegration: true, leave: () => undefined },
      startWorker: inThisThread(tasks),
    }
    const args = ['compare', '--data', data, '--out', out, '--neurons', '20', '--seed', '7', '--record']
    expect(await runProgram(args, io), stderr.text).toBe(0)
    const recording = await openRecording(readFileSync(join(out, 'recording.mcap')))
    expect(recording.information).toMatchObject({
      ...{ origin: 'command', config: { seed: 7, neurons: 20, hidden1: 64, learningRate: 0.001 } },
      data: { trainingImages: 40, testImages: 20 },
    })
    // The digest is that of the files, as the whole of them was used.
    const parts = Object.entries(files).map(([name, bytes]) => bytes.subarray(name.includes('idx3') ? 16 : 8))
    const [images, labels, testImages, testLabels] = parts as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    const used = { train: { images, labels }, test: { images: testImages, labels: testLabels } }
    const { sha256 } = recording.information.data
    expect(sha256).toBe((await loadDataset(data)).sha256)
    expect(sha256).toBe(await dataDigest(used))
    // The network is the one that ran, not the one that a page begins with.
    const model = new DiehlCook({ neurons: 20, seed: 7 })
    const { parameters } = model
    model.dispose()
    expect(recording.information.config).toMatchObject({
      potentiationRate: parameters.plasticity.potentiationRate,
      depressionRate: parameters.plasticity.depressionRate,
      thetaStep: parameters.excitatory.thetaStep,
      tauMem: parameters.excitatory.tauMem,
      incomingTotal: parameters.incomingTotal,
      inhibition: parameters.inhibitoryToExcitatory,
      excitation: parameters.excitatoryToInhibitory,
      initialIntensity: parameters.initialIntensity,
      minimumSpikes: parameters.minimumSpikes,
      ...{ activation: 'relu', optimiser: 'adam', batchSize: 32, weightDecay: 0 },
    })
    expect(recording.information.config.thetaStep).not.toBe(initialConfig.thetaStep)
    expect(recording.frames('brain').length).toBe(1)
    expect(recording.readers().brain.read(0).samples).toBe(12)
    expect(readdirSync(out)).toContain('result.json')
  })

  it('says before it trains what cannot be recorded', () => {
    expect(recordingProblems({ ...config, neurons: 9, seed: 2 ** 40 })).toEqual([
      '--record: expected 16 to 1600 neurons, found 9',
      `--record: expected a seed up to 4294967295, found ${2 ** 40}`,
    ])
    expect(recordingProblems(config)).toEqual([])
  })
})
