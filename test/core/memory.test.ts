// Memory that runs out: an error that says so, and everything as it was.
import { describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { OutOfMemoryError } from '../../src/index.ts'

describe.each(availableBackends())('memory of %s', name => {
  it('refuses what lies past 32-bit addresses, and goes on', () => {
    const { arena, memory } = createBackend(name)
    const first = arena.allocate(100)
    const { bytesInUse } = arena
    const { byteLength } = memory
    for (const bytes of [5e9, 2 ** 32, 1e15]) {
      expect(() => arena.allocate(bytes)).toThrow(OutOfMemoryError)
      expect(() => arena.allocate(bytes)).toThrow(`out of memory: ${bytes} bytes were asked for`)
    }
    expect(arena.bytesInUse).toBe(bytesInUse)
    expect(memory.byteLength).toBe(byteLength)
    const second = arena.allocate(100)
    expect(second).toBeGreaterThan(first)
    expect(second + 100).toBeLessThanOrEqual(memory.byteLength)
  })
})
