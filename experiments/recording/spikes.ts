// Spikes in few bytes: each neuron's own, or those of the inhibitory neurons by the excitatory spikes that draw them.
import type { SpikeViews } from '../learners/brainFrame.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { damaged } from './errors.ts'
import { readPlaces, writePlaces } from './runs.ts'

/** A step that no spike has: what `steps` holds for spikes that were counted but not recorded. */
export const NOT_RECORDED = 0xffff
const LAST_STEP = 0xfffe
/** An inhibitory spike belongs to the excitatory one of its neuron at most this many steps before it. */
const NEAR = 64

/** Puts spikes in order of time, and of neurons within a step: as frames have them. */
function putInOrder(keys: Uint32Array, views: SpikeViews): void {
  keys.sort()
  for (let i = 0; i < keys.length; i++) {
    views.steps[i] = keys[i]! >>> 16
    views.neurons[i] = keys[i]! & 0xffff
  }
}

/** The first `count` spikes, in the order that reading them gives. */
export function inOrder({ steps, neurons }: SpikeViews, count: number): SpikeViews {
  const keys = Uint32Array.from({ length: count }, (_, i) => steps[i]! * 0x10000 + neurons[i]!)
  const views = { steps: new Uint16Array(count), neurons: new Uint16Array(count) }
  putInOrder(keys, views)
  return views
}

/** Writes the first `count` spikes: the neurons that fired, how often each, and the steps from one spike to its next. */
export function writeSpikes(writer: ByteWriter, { steps, neurons }: SpikeViews, count: number): void {
  const trains = new Map<number, number[]>()
  for (let i = 0; i < count; i++) {
    const train = trains.get(neurons[i]!)
    if (train) train.push(steps[i]!)
    else trains.set(neurons[i]!, [steps[i]!])
  }
  const fired = [...trains.keys()].sort((a, b) => a - b)
  writer.varint(count)
  writePlaces(writer, fired)
  for (const neuron of fired) writer.varint(trains.get(neuron)!.length)
  for (const neuron of fired) {
    let before = 0
    for (const step of trains.get(neuron)!) {
      writer.varint(step - before)
      before = step
    }
  }
}

/** Reads what `writeSpikes` wrote; returns how many there are. */
export function readSpikes(reader: ByteReader, views: SpikeViews, population: number): number {
  const keys = readKeys(reader, views.steps.length, population)
  putInOrder(keys, views)
  return keys.length
}

/** Reads spikes as numbers that are in order when the spikes are. */
function readKeys(reader: ByteReader, room: number, population: number): Uint32Array {
  const count = reader.varint(room)
  const fired = readPlaces(reader, population)
  const counts = fired.map(() => reader.varint(count))
  if (counts.reduce((total, spikes) => total + spikes, 0) !== count)
    throw damaged('spikes that do not add up')
  const keys = new Uint32Array(count)
  let next = 0
  counts.forEach((spikes, i) => {
    let step = 0
    for (let s = 0; s < spikes; s++) {
      step += reader.varint(LAST_STEP)
      if (step > LAST_STEP) throw damaged('a spike after the end of time')
      keys[next++] = step * 0x10000 + fired[i]!
    }
  })
  return keys
}

/**
 * Writes inhibitory spikes: of each excitatory one, in order, how many follow it, and after how many steps; then those that
 * follow none, as `writeSpikes` has them.
 */
export function writeFollowing(
  writer: ByteWriter,
  leading: SpikeViews,
  leadingCount: number,
  following: SpikeViews,
  count: number,
): void {
  const delays: number[][] = Array.from({ length: leadingCount }, () => [])
  const newest = new Map<number, { readonly delays: number[]; readonly start: number; last: number }>()
  const rest: { steps: number[]; neurons: number[] } = { steps: [], neurons: [] }
  let lead = 0
  for (let i = 0; i < count; i++) {
    const step = following.steps[i]!
    const neuron = following.neurons[i]!
    for (; lead < leadingCount && leading.steps[lead]! <= step; lead++) {
      const start = leading.steps[lead]!
      newest.set(leading.neurons[lead]!, { delays: delays[lead]!, start, last: start })
    }
    const leader = newest.get(neuron)
    if (leader && step - leader.start <= NEAR) {
      leader.delays.push(step - leader.last)
      leader.last = step
    } else {
      rest.steps.push(step)
      rest.neurons.push(neuron)
    }
  }
  for (const own of delays) writer.varint(own.length)
  for (const own of delays) for (const delay of own) writer.varint(delay)
  const steps = Uint16Array.from(rest.steps)
  writeSpikes(writer, { steps, neurons: Uint16Array.from(rest.neurons) }, steps.length)
}

/** Reads what `writeFollowing` wrote; returns how many there are. */
export function readFollowing(
  reader: ByteReader,
  leading: SpikeViews,
  leadingCount: number,
  following: SpikeViews,
  population: number,
): number {
  const room = following.steps.length
  const counts = Array.from({ length: leadingCount }, () => reader.varint(NEAR + 1))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total > room) throw damaged('more spikes than a frame holds')
  const keys: number[] = []
  counts.forEach((count, lead) => {
    let step = leading.steps[lead]!
    for (let s = 0; s < count; s++) {
      step += reader.varint(NEAR)
      if (step > LAST_STEP) throw damaged('a spike after the end of time')
      keys.push(step * 0x10000 + leading.neurons[lead]!)
    }
  })
  for (const key of readKeys(reader, room - total, population)) keys.push(key)
  putInOrder(Uint32Array.from(keys), following)
  return keys.length
}
