// Recordings: what comes back of what was recorded, from wherever one looks.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../../experiments/learners/frame.ts'
import { brainEncoder } from '../../experiments/recording/encoder.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { NOT_RECORDED } from '../../experiments/recording/spikes.ts'
import { RecordingWriter } from '../../experiments/recording/writer.ts'
import { loadCompressor } from '../../experiments/recording/zstd.ts'
import { information, joined, MadeUpRun, makeRecording } from './frames.ts'

const hash = ({ buffer }: Frame) => createHash('sha256').update(new Uint8Array(buffer)).digest('hex')

/** What is compared of a frame, before it is recorded. */
function keep({ mlp, brain }: MadeUpRun) {
  return {
    mlp: {
      header: mlp.header.slice(),
      pixels: mlp.pixels.slice(),
      activations: mlp.activations.map(values => values.slice()),
      gradients: mlp.gradients.map(values => values.slice()),
      weights: mlp.weights.map(values => values.slice()),
      scales: [mlp.scale1, mlp.scale2, mlp.scale3],
      confusion: mlp.confusion.slice(),
    },
    brain: {
      header: brain.header.slice(),
      spikes: {
        excitatory: brain.spikes.excitatory.steps.slice(0, brain.excitatorySpikes),
        inhibitory: brain.spikes.inhibitory.neurons.slice(0, brain.inhibitorySpikes),
        input: brain.spikes.input.neurons.slice(0, brain.inputSpikes),
      },
      counts: brain.counts.slice(),
      membranes: brain.membranes.slice(),
      theta: brain.theta.slice(),
      labels: brain.labels.slice(),
      votes: brain.votes.slice(),
      weights: brain.weights.slice(),
      winnerChange: brain.winnerChange.slice(),
      confusion: brain.confusion.slice(),
    },
  }
}

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>, factor = 1) => {
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! * factor - b[i]! * factor))
  return most
}

describe('a recording of made-up networks', () => {
  const truth: ReturnType<typeof keep>[] = []
  let recording: Recording

  beforeAll(async () => {
    const bytes = await makeRecording({
      see: run => truth.push(keep(run)),
      digests: [{ kind: 'brain', samples: 300, sha256: 'cd'.repeat(32) }],
    })
    recording = await openRecording(bytes)
  })

  it('says what it is of', () => {
    expect(recording.information).toEqual(information)
    expect(recording).toMatchObject({ truncated: false, altered: false, damagedChunks: 0, events: [] })
    expect(recording.digests).toEqual([{ kind: 'brain', samples: 300, sha256: 'cd'.repeat(32) }])
    expect(recording.frames('mlp').length).toBe(60)
    expect(recording.frames('brain').length).toBe(60)
    expect(recording.seconds).toBeCloseTo(5.9)
  })

  it('has moments of both networks, of the same image each', () => {
    expect(recording.moments.map(({ mlp, brain }) => [mlp, brain])).toEqual(
      Array.from({ length: 60 }, (_, i) => [i, i]),
    )
    expect(recording.moments.map(({ position }) => position)).toEqual(
      Array.from({ length: 60 }, (_, i) => 5 * (i + 1)),
    )
  })

  it('gives back what the MLP showed, to the precision of the format', () => {
    const { mlp: reader } = recording.readers()
    truth.forEach(({ mlp }, index) => {
      const frame = reader.read(index)
      expect(frame.shape.layers).toEqual([784, 8, 6, 10])
      for (const name of ['samples', 'image', 'label', 'predicted', 'operations', 'updates'] as const) {
        expect(frame[name], name).toBe(mlp.header[headerPlace(frame, name)])
      }
      expect(frame.focusUnit).toBe(-1)
      expect(frame.pixels).toEqual(mlp.pixels)
      expect(frame.confusion).toEqual(mlp.confusion)
      for (const layer of [0, 1]) {
        const largest = Math.max(...mlp.activations[layer]!.map(Math.abs))
        expect(farthest(frame.activations[layer]!, mlp.activations[layer]!)).toBeLessThanOrEqual(
          largest / 250,
        )
      }
      expect(farthest(frame.activations[2]!, mlp.activations[2]!)).toBeLessThan(5e-4)
      for (const layer of [0, 1, 2]) {
        const largest = Math.max(...mlp.gradients[layer]!.map(Math.abs))
        expect(farthest(frame.gradients[layer]!, mlp.gradients[layer]!)).toBeLessThanOrEqual(largest / 100)
      }
    })
  })

  it('gives back what the brain showed, to the precision of the format', () => {
    const { brain: reader } = recording.readers()
    truth.forEach(({ brain }, index) => {
      const frame = reader.read(index)
      for (const name of [
        'samples',
        'image',
        'winner',
        'excitatorySpikes',
        'inputSpikes',
        'attempts',
      ] as const) {
        expect(frame[name], name).toBe(brain.header[headerPlace(frame, name)])
      }
      const { spikes } = frame
      expect(spikes.excitatory.steps.subarray(0, frame.excitatorySpikes)).toEqual(brain.spikes.excitatory)
      expect(spikes.inhibitory.neurons.subarray(0, frame.inhibitorySpikes)).toEqual(brain.spikes.inhibitory)
      expect(frame.counts).toEqual(brain.counts)
      expect(frame.labels).toEqual(brain.labels)
      expect(frame.votes).toEqual(brain.votes)
      expect(frame.confusion).toEqual(brain.confusion)
      // The square root of a change is kept in seven levels.
      expect(farthest(frame.winnerChange, brain.winnerChange)).toBeLessThanOrEqual(18)
    })
  })

  it('shows weights within 0.7 of a level of a network this small, winner and all', () => {
    const readers = recording.readers()
    truth.forEach((at, index) => {
      const [mlp, brain] = [readers.mlp.read(index), readers.brain.read(index)]
      expect(farthest(brain.weights, at.brain.weights)).toBeLessThanOrEqual(0.7 * 17 + 1)
      expect(farthest(brain.theta, at.brain.theta)).toBeLessThanOrEqual(0.26)
      mlp.weights.forEach((weights, layer) => {
        const [scale, recorded] = [at.mlp.scales[layer]!, [mlp.scale1, mlp.scale2, mlp.scale3][layer]!]
        expect(recorded).toBeGreaterThanOrEqual(scale)
        const told = Array.from(weights, weight => (weight / 127) * recorded)
        const real = Array.from(at.mlp.weights[layer]!, weight => (weight / 127) * scale)
        // Levels are farthest apart at the end: 13/49 of the scale.
        expect(farthest(told, real)).toBeLessThanOrEqual(recorded * ((0.75 * 13) / 49))
      })
    })
  })

  it('keeps input spikes and membranes only in slow motion', async () => {
    const fast = recording.readers().brain.read(30)
    expect(fast.spikes.input.steps[0]).toBe(NOT_RECORDED)
    expect(new Set(fast.membranes).size).toBe(1)
    const slowTruth: ReturnType<typeof keep>[] = []
    const slow = await openRecording(
      await makeRecording({ frames: 6, seconds: 6, see: run => slowTruth.push(keep(run)) }),
    )
    const reader = slow.readers().brain
    slowTruth.forEach(({ brain }, index) => {
      const frame = reader.read(index)
      expect(frame.spikes.input.neurons.subarray(0, frame.inputSpikes)).toEqual(brain.spikes.input)
      expect(farthest(frame.membranes, brain.membranes)).toBeLessThanOrEqual(8)
    })
  })

  it('is the same after any seek as when played from the beginning', async () => {
    const bytes = await makeRecording({ frames: 120, seed: 7 })
    for (const trusted of [false, true]) {
      const played = (await openRecording(bytes, { trusted })).readers()
      const hashes = Array.from({ length: 120 }, (_, i) => [
        hash(played.mlp.read(i)),
        hash(played.brain.read(i)),
      ])
      expect(new Set(hashes.flat()).size).toBe(240)
      const sought = (await openRecording(bytes, { trusted })).readers()
      for (const index of [119, 0, 50, 49, 49, 51, 90, 3, 118, 20, 19, 21]) {
        expect([hash(sought.mlp.read(index)), hash(sought.brain.read(index))]).toEqual(hashes[index])
      }
    }
  })

  it('shows a frame in a new object, and leaves the one before as it was', () => {
    const { brain } = recording.readers()
    const first = brain.read(10)
    const before = hash(first)
    const second = brain.read(11)
    expect(second).not.toBe(first)
    expect(hash(first)).toBe(before)
  })

  it('counts the changes of its own weights', () => {
    const { mlp } = recording.readers()
    let version = -1
    let weights = ''
    for (let i = 0; i < 60; i++) {
      const frame = mlp.read(i)
      const now = frame.weights.map(values => values.join()).join()
      if (frame.weightsVersion === version) expect(now).toBe(weights)
      ;[version, weights] = [frame.weightsVersion, now]
    }
  })
})

function headerPlace(frame: Frame, name: string): number {
  const probe = frame as unknown as Record<string, number>
  const before = probe[name]!
  probe[name] = 987_654_321
  const place = frame.header.indexOf(987_654_321)
  probe[name] = before
  return place
}

describe('a recording whose network begins anew', () => {
  it('goes on counting positions, with another shape', async () => {
    const parts: Uint8Array[] = []
    const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(1))
    await writer.start(information)
    const encoder = brainEncoder()
    for (const [begin, neurons] of [20, 30].entries()) {
      const run = new MadeUpRun(begin, neurons)
      for (let frame = 0; frame < 5; frame++) {
        run.advance(10)
        for (const message of encoder.encode(run.brain, { seconds: begin + frame / 10 }))
          await writer.add(message)
      }
      const config = { ...information.config, neurons: 30 }
      if (begin === 0)
        await writer.addEvent({ seconds: 0.9, mlpSamples: 0, brainSamples: 50, exact: true, config })
    }
    await writer.end()
    const recording = await openRecording(joined(parts))
    expect(recording.moments.map(({ position }) => position)).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90, 100,
    ])
    expect(recording.events).toMatchObject([
      { seconds: 0.9, brainSamples: 50, exact: true, config: { neurons: 30 } },
    ])
    const { brain } = recording.readers()
    expect(brain.read(9).shape.neurons).toBe(30)
    expect(brain.read(2).shape.neurons).toBe(20)
  })
})
