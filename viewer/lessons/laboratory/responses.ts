// What a trained brain answered to images it did not learn from: a small file, read with care, and what a read-out makes of it.
import { ResponseTable, VoteReadout } from '../../../sim/index.ts'

/** Time within an image is kept in these, ms. */
export const BIN = 5
const CLASSES = 10

/** One image's spikes of excitatory neurons while it was on. */
export interface Answer {
  readonly label: number
  readonly bins: Uint8Array
  readonly neurons: Uint16Array
}

export interface Responses {
  readonly neurons: number
  /** Answers to training images, whose labels name neurons, and to test images, on which the naming is judged. */
  readonly training: readonly Answer[]
  readonly test: readonly Answer[]
}

const HEADER_BYTES = 6
const ANSWER_BYTES = 3
const SPIKE_BYTES = 3

export class ResponsesError extends Error {}

/** Little-endian: uint16 neurons, training images, test images; of each image uint8 label, uint16 spikes, then uint8 bin, uint16 neuron. */
export function encodeResponses({ neurons, training, test }: Responses): Uint8Array<ArrayBuffer> {
  const answers = [...training, ...test]
  const spikes = answers.reduce((sum, { bins }) => sum + bins.length, 0)
  const bytes = new Uint8Array(HEADER_BYTES + ANSWER_BYTES * answers.length + SPIKE_BYTES * spikes)
  const view = new DataView(bytes.buffer)
  ;[neurons, training.length, test.length].forEach((value, place) => {
    view.setUint16(2 * place, value, true)
  })
  let offset = HEADER_BYTES
  for (const answer of answers) {
    view.setUint8(offset, answer.label)
    view.setUint16(offset + 1, answer.bins.length, true)
    offset += ANSWER_BYTES
    answer.bins.forEach((bin, spike) => {
      view.setUint8(offset, bin)
      view.setUint16(offset + 1, answer.neurons[spike]!, true)
      offset += SPIKE_BYTES
    })
  }
  return bytes
}

/** @throws ResponsesError when the bytes are not such a file, whole. */
export function decodeResponses(bytes: Uint8Array): Responses {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let offset = 0
  const need = (count: number) => {
    if (offset + count > bytes.length) throw new ResponsesError('the answers end early')
  }
  const uint16 = () => {
    need(2)
    offset += 2
    return view.getUint16(offset - 2, true)
  }
  const uint8 = () => {
    need(1)
    offset += 1
    return view.getUint8(offset - 1)
  }
  const [neurons, training, test] = [uint16(), uint16(), uint16()]
  const answer = (): Answer => {
    const label = uint8()
    const spikes = uint16()
    need(spikes * SPIKE_BYTES)
    const answered = { label, bins: new Uint8Array(spikes), neurons: new Uint16Array(spikes) }
    for (let spike = 0; spike < spikes; spike++) {
      answered.bins[spike] = uint8()
      answered.neurons[spike] = uint16()
    }
    if (label >= CLASSES || answered.neurons.some(neuron => neuron >= neurons))
      throw new ResponsesError('an answer has a label or a neuron that there is not')
    return answered
  }
  const answers = (images: number) => Array.from({ length: images }, answer)
  return { neurons, training: answers(training), test: answers(test) }
}

/** Spikes of each neuron before `until` ms. */
function countsUntil({ bins, neurons }: Answer, until: number, counts: Float32Array): Float32Array {
  counts.fill(0)
  for (let spike = 0; spike < bins.length; spike++) {
    const neuron = neurons[spike]!
    if (bins[spike]! * BIN < until) counts[neuron] = counts[neuron]! + 1
  }
  return counts
}

/** The vote that the labels of the first `labelled` training images make. */
export function readoutFrom(responses: Responses, labelled: number): VoteReadout {
  const table = new ResponseTable(CLASSES, responses.neurons)
  const counts = new Float32Array(responses.neurons)
  for (const answer of responses.training.slice(0, labelled)) {
    table.add(answer.label, countsUntil(answer, Number.POSITIVE_INFINITY, counts))
  }
  return new VoteReadout(table)
}

/** Share of the test images that the vote names right from the spikes before `until` ms. */
export function accuracyOf(responses: Responses, readout: VoteReadout, until: number): number {
  const counts = new Float32Array(responses.neurons)
  const right = responses.test.filter(
    answer => readout.predict(countsUntil(answer, until, counts)) === answer.label,
  )
  return right.length / responses.test.length
}

/** Accuracy when the clock is stopped at the end of each bin of an image. */
export function accuracyByTime(responses: Responses, duration: number): Float64Array {
  const readout = readoutFrom(responses, responses.training.length)
  return Float64Array.from({ length: duration / BIN }, (_, bin) =>
    accuracyOf(responses, readout, (bin + 1) * BIN),
  )
}

/** When the accuracy first reaches this share of its last value, ms. */
export function timeToShare(byTime: Float64Array, share: number): number {
  const goal = share * byTime.at(-1)!
  return (byTime.findIndex(accuracy => accuracy >= goal) + 1) * BIN
}

/** How many neurons have a label. */
export function namedNeurons({ labels }: VoteReadout): number {
  return labels.filter(label => label >= 0).length
}
