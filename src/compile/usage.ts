// What a program's nodes depend on: which are the same for every entry, and which are used more than once.
import type { Node } from './node.ts'
import type { Body, Operand } from './program.ts'

/** For each node, whether it is the same for every entry: made of scalars, constants and arrays of one entry. */
export function uniformNodes(nodes: readonly Node[], operands: readonly Operand[]): readonly boolean[] {
  const uniform: boolean[] = []
  for (const node of nodes) {
    if (node.kind === 'load') {
      const operand = operands[node.operand]!
      uniform.push(operand.kind === 'array' && operand.span === 'one')
    } else if (node.kind === 'operation') {
      uniform.push(node.operation !== 'randomWord' && node.args.every(arg => uniform[arg]!))
    } else {
      uniform.push(true)
    }
  }
  return uniform
}

/** For each node, how often it is used: by nodes, stores and the list of indices. */
export function usesOf({ nodes, stores, collect }: Body): readonly number[] {
  const uses = new Array<number>(nodes.length).fill(0)
  for (const node of nodes) {
    if (node.kind === 'operation') for (const arg of node.args) uses[arg]!++
  }
  for (const { node } of stores) uses[node]!++
  if (collect !== undefined) uses[collect.mask]!++
  return uses
}
