// An elementwise program as data: its operands, and what it computes for each entry.
import type { Node } from './node.ts'

/**
 * What a call of a program is given, in the order of declaration.
 *
 * @example
 * ```ts
 * import { defineProgram, type Operand } from 'spikegrad'
 * const copy = defineProgram('copy', program => {
 *   const x = program.input('x')
 *   program.store(program.output('out'), x)
 * })
 * const operands: readonly Operand[] = copy.operands
 * operands[0] // { kind: 'array', name: 'x', type: 'float', span: 'each' }
 * ```
 */
export type Operand =
  /**
   * The address of an array. `each`: one entry for each index; `one`: a single entry that serves all. An array is read, written or both; entry i
   * depends only on entries i, so an output may be one of the inputs.
   */
  | {
      readonly kind: 'array'
      readonly name: string
      readonly type: 'float' | 'int'
      readonly span: 'each' | 'one'
    }
  /** A number. */
  | { readonly kind: 'scalar'; readonly name: string; readonly type: 'float' | 'int' }
  /** The address of an int32 list that takes the indices collected; room for every index. */
  | { readonly kind: 'indices'; readonly name: string }

/** Writes a node's value into an array. */
export interface Store {
  readonly operand: number
  readonly node: number
}

/** The part of a program that is computed for each entry. */
export interface Body {
  /**
   * Every node comes after those it uses; none is unused.
   * @internal
   */
  readonly nodes: readonly Node[]
  /** @internal */
  readonly stores: readonly Store[]
  /** Collects the indices at which a mask is true, ascending. */
  readonly collect?: { readonly operand: number; readonly mask: number }
}

/**
 * An elementwise program over arrays of one length: data, simplified when it is defined and compiled when first run.
 *
 * @example
 * ```ts
 * import { defineProgram, type Program } from 'spikegrad'
 * const program: Program = defineProgram('double', builder => {
 *   const x = builder.input('x')
 *   builder.store(builder.output('out'), x.times(1).times(2))
 * })
 * program.operands.map(({ name }) => name) // ['x', 'out']
 * ```
 */
export interface Program extends Body {
  readonly name: string
  readonly operands: readonly Operand[]
  /** Whether `multiplyAdd` may be rounded once: then backends agree closely, not bit for bit. */
  readonly fused: boolean
  /**
   * Groups of arrays that are mostly zero. A block of entries in which all arrays of the first group (of the first two, ...)
   * are zero is computed by a shorter program that assumes so, and has the same result.
   */
  readonly sparse: readonly (readonly number[])[]
}
