// Expressions: how a program is written, as nodes with the arithmetic a reader expects.
import { InvalidArgumentError } from '../errors.ts'
import type { Graph } from './graph.ts'
import type { Operation } from './node.ts'

/**
 * An expression, or the same number everywhere.
 *
 * @example
 * ```ts
 * import type { FloatExpression, FloatOperand } from 'spikegrad'
 * const lerp = (a: FloatExpression, b: FloatOperand, t: FloatOperand) => a.constant(1).minus(t).times(a).plus(a.constant(1).times(t).times(b))
 * lerp.length // 3
 * ```
 */
export type FloatOperand = FloatExpression | number

/**
 * An integer expression, or the same integer everywhere.
 *
 * @example
 * ```ts
 * import type { IntExpression, IntOperand } from 'spikegrad'
 * const lowBits = (x: IntExpression, mask: IntOperand) => x.and(mask)
 * lowBits.length // 2
 * ```
 */
export type IntOperand = IntExpression | number

abstract class Expression {
  /** @internal */
  readonly graph: Graph
  /**
   * Its place in the graph.
   * @internal
   */
  readonly node: number

  /** @internal */
  constructor(graph: Graph, node: number) {
    this.graph = graph
    this.node = node
  }

  /**
   * The place of an operand.
   * @throws InvalidArgumentError when it belongs to another program.
   * @internal
   */
  protected placeOf(other: Expression): number {
    if (other.graph === this.graph) return other.node
    throw new InvalidArgumentError('program: an expression of another program cannot be part of this one')
  }
}

/**
 * A float32 for each entry of a program; a number stands for the same one everywhere.
 *
 * @example
 * ```ts
 * import { defineProgram, type FloatExpression, runProgram, tensor } from 'spikegrad'
 * const smoothStep = (x: FloatExpression) => x.times(x).times(x.times(-2).plus(3))
 * const program = defineProgram('smooth step', builder => {
 *   const x = builder.state('x')
 *   builder.store(x, smoothStep(x.value.atLeast(0).atMost(1)))
 * })
 * const x = tensor([-1, 0.5, 2])
 * runProgram(program, { x })
 * x.toArray() // [0, 0.5, 1]
 * ```
 */
export class FloatExpression extends Expression {
  #of(value: FloatOperand): number {
    return typeof value === 'number' ? this.graph.float(value) : this.placeOf(value)
  }

  #float(operation: Operation, ...others: readonly FloatOperand[]): FloatExpression {
    const args = [this.node, ...others.map(other => this.#of(other))]
    return new FloatExpression(this.graph, this.graph.operation(operation, args))
  }

  #mask(operation: Operation, first: number, second: number): MaskExpression {
    return new MaskExpression(this.graph, this.graph.operation(operation, [first, second]))
  }

  /** The same number everywhere, in the program of this expression. */
  constant(value: number): FloatExpression {
    return new FloatExpression(this.graph, this.graph.float(value))
  }

  plus(other: FloatOperand): FloatExpression {
    return this.#float('add', other)
  }

  minus(other: FloatOperand): FloatExpression {
    return this.#float('subtract', other)
  }

  times(other: FloatOperand): FloatExpression {
    return this.#float('multiply', other)
  }

  over(other: FloatOperand): FloatExpression {
    return this.#float('divide', other)
  }

  /** this * factor + term; rounded once where the program allows it and the engine can. */
  timesPlus(factor: FloatOperand, term: FloatOperand): FloatExpression {
    if (this.graph.fused) return this.#float('multiplyAdd', factor, term)
    return this.times(factor).plus(term)
  }

  negate(): FloatExpression {
    return this.#float('negate')
  }

  abs(): FloatExpression {
    return this.#float('absolute')
  }

  sqrt(): FloatExpression {
    return this.#float('sqrt')
  }

  floor(): FloatExpression {
    return this.#float('floor')
  }

  /** The nearest integer, the even one of two. */
  nearest(): FloatExpression {
    return this.#float('nearest')
  }

  /** The smaller; NaN if either is NaN. */
  minimum(other: FloatOperand): FloatExpression {
    return this.#float('minimum', other)
  }

  /** The larger; NaN if either is NaN. */
  maximum(other: FloatOperand): FloatExpression {
    return this.#float('maximum', other)
  }

  /** `bound < this ? bound : this`: one instruction; a NaN stays NaN. */
  atMost(bound: FloatOperand): FloatExpression {
    return this.#float('pseudoMinimum', bound)
  }

  /** `this < bound ? bound : this`: one instruction; a NaN stays NaN. */
  atLeast(bound: FloatOperand): FloatExpression {
    return this.#float('pseudoMaximum', bound)
  }

  less(other: FloatOperand): MaskExpression {
    return this.#mask('less', this.node, this.#of(other))
  }

  lessEqual(other: FloatOperand): MaskExpression {
    return this.#mask('lessEqual', this.node, this.#of(other))
  }

  greater(other: FloatOperand): MaskExpression {
    return this.#mask('less', this.#of(other), this.node)
  }

  greaterEqual(other: FloatOperand): MaskExpression {
    return this.#mask('lessEqual', this.#of(other), this.node)
  }

  equal(other: FloatOperand): MaskExpression {
    return this.#mask('equal', this.node, this.#of(other))
  }

  notEqual(other: FloatOperand): MaskExpression {
    return this.equal(other).not()
  }

  isNaN(): MaskExpression {
    return this.equal(this).not()
  }

  /** The integer part, towards 0; saturates at the ends of int32, and NaN gives 0. */
  toInt(): IntExpression {
    return new IntExpression(this.graph, this.graph.operation('toInt', [this.node]))
  }

  /** The 32 bits as an integer. */
  bits(): IntExpression {
    return new IntExpression(this.graph, this.graph.operation('bitsOf', [this.node]))
  }

  /** 0 where the magnitude is below `bound`, else itself: what decays must not linger among the denormals, which are thirty times slower. */
  flushBelow(bound: number): FloatExpression {
    return this.abs().less(bound).select(0, this)
  }
}

/**
 * An int32 for each entry of a program; it wraps at 32 bits.
 *
 * @example
 * ```ts
 * import { defineProgram, type IntExpression, runProgram, tensor } from 'spikegrad'
 * const countDown = (x: IntExpression) => x.greater(0).selectInt(x.minus(1), x)
 * const program = defineProgram('count down', builder => {
 *   const x = builder.intState('x')
 *   builder.store(x, countDown(x.value))
 * })
 * const x = tensor([3, 0], [2], 'int32')
 * runProgram(program, { x })
 * x.toArray() // [2, 0]
 * ```
 */
export class IntExpression extends Expression {
  #of(value: IntOperand): number {
    return typeof value === 'number' ? this.graph.int(value) : this.placeOf(value)
  }

  #int(operation: Operation, other: IntOperand): IntExpression {
    return new IntExpression(this.graph, this.graph.operation(operation, [this.node, this.#of(other)]))
  }

  #mask(operation: Operation, first: number, second: number): MaskExpression {
    return new MaskExpression(this.graph, this.graph.operation(operation, [first, second]))
  }

  plus(other: IntOperand): IntExpression {
    return this.#int('addInt', other)
  }

  minus(other: IntOperand): IntExpression {
    return this.#int('subtractInt', other)
  }

  and(other: IntOperand): IntExpression {
    return this.#int('andInt', other)
  }

  or(other: IntOperand): IntExpression {
    return this.#int('orInt', other)
  }

  #shift(operation: Operation, bits: number): IntExpression {
    if (Number.isInteger(bits) && bits >= 0 && bits < 32) return this.#int(operation, bits)
    throw new InvalidArgumentError(`program: a shift is by an integer from 0 to 31, got ${bits}`)
  }

  /** Shifts by a constant from 0 to 31. */
  shiftLeft(bits: number): IntExpression {
    return this.#shift('shiftLeft', bits)
  }

  /** Shifts the sign in. */
  shiftRight(bits: number): IntExpression {
    return this.#shift('shiftRight', bits)
  }

  /** Shifts zeros in. */
  shiftRightUnsigned(bits: number): IntExpression {
    return this.#shift('shiftRightUnsigned', bits)
  }

  less(other: IntOperand): MaskExpression {
    return this.#mask('lessInt', this.node, this.#of(other))
  }

  greater(other: IntOperand): MaskExpression {
    return this.#mask('lessInt', this.#of(other), this.node)
  }

  equal(other: IntOperand): MaskExpression {
    return this.#mask('equalInt', this.node, this.#of(other))
  }

  /** The nearest float32. */
  toFloat(): FloatExpression {
    return new FloatExpression(this.graph, this.graph.operation('toFloat', [this.node]))
  }

  /** The float32 with these bits. */
  asFloat(): FloatExpression {
    return new FloatExpression(this.graph, this.graph.operation('fromBits', [this.node]))
  }
}

/**
 * True or false for each entry of a program.
 *
 * @example
 * ```ts
 * import { defineProgram, type MaskExpression, runProgram, tensor } from 'spikegrad'
 * const program = defineProgram('outside', builder => {
 *   const x = builder.input('x')
 *   const outside: MaskExpression = x.less(-1).or(x.greater(1))
 *   builder.collect('indices', outside)
 * })
 * const indices = tensor([0, 0, 0], [3], 'int32')
 * runProgram(program, { x: tensor([0, 5, -5]), indices }) // 2
 * ```
 */
export class MaskExpression extends Expression {
  and(other: MaskExpression): MaskExpression {
    return new MaskExpression(this.graph, this.graph.operation('and', [this.node, this.placeOf(other)]))
  }

  or(other: MaskExpression): MaskExpression {
    return new MaskExpression(this.graph, this.graph.operation('or', [this.node, this.placeOf(other)]))
  }

  not(): MaskExpression {
    return new MaskExpression(this.graph, this.graph.operation('not', [this.node]))
  }

  /** `whenTrue` where this is true, else `otherwise`. */
  select(whenTrue: FloatOperand, otherwise: FloatOperand): FloatExpression {
    const of = (value: FloatOperand) =>
      typeof value === 'number' ? this.graph.float(value) : this.placeOf(value)
    const args = [this.node, of(whenTrue), of(otherwise)]
    return new FloatExpression(this.graph, this.graph.operation('selectFloat', args))
  }

  selectInt(whenTrue: IntOperand, otherwise: IntOperand): IntExpression {
    const of = (value: IntOperand) =>
      typeof value === 'number' ? this.graph.int(value) : this.placeOf(value)
    const args = [this.node, of(whenTrue), of(otherwise)]
    return new IntExpression(this.graph, this.graph.operation('selectInt', args))
  }
}
