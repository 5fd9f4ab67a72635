// What a message says of one image that the brain saw, apart from the state it keeps.
import {
  type BrainFrame,
  IMAGE_DURATION,
  MEMBRANE_RANGE,
  MEMBRANE_SAMPLES,
  SPIKE_CAPACITY,
  STEP,
} from '../learners/brainFrame.ts'
import { CLASSES } from '../learners/common.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { damaged } from './errors.ts'
import { keepClasses } from './fields.ts'
import { SIGNED_ZERO, signedBytes, signedPlaces } from './levels.ts'
import { readRuns, readSparseBytes, writeRuns, writeSparseBytes } from './runs.ts'
import { inOrder, NOT_RECORDED, readFollowing, readSpikes, writeFollowing, writeSpikes } from './spikes.ts'

/** Bits of a message's first byte after the fields: what of a frame it has. */
const HAS_INPUT_SPIKES = 1
const HAS_MEMBRANES = 2
const HAS_COUNTS = 4
const KNOWN = HAS_INPUT_SPIKES | HAS_MEMBRANES | HAS_COUNTS

/** What membranes are shown as that were not recorded: at rest, -65 mV. */
const REST = Math.round((255 * (-65 - MEMBRANE_RANGE.low)) / (MEMBRANE_RANGE.high - MEMBRANE_RANGE.low))
const changePlaces = signedPlaces(1)
const IMAGE_STEPS = IMAGE_DURATION / STEP

/** Counts each neuron's spikes while the image was on. */
function countSpikes({ spikes }: BrainFrame, held: number, counts: Uint16Array): void {
  const { steps, neurons } = spikes.excitatory
  counts.fill(0)
  for (let i = 0; i < held && steps[i]! < IMAGE_STEPS; i++) counts[neurons[i]!]!++
}

/** How many spikes of a kind a frame has room for and says it has. */
function heldSpikes(said: number, room: number): number {
  return Math.min(Math.max(Math.round(said), 0), room)
}

/** Writes the spikes, the vote and what changed; with `detail` also the input's spikes and the membranes. */
export function writeBrainStory(writer: ByteWriter, frame: BrainFrame, detail: boolean): void {
  const { spikes } = frame
  const excitatory = heldSpikes(frame.excitatorySpikes, SPIKE_CAPACITY.excitatory)
  const inhibitory = heldSpikes(frame.inhibitorySpikes, SPIKE_CAPACITY.inhibitory)
  const counted = new Uint16Array(frame.counts.length)
  countSpikes(frame, excitatory, counted)
  const explicit = counted.some((count, neuron) => count !== frame.counts[neuron])
  writer.uint8((detail ? HAS_INPUT_SPIKES | HAS_MEMBRANES : 0) | (explicit ? HAS_COUNTS : 0))
  writeSparseBytes(writer, frame.pixels)
  const leading = inOrder(spikes.excitatory, excitatory)
  writeSpikes(writer, leading, excitatory)
  writeFollowing(writer, leading, excitatory, spikes.inhibitory, inhibitory)
  for (const vote of frame.votes) writer.float32(vote)
  const { winnerChange } = frame
  writeRuns(writer, i => levelOfChange(winnerChange[i]!), winnerChange.length)
  if (explicit) for (const count of frame.counts) writer.varint(count)
  if (!detail) return
  writeSpikes(writer, spikes.input, heldSpikes(frame.inputSpikes, SPIKE_CAPACITY.input))
  writeMembranes(writer, frame)
}

/** A change's level, 0 for no change: those of signed weights, turned so that the middle comes first. */
function levelOfChange(value: number): number {
  return (Math.round(changePlaces[value & 255]!) - SIGNED_ZERO) & 15
}

/** Writes four bits of each membrane, as changes from sample to sample, a neuron after another. */
function writeMembranes(writer: ByteWriter, { membranes, shape: { neurons } }: BrainFrame): void {
  const level = (sample: number, neuron: number) =>
    sample < 0 ? REST >> 4 : membranes[sample * neurons + neuron]! >> 4
  writeRuns(
    writer,
    i => {
      const neuron = Math.floor(i / MEMBRANE_SAMPLES)
      const sample = i % MEMBRANE_SAMPLES
      return (level(sample, neuron) - level(sample - 1, neuron)) & 15
    },
    MEMBRANE_SAMPLES * neurons,
  )
}

/** Reads a story into a frame of zeros whose fields have been read. */
export function readBrainStory(reader: ByteReader, frame: BrainFrame): void {
  const { neurons } = frame.shape
  const { spikes } = frame
  keepClasses(frame)
  if (!(frame.winner >= 0 && frame.winner < neurons)) frame.winner = -1
  const has = reader.uint8()
  if ((has & ~KNOWN) !== 0) throw damaged('a frame with parts of an unknown kind')
  readSparseBytes(reader, frame.pixels)
  const excitatory = readSpikes(reader, spikes.excitatory, neurons)
  readFollowing(reader, spikes.excitatory, excitatory, spikes.inhibitory, neurons)
  for (let i = 0; i < CLASSES; i++) frame.votes[i] = reader.float32()
  readRuns(reader, frame.winnerChange.length, (i, code) => {
    frame.winnerChange[i] = signedBytes[(code + SIGNED_ZERO) & 15] ?? 0
  })
  if (has & HAS_COUNTS) for (let i = 0; i < neurons; i++) frame.counts[i] = reader.varint(0xffff)
  else countSpikes(frame, excitatory, frame.counts)
  if (has & HAS_INPUT_SPIKES) readSpikes(reader, spikes.input, frame.pixels.length)
  else spikes.input.steps.fill(NOT_RECORDED, 0, heldSpikes(frame.inputSpikes, SPIKE_CAPACITY.input))
  if (has & HAS_MEMBRANES) readMembranes(reader, frame)
  else frame.membranes.fill(REST)
}

function readMembranes(reader: ByteReader, { membranes, shape: { neurons } }: BrainFrame): void {
  const changes = new Uint8Array(membranes.length)
  readRuns(reader, changes.length, (i, change) => {
    changes[i] = change
  })
  for (let neuron = 0; neuron < neurons; neuron++) {
    let level = REST >> 4
    for (let sample = 0; sample < MEMBRANE_SAMPLES; sample++) {
      level = (level + changes[neuron * MEMBRANE_SAMPLES + sample]!) & 15
      membranes[sample * neurons + neuron] = 16 * level + 8
    }
  }
}
