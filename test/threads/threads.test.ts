// Worker threads: the same bits as one thread, and clear errors where there can be none.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { createBackend } from '../../src/backend/select.ts'
import { createSharedMemory, withSharedMemory } from '../../src/backend/sharedMemory.ts'
import { moduleBytes } from '../../src/backend/wasm/modules.ts'
import {
  BackendUnavailableError,
  createThreadedBackend,
  InvalidArgumentError,
  ones,
  useBackend,
} from '../../src/index.ts'
import type { ThreadsResult } from './products.ts'

describe('a threaded backend', () => {
  it('gives the bits of one thread, and lets the process end', () => {
    // The built package: a worker starts from a file of its own.
    const program = `
      import * as spikegrad from 'spikegrad'
      import { compareThreads } from './dist/threads/products.js'
      console.log(JSON.stringify(await compareThreads(spikegrad)))`
    const { outputText } = ts.transpileModule(readFileSync('test/threads/products.ts', 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    })
    mkdirSync('dist/threads', { recursive: true })
    writeFileSync('dist/threads/products.js', outputText)
    const output = execFileSync('node', ['--input-type=module', '--eval', program], { encoding: 'utf8' })
    const { threads, products, differences, losses } = JSON.parse(output) as ThreadsResult
    expect(threads).toBe(3)
    expect(products).toBe(40)
    expect(differences).toEqual([])
    expect(losses[0]).toBeLessThan(2.2)
    expect(losses).toEqual([losses[0], losses[0], losses[0]])
  })

  it.each([0, 1, 1.5, 65, Number.NaN])('refuses %d threads', async threads => {
    await expect(createThreadedBackend({ threads })).rejects.toThrow(InvalidArgumentError)
    await expect(createThreadedBackend({ threads })).rejects.toThrow(/from 2 to 64/)
  })

  it('says so where no memory can be shared', async () => {
    const { SharedArrayBuffer: kept } = globalThis
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')
    try {
      await expect(createThreadedBackend({ threads: 2 })).rejects.toThrow(BackendUnavailableError)
      await expect(createThreadedBackend({ threads: 2 })).rejects.toThrow(/cross-origin isolated/)
    } finally {
      globalThis.SharedArrayBuffer = kept
    }
  })
})

describe('a module with shared memory', () => {
  it('is the same module but for the memory it imports', () => {
    const bytes = moduleBytes('wasm-simd')
    const shared = new WebAssembly.Module(withSharedMemory(bytes))
    const plain = new WebAssembly.Module(bytes)
    expect(WebAssembly.Module.exports(shared)).toEqual(WebAssembly.Module.exports(plain))
    const abort = () => {}
    const memory = createSharedMemory(2)
    expect(() => new WebAssembly.Instance(plain, { env: { memory, abort } })).toThrow(WebAssembly.LinkError)
    expect(new WebAssembly.Instance(shared, { env: { memory, abort } }).exports).toHaveProperty('matmul')
  })

  it('leaves an ordinary backend as it was', () => {
    const backend = useBackend(createBackend('wasm'))
    expect(ones([3]).view().buffer).toBeInstanceOf(ArrayBuffer)
    expect(backend.memory.byteLength).toBeGreaterThan(0)
  })
})
