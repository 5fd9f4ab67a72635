// Writing an elementwise program: declare its operands, and say what is stored in them.
import { InvalidArgumentError } from '../errors.ts'
import { FloatExpression, IntExpression, type MaskExpression } from './expression.ts'
import { Graph } from './graph.ts'
import type { Operand, Program } from './program.ts'
import { standardNormal, uniformFromWord } from './random.ts'

/** Engines take up to 1,000 parameters, and a row-by-row call takes two for each array. */
const MOST_OPERANDS = 400

/**
 * What a program allows.
 *
 * @example
 * ```ts
 * import { defineProgram, type ProgramOptions } from 'spikegrad'
 * const options: ProgramOptions = { fused: true }
 * const square = defineProgram(
 *   'square plus 1',
 *   program => {
 *     const x = program.input('x')
 *     program.store(program.output('out'), x.timesPlus(x, 1))
 *   },
 *   options,
 * )
 * square.fused // true
 * ```
 */
export interface ProgramOptions {
  /** Allows `timesPlus` to be rounded once where the engine can. */
  readonly fused?: boolean
}

/**
 * An array that a program reads and writes.
 *
 * @example
 * ```ts
 * import { defineProgram, type State } from 'spikegrad'
 * const program = defineProgram('halve', builder => {
 *   const x: State = builder.state('x')
 *   builder.store(x, x.value.over(2))
 * })
 * program.operands.length // 1
 * ```
 */
export interface State {
  readonly operand: number
  readonly value: FloatExpression
}

/**
 * An array of int32 that a program reads and writes.
 *
 * @example
 * ```ts
 * import { defineProgram, type IntState } from 'spikegrad'
 * const program = defineProgram('count', builder => {
 *   const x: IntState = builder.intState('x')
 *   builder.store(x, x.value.plus(1))
 * })
 * program.operands.length // 1
 * ```
 */
export interface IntState {
  readonly operand: number
  readonly value: IntExpression
}

/**
 * An array that a program writes.
 *
 * @example
 * ```ts
 * import { defineProgram, type Output } from 'spikegrad'
 * const program = defineProgram('ones', builder => {
 *   const out: Output = builder.output('out')
 *   builder.store(out, builder.constant(1))
 * })
 * program.operands.length // 1
 * ```
 */
export interface Output {
  readonly operand: number
}

/**
 * A random stream as operands: two words of its key, and the number of the draw.
 *
 * @example
 * ```ts
 * import { defineProgram, runProgram, type Stream, streamKey, tensor } from 'spikegrad'
 * const noise = defineProgram('noise', builder => {
 *   const stream: Stream = builder.stream('stream')
 *   builder.store(builder.output('out'), builder.normal(stream))
 * })
 * const out = tensor([0, 0])
 * const { key0, key1 } = streamKey(1, 'noise')
 * runProgram(noise, { out, 'stream.key0': key0, 'stream.key1': key1, 'stream.draw': 0 }) // 0
 * ```
 */
export interface Stream {
  readonly key0: IntExpression
  readonly key1: IntExpression
  readonly draw: IntExpression
}

/**
 * Declares operands and writes expressions; what it was given is a `Program` in the end.
 *
 * @example
 * ```ts
 * import { defineProgram, type ProgramBuilder } from 'spikegrad'
 * const negate = (program: ProgramBuilder) => {
 *   const x = program.input('x')
 *   program.store(program.output('out'), x.negate())
 * }
 * defineProgram('negate', negate).operands.map(({ name }) => name) // ['x', 'out']
 * ```
 */
export class ProgramBuilder {
  readonly #graph: Graph
  readonly #operands: Operand[] = []
  readonly #stores = new Map<number, number>()
  readonly #sparse: (readonly number[])[] = []
  /** What was declared here and may be written to, and the streams: nothing else is accepted in their place. */
  readonly #targets = new Map<Output, number>()
  readonly #streams = new WeakSet<Stream>()
  #collect: { operand: number; mask: number } | undefined
  #randomCalls = 0
  #finished = false

  constructor(fused: boolean) {
    this.#graph = new Graph(fused)
  }

  #declare(operand: Operand): number {
    this.#checkOpen()
    if (this.#operands.length === MOST_OPERANDS) {
      throw new InvalidArgumentError(`program: expected at most ${MOST_OPERANDS} operands`)
    }
    if (this.#operands.some(({ name }) => name === operand.name)) {
      throw new InvalidArgumentError(`program: two operands are named "${operand.name}"`)
    }
    return this.#operands.push(operand) - 1
  }

  #checkOpen(): void {
    if (this.#finished) throw new InvalidArgumentError('program: it is defined, and cannot be added to')
  }

  #target<T extends Output>(target: T): T {
    this.#targets.set(target, target.operand)
    return target
  }

  /** The place of an array that may be written to. */
  #operandOf(target: Output): number {
    const operand = this.#targets.get(target)
    if (operand === undefined) {
      throw new InvalidArgumentError(
        'program: expected an output or a state that was declared in this program',
      )
    }
    return operand
  }

  #array(name: string, type: 'float' | 'int', span: 'each' | 'one' = 'each'): number {
    return this.#declare({ kind: 'array', name, type, span })
  }

  /** A float32 array that is read. */
  input(name: string, span: 'each' | 'one' = 'each'): FloatExpression {
    const operand = this.#array(name, 'float', span)
    return new FloatExpression(this.#graph, this.#graph.load('float', operand))
  }

  /** An int32 array that is read. */
  intInput(name: string, span: 'each' | 'one' = 'each'): IntExpression {
    return new IntExpression(this.#graph, this.#graph.load('int', this.#array(name, 'int', span)))
  }

  /** A float32 array that is written. */
  output(name: string): Output {
    return this.#target({ operand: this.#array(name, 'float') })
  }

  /** An int32 array that is written. */
  intOutput(name: string): Output {
    return this.#target({ operand: this.#array(name, 'int') })
  }

  /** A float32 array that is read, then written. */
  state(name: string): State {
    const operand = this.#array(name, 'float')
    const value = new FloatExpression(this.#graph, this.#graph.load('float', operand))
    return this.#target({ operand, value })
  }

  /** An int32 array that is read, then written. */
  intState(name: string): IntState {
    const operand = this.#array(name, 'int')
    const value = new IntExpression(this.#graph, this.#graph.load('int', operand))
    return this.#target({ operand, value })
  }

  /** A number, rounded to float32. */
  scalar(name: string): FloatExpression {
    const operand = this.#declare({ kind: 'scalar', name, type: 'float' })
    return new FloatExpression(this.#graph, this.#graph.scalar('float', operand))
  }

  /** An integer, taken modulo 2^32. */
  intScalar(name: string): IntExpression {
    const operand = this.#declare({ kind: 'scalar', name, type: 'int' })
    return new IntExpression(this.#graph, this.#graph.scalar('int', operand))
  }

  /** The same number everywhere. */
  constant(value: number): FloatExpression {
    return new FloatExpression(this.#graph, this.#graph.float(value))
  }

  /** The same integer everywhere. */
  intConstant(value: number): IntExpression {
    return new IntExpression(this.#graph, this.#graph.int(value))
  }

  /** A random stream: three operands, `<name>.key0`, `<name>.key1` (of a `streamKey`) and `<name>.draw`. */
  stream(name: string): Stream {
    const stream = {
      key0: this.intScalar(`${name}.key0`),
      key1: this.intScalar(`${name}.key1`),
      draw: this.intScalar(`${name}.draw`),
    }
    this.#streams.add(stream)
    return stream
  }

  #word(stream: Stream): IntExpression {
    if (!this.#streams.has(stream)) {
      throw new InvalidArgumentError('program: expected a stream that was declared in this program')
    }
    const { key0, key1, draw } = stream
    const call = this.#graph.int(this.#randomCalls++)
    return new IntExpression(
      this.#graph,
      this.#graph.operation('randomWord', [key0.node, key1.node, draw.node, call]),
    )
  }

  /** Uniform in [0, 1), 24 random bits, for each entry; each call in a program draws anew. */
  uniform(stream: Stream): FloatExpression {
    return uniformFromWord(this.#word(stream))
  }

  /** Standard normal, by the Box-Muller transform of two uniform numbers. */
  normal(stream: Stream): FloatExpression {
    return standardNormal(this.uniform(stream), this.uniform(stream))
  }

  /**
   * Stores an expression in an array.
   * @throws InvalidArgumentError when something is stored there already, the types differ, or either is of another program.
   */
  store(target: Output, value: FloatExpression | IntExpression): void {
    this.#checkOpen()
    const place = this.#operandOf(target)
    const operand = this.#operands[place]!
    const type = value instanceof FloatExpression ? 'float' : 'int'
    if (operand.kind !== 'array' || operand.type !== type) {
      throw new InvalidArgumentError(`program: "${operand.name}" cannot hold what is ${type}`)
    }
    if (this.#stores.has(place)) {
      throw new InvalidArgumentError(`program: "${operand.name}" is stored to twice`)
    }
    this.#stores.set(place, this.#nodeOf(value))
  }

  /**
   * Collects the indices where a mask is true into a list operand; a call of the program returns how many there are.
   * @throws InvalidArgumentError when the program collects already.
   */
  collect(name: string, mask: MaskExpression): void {
    if (this.#collect !== undefined) {
      throw new InvalidArgumentError('program: only one list of indices can be collected')
    }
    const node = this.#nodeOf(mask)
    this.#collect = { operand: this.#declare({ kind: 'indices', name }), mask: node }
  }

  #nodeOf(expression: FloatExpression | IntExpression | MaskExpression): number {
    if (expression.graph === this.#graph) return expression.node
    throw new InvalidArgumentError('program: an expression of another program cannot be part of this one')
  }

  /**
   * Says that these arrays are mostly zero, all at once; groups named later count where those before are zero too.
   * @throws InvalidArgumentError when none is named.
   */
  mostlyZero(...arrays: readonly Output[]): void {
    this.#checkOpen()
    if (arrays.length === 0) throw new InvalidArgumentError('program: mostlyZero takes at least one state')
    this.#sparse.push(arrays.map(array => this.#operandOf(array)))
  }

  /** Book-keeping of `defineProgram`. */
  finish(name: string): Program {
    const stores = [...this.#stores].map(([operand, node]) => ({ operand, node }))
    if (stores.length === 0 && this.#collect === undefined) {
      throw new InvalidArgumentError(`program "${name}" stores nothing`)
    }
    this.#finished = true
    const body = this.#graph.extract({ stores, ...(this.#collect && { collect: this.#collect }) })
    return { name, operands: this.#operands, fused: this.#graph.fused, sparse: this.#sparse, ...body }
  }
}

/**
 * Writes an elementwise program.
 * @param define declares the operands, and what is stored in them; the order of declaration is that of a call's arguments.
 * @throws InvalidArgumentError when it stores nothing, or twice in one array.
 *
 * @example
 * ```ts
 * import { defineProgram, runProgram, tensor } from 'spikegrad'
 * const leakyRelu = defineProgram('leakyRelu', program => {
 *   const x = program.input('x')
 *   const out = program.output('out')
 *   const slope = program.scalar('slope')
 *   program.store(out, x.greater(0).select(x, x.times(slope)))
 * })
 * const out = tensor([0, 0])
 * runProgram(leakyRelu, { x: tensor([-2, 3]), out, slope: 0.5 })
 * out.toArray() // [-1, 3]
 * ```
 */
export function defineProgram(
  name: string,
  define: (program: ProgramBuilder) => void,
  options: ProgramOptions = {},
): Program {
  const builder = new ProgramBuilder(options.fused ?? false)
  define(builder)
  return builder.finish(name)
}
