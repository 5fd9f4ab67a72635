// What a task of the comparison is given and what it hands back: the types the tasks are written against.
import type { BackendName } from '../../src/index.ts'
import type { BrainFrame } from '../learners/brainFrame.ts'
import type { MlpFrame } from '../learners/mlpFrame.ts'
import type { CompareConfig } from './config.ts'

/** Images of 28 x 28 unsigned bytes, row-major [count, 784], and a label from 0 to 9 for each. */
export interface ImageData28 {
  readonly images: Uint8Array
  readonly labels: Uint8Array
  readonly count: number
}

/** The pieces of work, by the names that progress and metrics carry. */
export type TaskName = 'mlp' | 'snn' | 'controls'

export interface TaskContext {
  readonly config: CompareConfig
  /** The training images, already cut to `config.train`. */
  readonly train: ImageData28
  /** The test images, already cut to `config.test`. */
  readonly test: ImageData28
  /** Whether to stop; to be polled every batch or presentation. A task that stops returns what it has. */
  shouldStop(): boolean
  /** Reports progress; may be called as often as convenient, since what is sent is throttled. */
  progress(update: TaskProgress): void
  /** Appends a line to metrics.jsonl, with the time and the task's name. */
  metric(line: Record<string, number | string>): void
  /** Where the networks show themselves as they learn; absent when nobody records. */
  readonly tape?: Tape
}

/** Takes frames of the networks for a recording. */
export interface Tape {
  /** Whether a frame would be taken now: asked before each image that could be shown. */
  readonly due: boolean
  add(frame: MlpFrame | BrainFrame): void
}

export interface TaskProgress {
  readonly phase: 'training' | 'labelling' | 'testing'
  readonly done: number
  readonly total: number
  /** Accuracy so far, 0 to 1. */
  readonly accuracy?: number
  readonly imagesPerSecond?: number
}

/** `failed`: the loss stopped being finite; the message says at which step, and the weights from before are kept. */
export type TaskStatus = 'complete' | 'stopped' | 'failed'

/** Accuracy on the last window of training images, each predicted before it was learned from. */
export interface CurvePoint {
  readonly images: number
  readonly accuracy: number
}

/** A named array, row-major. */
export interface NamedArray {
  readonly name: string
  readonly shape: number[]
  readonly data: Float32Array | Int32Array
}

export interface MlpOutcome {
  readonly status: TaskStatus
  readonly message?: string
  readonly backend: BackendName
  /** 0 to 1; null when testing was not reached. So for every accuracy here. */
  readonly testAccuracy: number | null
  readonly trainSeconds: number
  /** Passes completed. */
  readonly epochs: number
  readonly parameters: number
  readonly effectiveMacsPerImage: number | null
  readonly curve: CurvePoint[]
  /** Counts [true class][predicted class]. */
  readonly confusion: number[][] | null
  readonly weights: NamedArray[]
  /** Weights of the first layer, [784, 64]. */
  readonly firstLayer: Float32Array
  /** Resident bytes of the whole process after each epoch, whatever else it does. */
  readonly memoryAfterEpoch: number[]
}

/** Spikes in order of time: when, in ms, and which neuron. */
export interface SpikeEvents {
  readonly timeMs: Float32Array
  readonly index: Int32Array
}

/** One presentation, with every spike of it. */
export interface SpikeRaster {
  /** Which test image, counted from 0. */
  readonly image: number
  readonly label: number
  readonly pixels: Uint8Array
  readonly durationMs: number
  /** Brightness at which the image was shown: raised above 2 where it drew too few spikes. */
  readonly intensity: number
  readonly input: SpikeEvents
  readonly excitatory: SpikeEvents
}

export interface SnnOutcome {
  readonly status: TaskStatus
  readonly message?: string
  readonly backend: BackendName
  /** Accuracy of the vote: the class whose neurons fired most. */
  readonly testAccuracy: number | null
  readonly testAccuracyLogLikelihood: number | null
  readonly trainSeconds: number
  /** Presentations made in training, retries included. */
  readonly presentations: number
  readonly secondsPerPresentation: number
  readonly neurons: number
  /** Mean number of excitatory spikes a test image drew. */
  readonly spikesPerImage: number | null
  readonly effectiveAcsPerImage: number | null
  /** Training images whose labels the read-out used; 0 while it has none. */
  readonly labelImages: number
  readonly parameters: number
  readonly curve: CurvePoint[]
  /** Of the vote: counts [true class][predicted class]. */
  readonly confusion: number[][] | null
  readonly confusionLogLikelihood: number[][] | null
  readonly weights: NamedArray[]
  /** Incoming weights [784, neurons], 0 to 1. */
  readonly receptiveFields: Float32Array
  /** The class each neuron stands for; -1 for one that never fired. */
  readonly neuronLabels: Int32Array
  readonly raster: SpikeRaster | null
}

export interface ControlsOutcome {
  readonly status: TaskStatus
  readonly message?: string
  /** Accuracy of the same network, read out the same way, before any learning. */
  readonly untrainedSnn: number | null
  readonly nearestClassMean: number | null
}

/** What each task hands back, by its name. */
export interface TaskOutcomes {
  mlp: MlpOutcome
  snn: SnnOutcome
  controls: ControlsOutcome
}
