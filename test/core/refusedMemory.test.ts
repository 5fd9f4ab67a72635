// Memory that runs out in the middle of an operation: outside all scopes too, what it had taken is given back.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Backend } from '../../src/backend/backend.ts'
import { availableBackends } from '../../src/backend/select.ts'
import { argmax, cast, OutOfMemoryError, oneHot, tensor, topK, useBackend } from '../../src/index.ts'
import { opTable } from '../../src/ops/table.ts'
import { sizeOf } from '../../src/shape.ts'

afterEach(() => void vi.restoreAllMocks())

/** Lets `run` take n pieces of memory and no more; returns the error that it then threw, if it did. */
function refusingAfter({ arena }: Backend, n: number, run: () => { dispose(): void }): unknown {
  const allocate = arena.allocate.bind(arena)
  let taken = 0
  const spy = vi.spyOn(arena, 'allocate').mockImplementation(bytes => {
    if (taken++ === n) throw new OutOfMemoryError('out of memory: on purpose')
    return allocate(bytes)
  })
  try {
    run().dispose()
    return undefined
  } catch (error) {
    return error
  } finally {
    spy.mockRestore()
  }
}

/** Refuses every allocation of a call, one after the other; returns how many there were. */
function walk(backend: Backend, run: () => { dispose(): void }): number {
  // Working space stays, and so do compiled programs.
  run().dispose()
  const { allocations, bytesInUse } = backend.arena
  for (let n = 0; ; n++) {
    const error = refusingAfter(backend, n, run)
    if (error === undefined) return n
    expect(error).toBeInstanceOf(OutOfMemoryError)
    expect([backend.arena.allocations, backend.arena.bytesInUse]).toEqual([allocations, bytesInUse])
  }
}

describe.each(availableBackends())('on %s', name => {
  it.each(opTable)('$name leaves nothing behind', ({ samples }) => {
    for (const sample of samples) {
      const backend = useBackend(name)
      const inputs = sample.inputs.map(({ shape, entry, dtype = 'float32' }) =>
        tensor(
          Array.from({ length: sizeOf(shape) }, (_, i) => entry(i)),
          shape,
          dtype,
        ),
      )
      expect(walk(backend, () => sample.run(inputs))).toBeGreaterThan(0)
      expect(inputs.every(input => !input.disposed)).toBe(true)
    }
  })

  it('neither do those that have no gradient', () => {
    const backend = useBackend(name)
    const x = tensor([[1, 3, 2]])
    const best = () => {
      const { values, indices } = topK(x, 2)
      return {
        dispose() {
          values.dispose()
          indices.dispose()
        },
      }
    }
    expect(walk(backend, best)).toBe(2)
    expect(walk(backend, () => argmax(x))).toBe(1)
    const classes = tensor(Int32Array.of(1))
    expect(walk(backend, () => oneHot(classes, 3))).toBe(1)
  })

  it('nor does a result that is found wrong', () => {
    const { arena } = useBackend(name)
    const x = tensor([Number.NaN])
    const before = arena.allocations
    expect(() => cast(x, 'int32')).toThrow('cast: entries of int32 are integers')
    expect(arena.allocations).toBe(before)
  })

  it('working space that is refused can be had later', () => {
    const { arena } = useBackend(name)
    const first = arena.scratch(100)
    const { bytesInUse } = arena
    expect(() => arena.scratch(1e12)).toThrow(OutOfMemoryError)
    expect(arena.bytesInUse).toBeLessThan(bytesInUse)
    // The old one was given back, and may be handed out to others.
    const other = arena.allocate(100)
    const again = arena.scratch(100)
    expect([other, again]).toContain(first)
    expect(again).not.toBe(other)
  })
})
