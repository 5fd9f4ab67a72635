// Every op of the table: the same on all backends, and its gradient against central differences.
import { beforeEach, describe, expect, it } from 'vitest'
import { valueAndGradients } from '../../src/autograd.ts'
import type { Backend } from '../../src/backend/backend.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { multiply, scope, sum, Tensor, tensor, useBackend } from '../../src/index.ts'
import type { Sample, SampleInput } from '../../src/ops/op.ts'
import { opTable } from '../../src/ops/table.ts'
import { sizeOf } from '../../src/shape.ts'
import { expectClose } from '../kernels/kernelTable.ts'

const backends = availableBackends()
const STEP = 1 / 128

function entries({ shape, entry }: SampleInput): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, index) => entry(index))
}

function makeInputs(sample: Sample, changed?: { input: number; index: number; by: number }): Tensor[] {
  return sample.inputs.map((input, i) => {
    const made = tensor(Float32Array.from(entries(input)), input.shape, input.dtype ?? 'float32')
    if (changed?.input === i) made.view()[changed.index]! += changed.by
    return made
  })
}

function forward(backend: Backend, sample: Sample): Float32Array {
  useBackend(backend)
  return scope(() => sample.run(makeInputs(sample)).toArray() as Float32Array)
}

/** A scalar of the sample's output in which every entry counts differently. */
function scalarOf(output: Tensor): Tensor {
  const weights = Float32Array.from({ length: output.size }, (_, i) => 0.5 + ((i * 7) % 5) / 4)
  return sum(multiply(output, tensor(weights, output.shape)))
}

function weightedSum(sample: Sample, changed?: { input: number; index: number; by: number }): number {
  return scope(() => {
    const output = sample.run(makeInputs(sample, changed)).toArray() as Float32Array
    return output.reduce((total, value, i) => total + value * (0.5 + ((i * 7) % 5) / 4), 0)
  })
}

describe('the table of ops', () => {
  it('is not empty, has distinct names and samples for each', () => {
    expect(opTable.length).toBeGreaterThanOrEqual(17)
    expect(new Set(opTable.map(({ name }) => name)).size).toBe(opTable.length)
    for (const { samples } of opTable) {
      expect(samples.length).toBeGreaterThan(0)
      expect(new Set(samples.map(({ label }) => label)).size).toBe(samples.length)
    }
  })
})

describe.each(opTable)('$name', ({ samples }) => {
  describe.each(samples)('$label', sample => {
    const reference = createBackend('js')

    it.each(backends)('has on %s the value it has on js, and leaves nothing behind', name => {
      const expected = forward(reference, sample)
      const backend = createBackend(name)
      expectClose(forward(backend, sample), expected, 1)
      const used = backend.arena.bytesInUse
      forward(backend, sample)
      expect(backend.arena.bytesInUse).toBe(used)
    })

    it.each(backends)('has on %s the gradient that central differences find', name => {
      useBackend(name)
      const inputs = makeInputs(sample)
      const differentiable = inputs.map((_, i) => i).filter(i => inputs[i]!.dtype === 'float32')
      expect(differentiable.length).toBeGreaterThan(0)
      const { gradients } = valueAndGradients(
        () => scalarOf(sample.run(inputs)),
        differentiable.map(i => inputs[i]!),
      )
      for (const [at, input] of differentiable.entries()) {
        const gradient = gradients[at]!
        expect(gradient.shape).toEqual(inputs[input]!.shape)
        const numeric = Float32Array.from({ length: gradient.size }, (_, index) => {
          const change = (by: number) => weightedSum(sample, { input, index, by })
          return (change(STEP) - change(-STEP)) / (2 * STEP)
        })
        expectClose(gradient.toArray(), numeric, 0.3, 1e-2)
      }
    })

    it('has, for each input alone, the gradient it has for all', () => {
      useBackend(reference)
      const all = makeInputs(sample)
      const floatsOnly = all.filter(({ dtype }) => dtype === 'float32')
      expect(floatsOnly.length).toBeGreaterThan(0)
      const { gradients } = valueAndGradients(() => scalarOf(sample.run(all)), floatsOnly)
      for (const [i, input] of floatsOnly.entries()) {
        const alone = valueAndGradients(() => scalarOf(sample.run(all)), [input])
        expect(alone.gradients[0]!.toArray()).toEqual(gradients[i]!.toArray())
      }
    })
  })
})

describe('a tensor that is two operands at once', () => {
  beforeEach(() => void useBackend('js'))

  it('receives both gradients', () => {
    const x = tensor([1, -2, 3])
    const { value, gradients } = valueAndGradients(() => sum(multiply(x, x)), [x])
    expect(value).toBe(14)
    expect([...gradients[0]!.toArray()]).toEqual([2, -4, 6])
    expect(gradients[0]).toBeInstanceOf(Tensor)
  })
})
