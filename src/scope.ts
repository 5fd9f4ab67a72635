// Lifetimes by scope: what is made inside a scope and not returned is freed when the scope ends.
import { InvalidArgumentError } from './errors.ts'

/**
 * Something a scope can own and free.
 *
 * @example
 * ```ts
 * import { Scoped, scope } from 'spikegrad'
 * let open = 0
 * class Handle extends Scoped {
 *   number = ++open
 *   dispose() {
 *     open--
 *   }
 * }
 * scope(() => new Handle().number) // 1
 * open // 0
 * ```
 */
export abstract class Scoped {
  /**
   * Book-keeping of this file: the scope that will free this, if any.
   * @internal
   */
  owner: Scope | undefined

  constructor() {
    this.owner = current
    current?.owned.add(this)
  }

  /** Frees it; a second call does nothing. */
  abstract dispose(): void

  /** Takes it from its scope. */
  protected release(): void {
    this.owner?.owned.delete(this)
    this.owner = undefined
  }
}

/** One open scope. */
export class Scope {
  readonly owned = new Set<Scoped>()
  readonly parent: Scope | undefined
  readonly depth: number

  constructor(parent: Scope | undefined) {
    this.parent = parent
    this.depth = parent === undefined ? 0 : parent.depth + 1
  }
}

let current: Scope | undefined

/** The innermost open scope. */
export function currentScope(): Scope | undefined {
  return current
}

/** Moves `item` to another scope, or with `undefined` out of all. */
export function moveTo(item: Scoped, scope: Scope | undefined): void {
  item.owner?.owned.delete(item)
  item.owner = scope
  scope?.owned.add(item)
}

/**
 * Takes a tensor out of all scopes: it lives until it is disposed by hand. For parameters and optimiser state.
 * @returns the same tensor.
 *
 * @example
 * ```ts
 * import { keep, scope, tensor } from 'spikegrad'
 * const cache = new Map()
 * scope(() => void cache.set('x', keep(tensor([1, 2]))))
 * cache.get('x').disposed // false
 * ```
 */
export function keep<T extends Scoped>(item: T): T {
  moveTo(item, undefined)
  return item
}

/**
 * Runs `fn` and frees every tensor made inside that it does not return, also when it throws. Returned tensors, in
 * arrays and plain objects too, move to the enclosing scope.
 * @throws InvalidArgumentError when `fn` returns a promise: a scope ends when `fn` returns.
 *
 * @example
 * ```ts
 * import { add, scope, tensor } from 'spikegrad'
 * const a = tensor([1, 2])
 * const twice = scope(() => {
 *   const once = add(a, a)
 *   return add(once, once)
 * })
 * twice.toArray() // [4, 8]
 * ```
 */
export function scope<T>(fn: () => T): T {
  const opened = new Scope(current)
  current = opened
  try {
    const result = fn()
    if (isPromise(result)) {
      throw new InvalidArgumentError(
        'scope: the function returned a promise, but a scope is synchronous: it frees its tensors on return',
      )
    }
    forEachScoped(result, item => {
      if (item.owner === opened) moveTo(item, opened.parent)
    })
    return result
  } finally {
    current = opened.parent
    for (const item of opened.owned) item.dispose()
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** Visits the scoped items in a result: itself, or those in nested arrays and plain objects. */
function forEachScoped(value: unknown, visit: (item: Scoped) => void, seen = new Set<object>()): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Scoped) {
    visit(value)
    return
  }
  if (seen.has(value)) return
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return
  seen.add(value)
  for (const part of Object.values(value)) forEachScoped(part, visit, seen)
}
