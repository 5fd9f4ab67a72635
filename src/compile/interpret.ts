// The interpreter: runs a program node by node over chunks of entries, in plain loops; the reference for compiled programs.
import type { Memory } from '../backend/memory.ts'
import { philoxBlock } from '../random/philox.ts'
import { applyMultiplyAdd, applyOperation, createLanes, type Lanes } from './lanes.ts'
import type { Node } from './node.ts'
import type { Program } from './program.ts'
import { uniformNodes } from './usage.ts'

/** Entries computed at a time: few enough to stay in the first cache, and a whole number of random blocks. */
const CHUNK = 256

export interface InterpreterOptions {
  /** Round `multiplyAdd` once, as engines with fused arithmetic do; by default twice. */
  readonly fusing?: boolean
}

/** Computes entries [0, n); the arguments are those of the program, in their order. Returns how many indices were collected. */
export type Interpreter = (n: number, ...operands: readonly number[]) => number

const block = new Uint32Array(4)

/** Words first, first + 1, ... of a stream; `first` is a multiple of four. */
function fillRandomWords(args: readonly Lanes[], out: Lanes, first: number, count: number): void {
  const [key0, key1, draw, call] = args.map(({ int }) => int[0]!) as [number, number, number, number]
  for (let i = 0; i < count; i += 4) {
    philoxBlock((first + i) >>> 2, draw, call, 0, key0, key1, block, 0)
    for (let word = 0; word < 4 && i + word < count; word++) out.int[i + word] = block[word]!
  }
}

/** Prepares a program to run on a memory. */
export function interpreterOf(
  program: Program,
  memory: Memory,
  { fusing = false }: InterpreterOptions = {},
): Interpreter {
  const { nodes, operands, stores, collect } = program
  const lanes = nodes.map(() => createLanes(CHUNK))
  const args = nodes.map(node => (node.kind === 'operation' ? node.args.map(arg => lanes[arg]!) : []))
  const uniform = uniformNodes(nodes, operands)
  const places = nodes.map((_, place) => place)
  const constants = places.filter(place => nodes[place]!.kind === 'constant')
  const once = places.filter(place => uniform[place] && nodes[place]!.kind !== 'constant')
  const each = places.filter(place => !uniform[place])
  for (const place of constants) {
    const node = nodes[place] as Node & { kind: 'constant' }
    lanes[place]!.int.fill(node.bits)
  }

  function evaluate(place: number, values: readonly number[], first: number, count: number): void {
    const node = nodes[place]!
    const out = lanes[place]!
    if (node.kind === 'load') {
      const at = (values[node.operand]! >>> 2) + first
      out.int.set(memory.int32.subarray(at, at + count))
    } else if (node.kind === 'operation') {
      if (node.operation === 'randomWord') fillRandomWords(args[place]!, out, first, count)
      else if (node.operation === 'multiplyAdd') applyMultiplyAdd(args[place]!, out, count, fusing)
      else applyOperation(node.operation, args[place]!, out, count)
    }
  }

  function evaluateUniform(place: number, values: readonly number[]): void {
    const node = nodes[place]!
    const out = lanes[place]!
    if (node.kind === 'load') out.int.fill(memory.int32[values[node.operand]! >>> 2]!)
    else if (node.kind === 'scalar' && node.type === 'int') out.int.fill(values[node.operand]!)
    else if (node.kind === 'scalar') out.float.fill(values[node.operand]!)
    else evaluate(place, values, 0, CHUNK)
  }

  return (n, ...values) => {
    let collected = 0
    for (const place of once) evaluateUniform(place, values)
    for (let first = 0; first < n; first += CHUNK) {
      const count = Math.min(CHUNK, n - first)
      for (const place of each) evaluate(place, values, first, count)
      for (const { operand, node } of stores) {
        const source = lanes[node]!.int
        memory.int32.set(
          count === CHUNK ? source : source.subarray(0, count),
          (values[operand]! >>> 2) + first,
        )
      }
      if (collect !== undefined) {
        const mask = lanes[collect.mask]!.int
        const list = values[collect.operand]! >>> 2
        for (let i = 0; i < count; i++) if (mask[i] !== 0) memory.int32[list + collected++] = first + i
      }
    }
    return collected
  }
}
