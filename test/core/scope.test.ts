// Lifetimes: scopes free what they should and nothing else, whatever happens inside.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { Arena } from '../../src/backend/arena.ts'
import type { Backend } from '../../src/backend/backend.ts'
import { BufferMemory } from '../../src/backend/memory.ts'
import {
  InvalidArgumentError,
  keep,
  relu,
  scope,
  Tensor,
  tensor,
  traceDisposals,
  useBackend,
  zeros,
} from '../../src/index.ts'

let backend: Backend
beforeEach(() => {
  backend = useBackend('js')
})

describe('scope', () => {
  it('frees what is not returned, and keeps what is, in arrays and plain objects', () => {
    const made: Tensor[] = []
    const make = () => {
      const x = zeros([4])
      made.push(x)
      return x
    }
    const result = scope(() => {
      make()
      return { first: make(), rest: [make(), { deep: make() }], count: 3, none: null }
    })
    expect(made.map(({ disposed }) => disposed)).toEqual([true, false, false, false])
    expect(result.first).toBe(made[1])
    expect(backend.arena.allocations).toBe(3)
  })

  it('hands what it returns to the scope around it', () => {
    const inner = scope(() => {
      const returned = scope(() => zeros([2]))
      expect(returned.disposed).toBe(false)
      return [returned.size, returned] as const
    })
    expect(inner[1].disposed).toBe(false)
    let lost: Tensor | undefined
    scope(() => {
      lost = scope(() => zeros([2]))
    })
    expect(lost!.disposed).toBe(true)
  })

  it('leaves alone what was made outside, even when it is returned', () => {
    const outside = zeros([2])
    scope(() => {
      scope(() => outside)
    })
    expect(outside.disposed).toBe(false)
  })

  it('frees when the function throws, and passes the error on', () => {
    const failure = new Error('inside')
    expect(() =>
      scope(() => {
        zeros([8])
        scope(() => {
          zeros([8])
          throw failure
        })
      }),
    ).toThrow(failure)
    expect(backend.arena.bytesInUse).toBe(0)
    const after = zeros([1])
    expect(after.owner).toBeUndefined()
  })

  it('refuses a promise, and says that it is synchronous', async () => {
    let made: Tensor | undefined
    const run = () =>
      scope(async () => {
        made = zeros([2])
      })
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow('a scope is synchronous')
    expect(made!.disposed).toBe(true)
  })

  it('lets a kept tensor live', () => {
    let kept: Tensor | undefined
    scope(() => {
      kept = keep(zeros([2]))
    })
    expect(kept!.disposed).toBe(false)
    kept!.dispose()
    expect(backend.arena.bytesInUse).toBe(0)
  })

  it('does not remember tensors that were disposed by hand', () => {
    scope(() => {
      for (let i = 0; i < 1000; i++) zeros([2]).dispose()
      const last = zeros([2])
      expect(last.owner!.owned.size).toBe(1)
    })
  })
})

type Action = 'make' | 'dispose' | 'keep' | 'nest' | 'throw'

/** Does some of everything, scopes within scopes; collects what was kept. */
function act(actions: readonly Action[], kept: Tensor[]): Tensor[] {
  const own: Tensor[] = []
  for (const [i, action] of actions.entries()) {
    if (action === 'make') own.push(zeros([1 + (i % 7)]))
    else if (action === 'dispose') own.pop()?.dispose()
    else if (action === 'keep') {
      const x = own.pop()
      if (x !== undefined) kept.push(keep(x))
    } else if (action === 'throw') throw new Error('on purpose')
    else own.push(...scope(() => act(actions.slice(i + 1), kept)))
  }
  return own
}

describe('memory after any course of events', () => {
  it('is what was kept, and returns to nothing', () => {
    const action = fc.constantFrom<Action>('make', 'make', 'dispose', 'keep', 'nest', 'throw')
    fc.assert(
      fc.property(fc.array(action, { maxLength: 9 }), actions => {
        const { arena } = useBackend('js')
        const kept: Tensor[] = []
        try {
          scope(() => {
            act(actions, kept)
          })
        } catch (error) {
          expect((error as Error).message).toBe('on purpose')
        }
        expect(arena.allocations).toBe(kept.length)
        for (const x of kept) x.dispose()
        expect(arena.bytesInUse).toBe(0)
      }),
    )
  })
})

describe('the arena', () => {
  it('never hands out memory twice, aligns it, and reuses what was freed', () => {
    const request = fc.record({ bytes: fc.nat(5000), freeFirst: fc.boolean() })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), requests => {
        const arena = new Arena(new BufferMemory(), 0)
        const live = new Map<number, number>()
        for (const { bytes, freeFirst } of requests) {
          const [oldest] = live.keys()
          if (freeFirst && oldest !== undefined) {
            arena.free(oldest)
            live.delete(oldest)
          }
          const address = arena.allocate(bytes)
          expect(address % 16).toBe(0)
          expect(address).toBeGreaterThan(0)
          for (const [other, size] of live) {
            expect(address + bytes <= other || other + size <= address || bytes === 0 || size === 0).toBe(
              true,
            )
          }
          expect(live.has(address)).toBe(false)
          live.set(address, bytes)
        }
        for (const address of live.keys()) arena.free(address)
        expect(arena.bytesInUse).toBe(0)
      }),
    )
  })

  it('does not grow in a steady loop', () => {
    const memory = new BufferMemory()
    const arena = new Arena(memory, 0)
    const round = () => {
      const addresses = [1000, 64_000, 16, 250_000].map(bytes => arena.allocate(bytes))
      for (const address of addresses) arena.free(address)
    }
    round()
    const size = memory.byteLength
    for (let i = 0; i < 100; i++) round()
    expect(memory.byteLength).toBe(size)
  })

  it('keeps what is in memory when memory grows', () => {
    const x = new Tensor([3]).write([1, 2, 3])
    zeros([1_000_000])
    expect([...x.toArray()]).toEqual([1, 2, 3])
  })
})

describe('traceDisposals', () => {
  it('makes the error of a use after dispose say where it was freed', () => {
    const freeHere = (x: Tensor) => x.dispose()
    const message = () => {
      const x = tensor([1, 2])
      freeHere(x)
      try {
        return String(relu(x))
      } catch (error) {
        return String(error)
      }
    }
    expect(message()).toContain('relu: the operand of shape [2] was disposed')
    expect(message()).not.toContain('freeHere')
    traceDisposals(true)
    const traced = message()
    traceDisposals(false)
    expect(traced).toMatch(/relu: the operand of shape \[2\] was disposed\n +at freeHere/)
    expect(message()).not.toContain('freeHere')
  })
})
