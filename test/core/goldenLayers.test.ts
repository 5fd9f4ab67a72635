// Every layer's value, gradients and running statistics against PyTorch's, by the scripts of test/golden/pytorch.
import { describe, expect, it } from 'vitest'
import * as spikegrad from '../../src/index.ts'
import {
  differencesOf,
  type GoldenCase,
  goldenDifference,
  readGolden,
  toTensor,
} from '../golden/pytorch/golden.ts'
import { layers } from '../golden/pytorch/layers.ts'

const { availableBackends, Module, scope, useBackend } = spikegrad
const { cases } = readGolden('layers.safetensors')

/** A base, and a chain, which the golden classifier is. */
const without = ['Module', 'Sequential']

/** What of a case's value, gradients and buffers is not PyTorch's, in the current backend. */
function differences(golden: GoldenCase): readonly string[] {
  const { name, options, inputs, after } = golden
  return scope(() => {
    const [x, ...numbers] = inputs.map(toTensor)
    const { layer, state } = layers[name]!(options, numbers)
    expect(state.map(({ shape }) => shape)).toEqual(numbers.map(({ shape }) => shape))
    layer.train(options.training !== false)
    const found = differencesOf(golden, [x!, ...state], () => {
      // A call before may have moved the running statistics.
      for (const [i, tensor] of state.entries()) tensor.write(inputs[i + 1]!.data)
      return layer.forward(x!)
    })
    for (const [i, expected] of after.entries()) {
      const text = expected && goldenDifference(state[i - 1]!, expected)
      if (text !== undefined) found.push(`buffer ${i}: ${text}`)
    }
    layer.dispose()
    return found
  })
}

describe('the golden layers', () => {
  it('are all layers', () => {
    const classes = Object.entries(spikegrad).flatMap(([name, value]) =>
      typeof value === 'function' && (value === Module || value.prototype instanceof Module) ? [name] : [],
    )
    const golden = new Set(cases.map(({ name }) => name))
    expect([...golden, ...without].sort()).toEqual(classes.sort())
    expect(Object.keys(layers).sort()).toEqual([...golden].sort())
  })
})

describe.each(availableBackends())('on %s', backend => {
  it.each(cases)('$name: $label does what PyTorch does', golden => {
    useBackend(backend)
    expect(differences(golden)).toEqual([])
  })
})
