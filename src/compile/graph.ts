// Nodes as they are added: equal nodes are one, constants are folded, and what changes no bit is left out.
import { InvalidArgumentError } from '../errors.ts'
import { evaluateConstant } from './lanes.ts'
import { bitsOfFloat, commutative, type LaneType, type Node, type Operation, operations } from './node.ts'
import type { Body, Store } from './program.ts'

/** A bound on what a program takes to compile and to interpret. */
const MOST_NODES = 10_000

const ALL_ONES = -1
const POSITIVE_ZERO = 0
const NEGATIVE_ZERO = bitsOfFloat(-0)
const ONE = bitsOfFloat(1)

/** What a body stores and collects. */
export interface Results {
  readonly stores: readonly Store[]
  readonly collect?: { readonly operand: number; readonly mask: number }
}

export class Graph {
  readonly fused: boolean
  readonly #nodes: Node[] = []
  readonly #places = new Map<string, number>()

  constructor(fused: boolean) {
    this.fused = fused
  }

  load(type: 'float' | 'int', operand: number): number {
    return this.#place({ kind: 'load', type, operand }, `load ${operand}`)
  }

  scalar(type: 'float' | 'int', operand: number): number {
    return this.#place({ kind: 'scalar', type, operand }, `scalar ${operand}`)
  }

  float(value: number): number {
    return this.constant('float', bitsOfFloat(value))
  }

  int(value: number): number {
    return this.constant('int', value | 0)
  }

  constant(type: LaneType, bits: number): number {
    return this.#place({ kind: 'constant', type, bits }, `constant ${type} ${bits}`)
  }

  /** An operation on nodes, or what it simplifies to. */
  operation(operation: Operation, args: readonly number[]): number {
    const constants = args.map(arg => this.#constantOf(arg))
    // How often a multiply-add is rounded is not known before it runs.
    const foldable = operation !== 'randomWord' && operation !== 'multiplyAdd'
    if (foldable && constants.every(bits => bits !== undefined)) {
      return this.constant(operations[operation], evaluateConstant(operation, constants))
    }
    return this.#simplified(operation, args, constants) ?? this.#operation(operation, args)
  }

  /** The nodes that some results need, in an order in which every node comes after those it uses. */
  extract({ stores, collect }: Results): Body {
    const moved = new Map<number, number>()
    const nodes: Node[] = []
    for (const place of this.#needed([
      ...stores.map(({ node }) => node),
      ...(collect ? [collect.mask] : []),
    ])) {
      const node = this.#nodes[place]!
      const copy = node.kind === 'operation' ? { ...node, args: node.args.map(arg => moved.get(arg)!) } : node
      moved.set(place, nodes.push(copy) - 1)
    }
    return {
      nodes,
      stores: stores.map(({ operand, node }) => ({ operand, node: moved.get(node)! })),
      ...(collect && { collect: { operand: collect.operand, mask: moved.get(collect.mask)! } }),
    }
  }

  /** The places that some results need, ascending: a node's arguments come before it. */
  #needed(results: readonly number[]): readonly number[] {
    const needed = new Uint8Array(this.#nodes.length)
    for (const place of results) needed[place] = 1
    for (let place = needed.length - 1; place >= 0; place--) {
      const node = this.#nodes[place]!
      if (needed[place] === 1 && node.kind === 'operation') for (const arg of node.args) needed[arg] = 1
    }
    return [...needed.keys()].filter(place => needed[place] === 1)
  }

  #place(node: Node, key: string): number {
    let place = this.#places.get(key)
    if (place === undefined) {
      if (this.#nodes.length === MOST_NODES) {
        throw new InvalidArgumentError(`program: expected at most ${MOST_NODES} different expressions`)
      }
      place = this.#nodes.push(node) - 1
      this.#places.set(key, place)
    }
    return place
  }

  #operation(operation: Operation, args: readonly number[]): number {
    const ordered = commutative.has(operation) ? args.toSorted((a, b) => a - b) : args
    return this.#place(
      { kind: 'operation', type: operations[operation], operation, args: ordered },
      `${operation} ${ordered.join(' ')}`,
    )
  }

  #constantOf(place: number): number | undefined {
    const node = this.#nodes[place]!
    return node.kind === 'constant' ? node.bits : undefined
  }

  /** The argument of a node, if it is this operation. */
  #argumentOf(place: number, operation: Operation): number | undefined {
    const node = this.#nodes[place]!
    return node.kind === 'operation' && node.operation === operation ? node.args[0] : undefined
  }

  /** What an operation comes to for every value of its arguments, bit for bit; undefined when there is nothing simpler. */
  #simplified(
    operation: Operation,
    args: readonly number[],
    constants: readonly (number | undefined)[],
  ): number | undefined {
    const [a, b, c] = args as [number, number, number]
    const [first, second] = constants
    switch (operation) {
      case 'add':
        // x + 0 is not x: -0 + 0 is 0.
        if (second === NEGATIVE_ZERO) return a
        return first === NEGATIVE_ZERO ? b : undefined
      case 'subtract':
        return second === POSITIVE_ZERO ? a : undefined
      case 'multiply':
        if (second === ONE) return a
        return first === ONE ? b : undefined
      case 'divide':
        return this.#simplifiedQuotient(a, second)
      case 'negate':
      case 'not':
        return this.#argumentOf(a, operation)
      case 'fromBits':
        return this.#argumentOf(a, 'bitsOf')
      case 'bitsOf':
        return this.#argumentOf(a, 'fromBits')
      case 'addInt':
        if (second === 0) return a
        return first === 0 ? b : undefined
      case 'subtractInt':
      case 'shiftLeft':
      case 'shiftRight':
      case 'shiftRightUnsigned':
        return second === 0 ? a : undefined
      case 'and':
      case 'or':
        return this.#simplifiedMask(operation, a, b, first, second)
      case 'selectFloat':
      case 'selectInt':
        if (b === c) return b
        if (first !== undefined) return first === 0 ? c : b
        return undefined
      default:
        return undefined
    }
  }

  /** To divide by a power of two is to multiply by its reciprocal, where both are normal numbers. */
  #simplifiedQuotient(a: number, divisor: number | undefined): number | undefined {
    if (divisor === undefined) return undefined
    if (divisor === ONE) return a
    const exponent = (divisor >>> 23) & 0xff
    const isPowerOfTwo = (divisor & 0x7fffff) === 0 && exponent > 1 && exponent < 253
    if (!isPowerOfTwo) return undefined
    const reciprocal = (divisor & 0x80000000) | ((254 - exponent) << 23)
    return this.operation('multiply', [a, this.constant('float', reciprocal)])
  }

  #simplifiedMask(
    operation: 'and' | 'or',
    a: number,
    b: number,
    first: number | undefined,
    second: number | undefined,
  ): number | undefined {
    if (a === b) return a
    const neutral = operation === 'and' ? ALL_ONES : 0
    if (first !== undefined) return first === neutral ? b : a
    if (second !== undefined) return second === neutral ? a : b
    return undefined
  }
}
