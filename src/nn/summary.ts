// A network as a table of text: its layers in the order they are used, the shapes between them, their parameters.
import { InvalidArgumentError } from '../errors.ts'
import { scope } from '../scope.ts'
import { checkShape, type Shape } from '../shape.ts'
import { type Tensor, zeros } from '../tensor.ts'
import { inEvaluation, Module } from './module.ts'

type Row = readonly [layer: string, shape: string, parameters: string]

/**
 * A table of a network's layers: the shape of each output for n inputs and the number of parameters; then their total. The
 * layers are found by sending zeros through the network.
 * @param input the shape of one input, or its number of features; by default what the network takes, if it says so.
 * @throws InvalidArgumentError when the network does not say what it takes, and no shape is given.
 * @throws ShapeError when the layers do not fit one another.
 *
 * @example
 * ```ts
 * import { Linear, Relu, Sequential, summarise } from 'spikegrad'
 * const net = new Sequential([new Linear(4, 8), new Relu(), new Linear(8, 2)])
 * summarise(net).split('\n').length // 7
 * ```
 */
export function summarise(network: Module, input: Shape | number | undefined = network.inputShape()): string {
  if (input === undefined) throw new InvalidArgumentError('summary: say how many features the input has')
  const shape = [1, ...(typeof input === 'number' ? [input] : input)]
  checkShape('summary', shape)
  const rows: Row[] = [['layer', 'output shape', 'parameters']]
  traced(network, shape, (path, layer, output) => rows.push(rowOf(path, layer, output)))
  rows.push(['total', '', countOf(network).toLocaleString('en')])
  return alignTable(rows)
}

function rowOf(path: string, layer: Module, output: Shape): Row {
  // A place in a list says nothing that the table's order does not.
  const field = path.split('.').at(-1)!
  const name = path === '' || /^\d+$/.test(field) ? layer.label : `${path}: ${layer.label}`
  return [name, `[${['n', ...output.slice(1)].join(', ')}]`, countOf(layer).toLocaleString('en')]
}

function countOf(module: Module): number {
  return module.parameters().reduce((sum, { size }) => sum + size, 0)
}

/** Runs the network on zeros, and reports each call of a layer that holds no other. */
export function traced(
  network: Module,
  shape: Shape,
  report: (path: string, layer: Module, output: Shape) => void,
): void {
  const undo: (() => void)[] = []
  try {
    for (const [path, layer] of network.modules()) {
      if (layer.modules().size === 1) undo.push(watch(layer, output => report(path, layer, output)))
    }
    inEvaluation(network, () => scope(() => void network.forward(zeros(shape))))
  } finally {
    for (const restore of undo) restore()
  }
}

/** Puts a watch before a layer's own `forward`, and returns how to take it away. */
function watch(layer: Module, report: (output: Shape) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(layer, 'forward')
  const { forward } = layer
  const watched = (x: Tensor): Tensor => {
    if (layer.outputShape !== Module.prototype.outputShape) layer.outputShape(x.shape)
    const output = forward.call(layer, x)
    report(output.shape)
    return output
  }
  Object.defineProperty(layer, 'forward', { configurable: true, value: watched })
  return () => {
    if (own === undefined) Reflect.deleteProperty(layer, 'forward')
    else Object.defineProperty(layer, 'forward', own)
  }
}

/** Columns padded to one width, the last to the right; a rule below the head and above the last row. */
function alignTable(rows: readonly Row[]): string {
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map(row => row[column].length))
  const [first, second, third] = [width(0), width(1), width(2)]
  const lines = rows.map(
    row => `${row[0].padEnd(first)}  ${row[1].padEnd(second)}  ${row[2].padStart(third)}`,
  )
  const rule = '-'.repeat(first + second + third + 4)
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1)].join('\n')
}
