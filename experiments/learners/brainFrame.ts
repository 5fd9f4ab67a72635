// What the brain shows of itself for one image: a presentation of 350 ms and the blank of 150 ms after it.
import { CLASSES, commonFields, PIXELS } from './common.ts'
import { bytesOf, type Fields, nameFields, type Take, viewsOver } from './layout.ts'

/** There are as many inhibitory neurons as excitatory ones. */
export interface BrainShape {
  readonly neurons: number
}

/** The brain's time, ms: a step, an image, the image and the blank after it, and between two samples of the membranes. */
export const STEP = 0.5
export const IMAGE_DURATION = 350
export const PRESENTATION_DURATION = 500
export const MEMBRANE_INTERVAL = 5
/** Samples of the membranes while the image is on: the last one of each interval. */
export const MEMBRANE_SAMPLES = IMAGE_DURATION / MEMBRANE_INTERVAL
/** Membranes are kept as bytes: 0 is the lowest potential, 255 the highest, mV. */
export const MEMBRANE_RANGE = { low: -105, high: -40 } as const
/** A byte of `winnerChange` is the change / this * 127, clipped. */
export const CHANGE_RANGE = 0.25
/** Most spikes of each kind that a frame holds; its fields say how many there were, which may be more. */
export const SPIKE_CAPACITY = { input: 32_768, excitatory: 8_192, inhibitory: 16_384 } as const

/** The numbers that every frame of the brain begins with, float64, in this order. */
export const brainFields = [
  ...commonFields,
  /** Spikes of the last attempt, its blank included. */
  'inputSpikes',
  'excitatorySpikes',
  'inhibitorySpikes',
  /** Brightness of the last attempt, and how many attempts there were. */
  'intensity',
  'attempts',
  /** The neuron that fired most, -1 when none did; what the image changed in its weights is `winnerChange`. */
  'winner',
  /** Largest value of `theta`, mV. */
  'thetaMaximum',
  /** Of the focused neuron: its threshold without theta, mV. */
  'focusThreshold',
] as const

/** Room for spikes, in order of time. */
export interface SpikeViews {
  /** Steps of 0.5 ms since the image came on; 0xffff, after all others, for spikes that a recording counts but did not keep. */
  readonly steps: Uint16Array<ArrayBuffer>
  readonly neurons: Uint16Array<ArrayBuffer>
}

/** All arrays are views over `buffer`. */
export interface BrainFrame extends Fields<typeof brainFields> {
  readonly kind: 'brain'
  readonly shape: BrainShape
  readonly buffer: ArrayBuffer
  /** The numbers with names, as they lie in the buffer. */
  readonly header: Float64Array<ArrayBuffer>
  /** The image as the network saw it, [784]. */
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly spikes: {
    readonly input: SpikeViews
    readonly excitatory: SpikeViews
    readonly inhibitory: SpikeViews
  }
  /** Excitatory spikes while the image was on, [neurons]. */
  readonly counts: Uint16Array<ArrayBuffer>
  /** Excitatory membranes while the image was on, bytes over MEMBRANE_RANGE, [MEMBRANE_SAMPLES, neurons]. */
  readonly membranes: Uint8Array<ArrayBuffer>
  /** Adaptive thresholds, mV, [neurons]. */
  readonly theta: Float32Array<ArrayBuffer>
  /** The class each neuron is read out as, -1 for none yet, [neurons]. */
  readonly labels: Int8Array<ArrayBuffer>
  /** 1 for a neuron that a lesion silences, [neurons]. */
  readonly lesions: Uint8Array<ArrayBuffer>
  /** Mean spikes of the neurons of each class: the vote, [10]. */
  readonly votes: Float32Array<ArrayBuffer>
  /** Receptive fields, bytes, 255 for weight 1, [neurons, 784]. */
  readonly weights: Uint8Array<ArrayBuffer>
  /** What this image changed in the winner's receptive field, bytes over CHANGE_RANGE, [784]. */
  readonly winnerChange: Int8Array<ArrayBuffer>
  /** Of the last `testImages` test images, how many of class r were named c: [10 r + c]. */
  readonly confusion: Uint32Array<ArrayBuffer>
  /**
   * Of the focused neuron, exact: its weights and what this image changed in them [784]; its membrane (mV) and conductances at
   * each sample of the membranes.
   */
  readonly focus: {
    readonly weights: Float32Array<ArrayBuffer>
    readonly change: Float32Array<ArrayBuffer>
    readonly v: Float32Array<ArrayBuffer>
    readonly gExc: Float32Array<ArrayBuffer>
    readonly gInh: Float32Array<ArrayBuffer>
  }
}

function layOut({ neurons }: BrainShape, take: Take) {
  const spikes = (room: number): SpikeViews => ({
    steps: take('uint16', room),
    neurons: take('uint16', room),
  })
  return {
    header: take('float64', brainFields.length),
    theta: take('float32', neurons),
    votes: take('float32', CLASSES),
    confusion: take('uint32', CLASSES * CLASSES),
    focus: {
      weights: take('float32', PIXELS),
      change: take('float32', PIXELS),
      v: take('float32', MEMBRANE_SAMPLES),
      gExc: take('float32', MEMBRANE_SAMPLES),
      gInh: take('float32', MEMBRANE_SAMPLES),
    },
    counts: take('uint16', neurons),
    spikes: {
      input: spikes(SPIKE_CAPACITY.input),
      excitatory: spikes(SPIKE_CAPACITY.excitatory),
      inhibitory: spikes(SPIKE_CAPACITY.inhibitory),
    },
    pixels: take('uint8', PIXELS),
    membranes: take('uint8', MEMBRANE_SAMPLES * neurons),
    labels: take('int8', neurons),
    lesions: take('uint8', neurons),
    weights: take('uint8', neurons * PIXELS),
    winnerChange: take('int8', PIXELS),
  }
}

/** Bytes that a frame of this shape takes. */
export function brainFrameBytes(shape: BrainShape): number {
  return bytesOf(take => layOut(shape, take))
}

/** A frame over `buffer`, by default a new one of zeros. */
export function brainFrame(shape: BrainShape, buffer = new ArrayBuffer(brainFrameBytes(shape))): BrainFrame {
  const parts = layOut(shape, viewsOver(buffer))
  return nameFields({ kind: 'brain' as const, shape, buffer, ...parts }, parts.header, brainFields)
}
