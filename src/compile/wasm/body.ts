// The part of a program's code that computes four entries.
import type { Node, Operation } from '../node.ts'
import type { Body, Program } from '../program.ts'
import { uniformNodes, usesOf } from '../usage.ts'
import { type FunctionCode, valueType } from './encoding.ts'
import { philoxFunction } from './helpers.ts'
import { i32, instructionOf, lane, shiftOf, simd } from './instructions.ts'

/** The function that a body is part of. */
export interface Frame {
  readonly code: FunctionCode
  readonly program: Program
  readonly fused: boolean
  /** The local with the byte offset of the entries computed now. */
  readonly at: number
  constant(bits: number): number
  operand(operand: number): number
  before(write: () => void): void
  /** The index of a function that the module is to have too. */
  helper(make: () => FunctionCode): number
}

/** Which four entries: a constant byte offset beyond `at`; `rest` is a local with how many of them there are, if not four. */
export interface Vector {
  readonly offset: number
  readonly rest?: number
}

type OperationNode = Node & { kind: 'operation' }

const firstOperand = 1
const MAGNITUDE_BITS = 0x7fffffff
const SIGN_BIT = 0x80000000 | 0
const ALIGNMENT = 2
const DROP = 0x1a
/** Levels of nesting in one expression. */
const DEEPEST = 64

export class BodyCode {
  readonly #frame: Frame
  readonly #body: Body
  readonly #uniform: readonly boolean[]
  readonly #uses: readonly number[]
  /** The local that holds a node's value, for those that are used more than once, loaded, or the same for all entries. */
  readonly #locals = new Map<number, number>()
  /** Nodes that are computed on their own, so that no expression nests deeper than an engine or this writer can go. */
  readonly #apart: number[] = []
  /** The nodes whose locals are set for the entries at hand. */
  #known = new Set<number>()
  #vector: Vector = { offset: 0 }

  constructor(frame: Frame, body: Body) {
    this.#frame = frame
    this.#body = body
    this.#uniform = uniformNodes(body.nodes, frame.program.operands)
    this.#uses = usesOf(body)
  }

  /** Asks the frame for constants and operands, and for what is the same for all entries to be computed first. */
  prepare(): void {
    const { code } = this.#frame
    const depths: number[] = []
    this.#body.nodes.forEach((node, place) => {
      const depth = node.kind === 'operation' ? 1 + Math.max(...node.args.map(arg => depths[arg]!)) : 0
      const apart = depth >= DEEPEST
      depths.push(apart ? 0 : depth)
      if (apart && !this.#uniform[place]) this.#apart.push(place)
      if (node.kind === 'constant') this.#locals.set(place, this.#frame.constant(node.bits))
      else if (node.kind === 'scalar') this.#prepareScalar(node.operand, place)
      else if (node.kind === 'load' && this.#uniform[place]) {
        this.#locals.set(place, this.#frame.operand(node.operand))
      } else if (this.#uniform[place]) {
        const local = code.local(valueType.v128)
        this.#prepareOperation(node as OperationNode)
        this.#frame.before(() => {
          this.#operate(node as OperationNode)
          code.set(local)
        })
        this.#locals.set(place, local)
      } else {
        if (node.kind === 'operation') this.#prepareOperation(node)
        if (node.kind === 'load' || this.#uses[place]! > 1 || apart) {
          this.#locals.set(place, code.local(valueType.v128))
        }
      }
    })
  }

  /** A scalar that only random draws use is never wanted in lanes. */
  #prepareScalar(operand: number, place: number): void {
    const inLanes = this.#body.nodes.some(
      node => node.kind === 'operation' && node.operation !== 'randomWord' && node.args.includes(place),
    )
    const stored = this.#body.stores.some(({ node }) => node === place)
    if (inLanes || stored) this.#locals.set(place, this.#frame.operand(operand))
  }

  #prepareOperation({ operation }: OperationNode): void {
    if (operation === 'absolute') this.#frame.constant(MAGNITUDE_BITS)
    if (operation === 'negate') this.#frame.constant(SIGN_BIT)
  }

  /** Computes and stores. The loads come first: an array may be both read and written. */
  write(vector: Vector): void {
    this.#vector = vector
    this.#known = new Set()
    this.#body.nodes.forEach((node, place) => {
      if (node.kind === 'load' && !this.#uniform[place]) this.#load(node.operand, this.#locals.get(place)!)
    })
    for (const place of this.#apart) {
      this.#push(place)
      this.#frame.code.emit(DROP)
    }
    for (const { operand, node } of this.#body.stores) this.#store(operand, node)
  }

  /** Pushes the mask of what is to be collected, for the entries last written. */
  pushMask(): void {
    this.#push(this.#body.collect!.mask)
  }

  /** Pushes the address of the entries at hand in an array. */
  #address(operand: number): FunctionCode {
    const { code, at } = this.#frame
    return code
      .get(firstOperand + operand)
      .get(at)
      .emit(i32.add)
  }

  #load(operand: number, local: number): void {
    const { code } = this.#frame
    const { offset, rest } = this.#vector
    if (rest === undefined) {
      this.#address(operand).memory(simd.load, ALIGNMENT, offset)
      code.set(local)
      return
    }
    this.#address(operand).memory(simd.loadZero, ALIGNMENT, offset)
    code.set(local)
    this.#moreOfRest(rest, index => {
      this.#address(operand).get(local)
      code
        .memory(simd.loadLane, ALIGNMENT, offset + 4 * index)
        .emit(index)
        .set(local)
    })
  }

  #store(operand: number, node: number): void {
    const { code } = this.#frame
    const { offset, rest } = this.#vector
    if (rest === undefined) {
      this.#address(operand)
      this.#push(node)
      code.memory(simd.store, ALIGNMENT, offset)
      return
    }
    const value = code.local(valueType.v128)
    this.#push(node)
    code.set(value)
    this.#address(operand).get(value).memory(simd.storeLane, ALIGNMENT, offset).emit(0)
    this.#moreOfRest(rest, index => {
      this.#address(operand).get(value)
      code.memory(simd.storeLane, ALIGNMENT, offset + 4 * index).emit(index)
    })
  }

  /** Runs `body` for the second and third of the last entries, if there are so many. */
  #moreOfRest(rest: number, body: (index: number) => void): void {
    const { code } = this.#frame
    code
      .get(rest)
      .i32(1)
      .emit(i32.greaterSigned)
      .when(() => {
        body(1)
        code
          .get(rest)
          .i32(2)
          .emit(i32.greaterSigned)
          .when(() => body(2))
      })
  }

  /** Pushes a node's value. */
  #push(place: number): void {
    const { code } = this.#frame
    const node = this.#body.nodes[place]!
    const local = this.#locals.get(place)
    if (
      local !== undefined &&
      (node.kind !== 'operation' || this.#uniform[place] || this.#known.has(place))
    ) {
      code.get(local)
      return
    }
    this.#operate(node as OperationNode)
    if (local !== undefined) {
      code.tee(local)
      this.#known.add(place)
    }
  }

  #operate({ operation, args }: OperationNode): void {
    const { code } = this.#frame
    const instruction = instructionOf[operation]
    if (instruction !== undefined) {
      for (const arg of args) this.#push(arg)
      code.simd(instruction)
    } else if (shiftOf[operation] !== undefined) {
      this.#push(args[0]!)
      code.i32(this.#bits(args[1]!)).simd(shiftOf[operation])
    } else this.#operateSpecially(operation, args)
  }

  #operateSpecially(operation: Operation, args: readonly number[]): void {
    const { code, fused } = this.#frame
    const [a, b, c] = args as [number, number, number]
    if (operation === 'absolute') {
      // A mask in a register: the engine would make f32x4.abs of three instructions.
      this.#push(a)
      code.get(this.#frame.constant(MAGNITUDE_BITS)).simd(lane.and)
    } else if (operation === 'negate') {
      this.#push(a)
      code.get(this.#frame.constant(SIGN_BIT)).simd(lane.xor)
    } else if (operation === 'bitsOf' || operation === 'fromBits') {
      this.#push(a)
    } else if (operation === 'multiplyAdd') {
      for (const arg of args.slice(0, 2)) this.#push(arg)
      if (!fused) code.simd(lane.multiply)
      this.#push(c)
      code.simd(fused ? lane.relaxedMultiplyAdd : lane.add)
    } else if (operation === 'and') {
      this.#pushConjunction(a, b)
    } else if (operation === 'selectFloat' || operation === 'selectInt') {
      this.#pushSelection(a, b, c)
    } else {
      this.#pushRandomWords(args)
    }
  }

  /** a and b, where one may be a negation that the instruction does too. */
  #pushConjunction(a: number, b: number): void {
    const { code } = this.#frame
    for (const [kept, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const node = this.#body.nodes[other]!
      if (node.kind === 'operation' && node.operation === 'not' && this.#uses[other] === 1) {
        this.#push(kept)
        this.#push(node.args[0]!)
        code.simd(lane.andNot)
        return
      }
    }
    this.#push(a)
    this.#push(b)
    code.simd(lane.and)
  }

  /** A choice; between something and 0 it is one instruction. */
  #pushSelection(mask: number, whenTrue: number, otherwise: number): void {
    const { code } = this.#frame
    if (this.#isZero(otherwise)) {
      this.#push(whenTrue)
      this.#push(mask)
      code.simd(lane.and)
    } else if (this.#isZero(whenTrue)) {
      this.#push(otherwise)
      this.#push(mask)
      code.simd(lane.andNot)
    } else {
      this.#push(whenTrue)
      this.#push(otherwise)
      this.#push(mask)
      code.simd(lane.select)
    }
  }

  #isZero(place: number): boolean {
    const node = this.#body.nodes[place]!
    return node.kind === 'constant' && node.bits === 0
  }

  /** One block of the stream for four entries: `[key0, key1, draw, call]`. */
  #pushRandomWords(args: readonly number[]): void {
    const { code, at } = this.#frame
    const [key0, key1, draw, call] = args as [number, number, number, number]
    code
      .get(at)
      .i32(4)
      .emit(i32.shiftRightUnsigned)
      .i32(this.#vector.offset >> 4)
      .emit(i32.add)
    for (const arg of [draw, call, key0, key1]) this.#pushInteger(arg)
    code.call(this.#frame.helper(philoxFunction))
  }

  #pushInteger(place: number): void {
    const node = this.#body.nodes[place]!
    if (node.kind === 'scalar') this.#frame.code.get(firstOperand + node.operand)
    else this.#frame.code.i32(this.#bits(place))
  }

  #bits(place: number): number {
    const node = this.#body.nodes[place]!
    if (node.kind !== 'constant') throw new TypeError('a shift, and a draw, take constants here')
    return node.bits
  }
}
