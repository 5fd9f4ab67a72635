// Shorter programs for entries at which some arrays are zero.
import { Graph } from './graph.ts'
import type { Body, Program } from './program.ts'

/**
 * What a program comes to where some arrays hold +0: constants take the place of their loads, and a zero that would be written where
 * one is already is not written. The results are the same, bit for bit.
 */
export function specialisedToZeros(program: Program, zeros: ReadonlySet<number>): Body {
  const graph = new Graph(program.fused)
  const places: number[] = []
  for (const node of program.nodes) {
    if (node.kind === 'load') {
      places.push(
        zeros.has(node.operand) ? graph.constant(node.type, 0) : graph.load(node.type, node.operand),
      )
    } else if (node.kind === 'scalar') places.push(graph.scalar(node.type, node.operand))
    else if (node.kind === 'constant') places.push(graph.constant(node.type, node.bits))
    else
      places.push(
        graph.operation(
          node.operation,
          node.args.map(arg => places[arg]!),
        ),
      )
  }
  const zero = new Set([graph.constant('float', 0), graph.constant('int', 0)])
  const stores = program.stores
    .map(({ operand, node }) => ({ operand, node: places[node]! }))
    .filter(({ operand, node }) => !(zeros.has(operand) && zero.has(node)))
  const { collect } = program
  return graph.extract({
    stores,
    ...(collect && { collect: { operand: collect.operand, mask: places[collect.mask]! } }),
  })
}
