// What moves in the network panels: the deep network's pulses and the brain's traces, levels and inhibition.
import { describe, expect, it } from 'vitest'
import { brainFrame, MEMBRANE_SAMPLES } from '../../experiments/learners/brainFrame.ts'
import {
  cellLevels,
  ending,
  firstSpike,
  inhibitionAt,
  mostSpikes,
  spikeTraces,
} from '../../viewer/stage/brainMotion.ts'
import { mlpMotion } from '../../viewer/stage/phases.ts'
import { mlpPhases } from '../../viewer/stage/view.ts'

const times = Array.from({ length: 101 }, (_, index) => 5 * index)

describe('the motion of the deep network', () => {
  it('lights one layer after another and never dims one again', () => {
    let before = mlpMotion(0)
    expect(before.lit).toEqual([1, 0, 0, 0])
    for (const time of times) {
      const now = mlpMotion(time)
      for (const layer of [1, 2, 3] as const) {
        expect(now.lit[layer]).toBeGreaterThanOrEqual(before.lit[layer])
        if (layer < 3) expect(now.lit[layer]).toBeGreaterThanOrEqual(now.lit[layer + 1]!)
      }
      before = now
    }
    expect(mlpMotion(mlpPhases.forward).lit).toEqual([1, 1, 1, 1])
  })

  it('sends pulses up between one pair of layers at a time, then down from the outputs', () => {
    const ways = (pulses: readonly number[]) => pulses.flatMap((place, way) => (place >= 0 ? [way] : []))
    const up = times.filter(time => time < mlpPhases.forward).map(time => ways(mlpMotion(time).up))
    expect(up.every(list => list.length === 1)).toBe(true)
    expect([...new Set(up.flat())]).toEqual([0, 1, 2])
    const back = times.filter(time => time >= mlpPhases.loss && time < mlpPhases.backward)
    expect([...new Set(back.flatMap(time => ways(mlpMotion(time).down)))]).toEqual([2, 1])
    for (const time of back) expect(ways(mlpMotion(time).up)).toEqual([])
  })

  it('tells each layer its gradient when the pulses have reached it', () => {
    expect(mlpMotion(mlpPhases.forward - 1).told).toEqual([0, 0, 0, 0])
    expect(mlpMotion(mlpPhases.loss).told).toEqual([0, 0, 0, 1])
    expect(mlpMotion((mlpPhases.loss + mlpPhases.backward) / 2).told).toEqual([0, 0, 1, 1])
    expect(mlpMotion(mlpPhases.backward).told).toEqual([0, 1, 1, 1])
  })

  it('shows the update and ends still', () => {
    const middle = (mlpPhases.backward + mlpPhases.update) / 2
    expect(mlpMotion(middle).update).toBeCloseTo(1)
    // Nothing changes in a network that only looks.
    expect(mlpMotion(middle, false)).toEqual({ ...mlpMotion(middle), update: 0 })
    const end = mlpMotion(mlpPhases.update)
    expect(end.update).toBeCloseTo(0)
    expect([...end.up, ...end.down]).toEqual([-1, -1, -1, -1, -1, -1])
  })
})

describe('the motion of the brain', () => {
  const spikes = { steps: Uint16Array.of(10, 20, 20, 60, 0xffff), neurons: Uint16Array.of(0, 1, 0, 1, 0) }

  it('finds spikes by their time', () => {
    expect([0, 10, 11, 20, 21, 61].map(step => firstSpike(spikes, 5, step))).toEqual([0, 0, 1, 1, 3, 4])
    expect(firstSpike(spikes, 2, 0xffff)).toBe(2)
    expect(firstSpike(spikes, 50, 0xffff)).toBe(4)
  })

  it('shows a spike when it comes, not before, and lets it fade', () => {
    const traces = new Float32Array(2)
    const at = (time: number) => {
      spikeTraces(spikes, 5, time, 20, 0.5, traces)
      return [...traces]
    }
    expect(at(4.5)).toEqual([0, 0])
    expect(at(5)).toEqual([0.5, 0])
    expect(at(10)[0]).toBeCloseTo(0.5 + 0.5 * Math.exp(-0.25), 5)
    expect(at(29)[1]).toBeCloseTo(0.5 * Math.exp(-19 / 20), 5)
    expect(at(500)).toEqual([0, 0])
  })

  it('fills cells by their membranes, then by how often they fired', () => {
    const frame = brainFrame({ neurons: 2 })
    for (let sample = 0; sample < MEMBRANE_SAMPLES; sample++) frame.membranes.set([0, 255], 2 * sample)
    frame.counts.set([20, 5])
    const levels = new Float32Array(2)
    cellLevels(frame, 100, levels)
    expect([...levels]).toEqual([0, 1])
    cellLevels(frame, 500, levels)
    expect([...levels]).toEqual([1, 0.25])
    expect(mostSpikes(frame)).toBe(20)
  })

  it('draws a straight line between two samples of a membrane', () => {
    const frame = brainFrame({ neurons: 1 })
    frame.membranes.set([100, 200])
    const level = (time: number) => {
      const levels = new Float32Array(1)
      cellLevels(frame, time, levels)
      return levels[0]!
    }
    expect(level(7.5)).toBeCloseTo((level(5) + level(10)) / 2, 5)
    expect(level(10)).toBeGreaterThan(level(5))
  })

  it('counts only after the image', () => {
    expect(ending(350)).toBe(0)
    expect(ending(500)).toBe(1)
  })

  it('dims near neurons first and lets go', () => {
    expect(inhibitionAt(0.5, 0)).toBe(0)
    expect(inhibitionAt(0.1, 5)).toBeGreaterThan(0)
    expect(inhibitionAt(1, 5)).toBe(0)
    expect(inhibitionAt(0.1, 60)).toBeLessThan(inhibitionAt(0.1, 5))
  })
})
