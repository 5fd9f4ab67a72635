// Every operation's value and gradients against PyTorch's, computed in float64 by the scripts of test/golden/pytorch.
import { readdirSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import * as spikegrad from '../../src/index.ts'
import type { Op } from '../../src/ops/op.ts'
import { opTable } from '../../src/ops/table.ts'
import { calls } from '../golden/pytorch/calls.ts'
import { differencesOf, type GoldenCase, readGolden, toTensor } from '../golden/pytorch/golden.ts'

const { availableBackends, scope, useBackend } = spikegrad
const { cases, versions } = readGolden('operations.safetensors')

/** What of a case's value and gradients is not PyTorch's, in the current backend. */
function differences(golden: GoldenCase): readonly string[] {
  return scope(() => {
    const operands = golden.inputs.map(toTensor)
    return differencesOf(golden, operands, () => calls[golden.name]!(operands, golden.options))
  })
}

/** Public functions without cases: one that runs what its caller wrote, and two that compute nothing. */
const without = ['runProgram', 'cast', 'detach']

/** Names of the functions that a file of src/ops defines and src/index.ts exports. */
async function publicFunctions(file: string): Promise<readonly string[]> {
  const exported = new Set<unknown>(Object.values(spikegrad))
  const module: Record<string, unknown> = await import(`../../src/ops/${file}`)
  return Object.keys(module).filter(name => typeof module[name] === 'function' && exported.has(module[name]))
}

describe('the golden operations', () => {
  const names = [...new Set(cases.map(({ name }) => name))].sort()

  it('say what they were made on', () => {
    expect(Object.keys(versions)).toEqual(expect.arrayContaining(['python', 'torch']))
  })

  it('are those of every public function of src/ops', async () => {
    const files = readdirSync(new URL('../../src/ops/', import.meta.url))
    const functions = (await Promise.all(files.map(publicFunctions))).flat()
    expect([...names, ...without].sort()).toEqual([...new Set(functions)].sort())
    expect(Object.keys(calls).sort()).toEqual(names)
  })

  it('run every op of the table, forwards and backwards', () => {
    const spies = opTable.flatMap(entry => {
      if (without.includes(entry.name)) return []
      // What is in the table for its samples alone is a function of its own name.
      if (!('forward' in entry)) return { name: entry.name, missed: () => !names.includes(entry.name) }
      const op = entry as Op<unknown>
      const [forward, backward] = [vi.spyOn(op, 'forward'), vi.spyOn(op, 'backward')]
      const missed = () => forward.mock.calls.length === 0 || backward.mock.calls.length === 0
      return { name: op.name, missed }
    })
    expect(spies.length).toBeGreaterThan(0)
    useBackend('js')
    for (const golden of cases) differences(golden)
    const missed = spies.filter(spy => spy.missed()).map(({ name }) => name)
    vi.restoreAllMocks()
    expect(missed).toEqual([])
  })
})

describe.each(availableBackends())('on %s', backend => {
  it.each(cases)("$name: $label has PyTorch's value and gradients", golden => {
    useBackend(backend)
    expect(differences(golden)).toEqual([])
  })
})
