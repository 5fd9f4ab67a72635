// The page of the conformance test: every kernel and op on every backend of this browser, against the js backend.
import type { Backend, Kernels } from '../../src/backend/backend.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { scope, tensor, useBackend } from '../../src/index.ts'
import type { Sample } from '../../src/ops/op.ts'
import { opTable } from '../../src/ops/table.ts'
import { sizeOf } from '../../src/shape.ts'
import { gradientCases } from '../kernels/cases/gradient.ts'
import { simulationCases } from '../kernels/cases/simulation.ts'
import { difference, outputDifference } from '../kernels/compare.ts'
import type { KernelCase } from '../kernels/kernelCase.ts'

export interface ConformanceResult {
  readonly backends: readonly string[]
  /** Comparisons made. */
  readonly kernels: number
  readonly ops: number
  readonly differences: readonly string[]
}

function compareKernels(name: Backend['name'], differences: string[]): number {
  const table: Readonly<Record<string, readonly KernelCase[]>> = { ...gradientCases, ...simulationCases }
  let compared = 0
  for (const [kernel, cases] of Object.entries(table)) {
    for (const kernelCase of cases) {
      const [expected, actual] = [kernelCase.run(createBackend('js')), kernelCase.run(createBackend(name))]
      const found = outputDifference(kernel as keyof Kernels, kernelCase, actual, expected)
      if (found !== undefined) differences.push(`${name}, ${kernel}, ${kernelCase.label}: ${found}`)
      compared++
    }
  }
  return compared
}

function outputOf(sample: Sample, backend: Backend): Float32Array {
  useBackend(backend)
  return scope(() => {
    const inputs = sample.inputs.map(({ shape, entry, dtype }) => {
      const values = Float32Array.from({ length: sizeOf(shape) }, (_, index) => entry(index))
      return tensor(values, shape, dtype ?? 'float32')
    })
    return sample.run(inputs).toArray() as Float32Array
  })
}

function compareOps(name: Backend['name'], differences: string[]): number {
  const [reference, backend] = [createBackend('js'), createBackend(name)]
  let compared = 0
  for (const { name: op, samples } of opTable) {
    for (const sample of samples) {
      const found = difference(outputOf(sample, backend), outputOf(sample, reference), 1)
      if (found !== undefined) differences.push(`${name}, ${op}, ${sample.label}: ${found}`)
      compared++
    }
  }
  return compared
}

async function main(): Promise<ConformanceResult> {
  const backends = availableBackends().filter(name => name !== 'js')
  const differences: string[] = []
  let [kernels, ops] = [0, 0]
  for (const name of backends) {
    kernels += compareKernels(name, differences)
    ops += compareOps(name, differences)
  }
  return { backends, kernels, ops, differences }
}

Object.assign(globalThis, { result: main() })
