// Read-outs: labels from responses, the class vote, and the log-likelihood.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignLabels, LogLikelihoodReadout, ResponseTable, VoteReadout } from '../../sim/index.ts'

/** Three neurons: 0 prefers class 0, 1 prefers class 1, 2 never fires; class 1 has more images. */
function table(): ResponseTable {
  const responses = new ResponseTable(2, 3)
  responses.add(0, Float32Array.of(10, 1, 0))
  responses.add(1, Float32Array.of(4, 5, 0))
  responses.add(1, Float32Array.of(4, 5, 0))
  responses.add(1, Float32Array.of(4, 5, 0))
  return responses
}

describe('assignLabels', () => {
  it('takes the class of the highest mean, not of the highest sum, and leaves a silent neuron without', () => {
    expect([...assignLabels(table())]).toEqual([0, 1, -1])
  })
})

describe('VoteReadout', () => {
  it('compares means over the neurons of a class', () => {
    const responses = new ResponseTable(2, 3)
    responses.add(0, Float32Array.of(3, 3, 0))
    responses.add(1, Float32Array.of(0, 0, 3))
    const readout = new VoteReadout(responses)
    // Class 0: (3 + 2) / 2 = 2.5, class 1: 3.
    expect(readout.predict(Float32Array.of(3, 2, 3))).toBe(1)
    expect(readout.predict(Float32Array.of(4, 4, 3))).toBe(0)
  })

  it('cannot tell when no labelled neuron fired', () => {
    expect(new VoteReadout(table()).predict(Float32Array.of(0, 0, 7))).toBe(-1)
  })
})

describe('LogLikelihoodReadout', () => {
  it('names the class under which independent Poisson counts are likeliest', () => {
    const responses = table()
    const readout = new LogLikelihoodReadout(responses)
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }), counts => {
        const scores = [0, 1].map(c =>
          counts.reduce((score, count, n) => {
            const mean = (responses.spikes[c * 3 + n]! + 0.1) / (responses.images[c]! + 1)
            return score + count * Math.log(mean) - mean
          }, 0),
        )
        // Where both are as likely, either will do.
        if (Math.abs(scores[0]! - scores[1]!) < 1e-9) return
        expect(readout.predict(Float32Array.from(counts))).toBe(scores[0]! > scores[1]! ? 0 : 1)
      }),
    )
  })
})

describe('a class without images', () => {
  it('is never named, and none is when there is no other', () => {
    const responses = new ResponseTable(3, 2)
    responses.add(0, Float32Array.of(9, 0))
    responses.add(1, Float32Array.of(0, 9))
    const readout = new LogLikelihoodReadout(responses)
    for (const counts of [
      [0, 0],
      [1, 0],
      [0, 1],
      [0.1, 0.1],
    ]) {
      expect([0, 1]).toContain(readout.predict(Float32Array.from(counts)))
    }
    expect(new LogLikelihoodReadout(new ResponseTable(3, 2)).predict(Float32Array.of(1, 1))).toBe(-1)
  })
})

describe('ResponseTable', () => {
  it('fades without changing what it predicts', () => {
    const responses = table()
    responses.fade(0.5)
    expect([...responses.images]).toEqual([0.5, 1.5])
    expect([...assignLabels(responses)]).toEqual([0, 1, -1])
  })

  it('refuses a label that is no class and counts of another size', () => {
    expect(() => table().add(2, new Float32Array(3))).toThrow(/label must be an integer from 0 to 1, got 2/)
    expect(() => table().add(0, new Float32Array(4))).toThrow(/expected counts of 3 neurons, got 4/)
  })
})
