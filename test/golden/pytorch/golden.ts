// Reads the golden files that PyTorch wrote, and compares with them.
import { readFileSync } from 'node:fs'
import {
  decodeSafetensors,
  multiply,
  type Shape,
  sum,
  type Tensor,
  tensor,
  valueAndGradients,
} from '../../../src/index.ts'
import { difference } from '../../kernels/compare.ts'

/** Numbers as they are stored: float32, or int32. */
export interface GoldenArray {
  readonly shape: Shape
  readonly data: Float32Array | Int32Array
}

type Places = readonly (GoldenArray | undefined)[]

/** One call, and PyTorch's answer to it. */
export interface GoldenCase {
  readonly name: string
  readonly label: string
  /** In the words of this library. */
  readonly options: Readonly<Record<string, unknown>>
  readonly inputs: readonly GoldenArray[]
  readonly value: GoldenArray
  /** Of the entries of the value, in the sum that was differentiated; none when nothing was. */
  readonly weights: GoldenArray | undefined
  /** By the input of the same place; none by integers and constants. */
  readonly gradients: Places
  /** What became of the input of the same place, if it is one that the call may change. */
  readonly after: Places
}

/** Of Python and its packages. */
type Versions = Readonly<Record<string, string>>

export interface GoldenFile {
  readonly cases: readonly GoldenCase[]
  readonly versions: Versions
}

/** The arrays of a file of this folder, and what it says of them, which the caller knows the form of. */
export function readStored<Contents>(file: string) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(new URL(file, import.meta.url)), file)
  return { tensors, contents: JSON.parse(metadata.golden!) as Contents }
}

/** Reads a file of cases. */
export function readGolden(file: string): GoldenFile {
  interface Contents {
    readonly versions: Versions
    readonly cases: readonly Pick<GoldenCase, 'name' | 'label' | 'options'>[]
  }
  const { tensors, contents } = readStored<Contents>(file)
  const cases = contents.cases.map(({ name, label, options }): GoldenCase => {
    const part = (key: string): GoldenArray | undefined => {
      const found = tensors.get(`${name}/${label}/${key}`)
      if (found === undefined) return undefined
      const { shape, data } = found
      if (data instanceof Float32Array || data instanceof Int32Array) return { shape, data }
      throw new TypeError(`${found.name}: golden arrays are float32 or int32`)
    }
    const inputs: GoldenArray[] = []
    for (let found = part('input0'); found !== undefined; found = part(`input${inputs.length}`)) {
      inputs.push(found)
    }
    const [gradients, after] = ['gradient', 'after'].map(what => inputs.map((_, i) => part(`${what}${i}`)))
    const value = part('value')!
    return {
      name,
      label,
      options,
      inputs,
      value,
      weights: part('weights'),
      gradients: gradients!,
      after: after!,
    }
  })
  return { cases, versions: contents.versions }
}

/** The stored numbers as a tensor of the current backend. */
export function toTensor({ shape, data }: GoldenArray): Tensor {
  return tensor(data, shape)
}

/** How far entries may be off, relative to the largest finite one of their array: the same as in golden.py. */
export const TOLERANCE = 4e-6

/** How a result differs from PyTorch's in type, shape or entries; undefined when it does not. */
export function goldenDifference(actual: Tensor, expected: GoldenArray): string | undefined {
  const values = actual.view()
  const type = expected.data.constructor.name
  if (values.constructor.name !== type) return `${values.constructor.name}, expected ${type}`
  if (String(actual.shape) !== String(expected.shape)) {
    return `shape [${actual.shape}], expected [${expected.shape}]`
  }
  let scale = 0
  for (const entry of expected.data) if (Number.isFinite(entry)) scale = Math.max(scale, Math.abs(entry))
  return difference(values, expected.data, scale, TOLERANCE)
}

/**
 * What of a call's value and gradients is not PyTorch's.
 * @param operands the tensors that the call reads, in the places of the case's inputs.
 */
export function differencesOf(golden: GoldenCase, operands: readonly Tensor[], call: () => Tensor): string[] {
  const { value, weights, gradients } = golden
  const found = [named('value', goldenDifference(call(), value))]
  if (weights !== undefined) {
    const places = gradients.flatMap((gradient, i) => (gradient === undefined ? [] : [i]))
    const { gradients: actual } = valueAndGradients(
      () => sum(multiply(call(), toTensor(weights))),
      places.map(i => operands[i]!),
    )
    for (const [at, i] of places.entries()) {
      found.push(named(`gradient by input ${i}`, goldenDifference(actual[at]!, gradients[i]!)))
    }
  }
  return found.flatMap(text => text ?? [])
}

function named(what: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${what}: ${text}`
}
