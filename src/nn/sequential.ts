// Layers one after another, and a table of them.
import { InvalidArgumentError } from '../errors.ts'
import { scope } from '../scope.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { Module } from './module.ts'
import type { Parameter } from './parameter.ts'

/** Applies layers in order. */
export class Sequential extends Module {
  override readonly label = 'Sequential'
  readonly layers: readonly Module[]
  readonly #parameters: readonly Parameter[]

  /** @throws InvalidArgumentError when there is no layer, or two parameters share a name. */
  constructor(layers: readonly Module[]) {
    super(layers.find(layer => layer.inputs !== undefined)?.inputs)
    if (layers.length === 0) throw new InvalidArgumentError('Sequential: expected at least one layer')
    this.layers = [...layers]
    this.#parameters = layers.flatMap(layer => layer.parameters())
    const names = new Set<string>()
    for (const { name } of this.#parameters) {
      if (names.has(name)) {
        throw new InvalidArgumentError(
          `Sequential: two parameters are named "${name}": give layers distinct names`,
        )
      }
      names.add(name)
    }
  }

  override forward(x: Tensor): Tensor {
    return scope(() => this.layers.reduce((value, layer) => layer.forward(value), x))
  }

  override outputShape(inputShape: Shape): Shape {
    return this.layers.reduce((shape, layer) => layer.outputShape(shape), inputShape)
  }

  override parameters(): readonly Parameter[] {
    return this.#parameters
  }

  /**
   * A text table: each layer, the shape of its output for n inputs of `features` entries, and its number of
   * parameters; then their total. `features` is by default what the first layer that minds takes.
   * @throws InvalidArgumentError when no layer says how many features it takes, and none are given.
   * @throws ShapeError when the layers do not fit one another.
   */
  summary(features: number | undefined = this.inputs): string {
    if (features === undefined) throw new InvalidArgumentError('summary: say how many features the input has')
    let shape: Shape = [1, features]
    let total = 0
    const rows: [string, string, string][] = [['layer', 'output shape', 'parameters']]
    for (const layer of this.layers) {
      shape = layer.outputShape(shape)
      const count = layer.parameters().reduce((sum, { size }) => sum + size, 0)
      total += count
      rows.push([layer.label, `[${['n', ...shape.slice(1)].join(', ')}]`, count.toLocaleString('en')])
    }
    rows.push(['total', '', total.toLocaleString('en')])
    return alignTable(rows)
  }
}

/** Columns padded to one width, the last to the right; a rule below the head and above the last row. */
function alignTable(rows: readonly (readonly [string, string, string])[]): string {
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map(row => row[column].length))
  const [first, second, third] = [width(0), width(1), width(2)]
  const lines = rows.map(
    row => `${row[0].padEnd(first)}  ${row[1].padEnd(second)}  ${row[2].padStart(third)}`,
  )
  const rule = '-'.repeat(first + second + third + 4)
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1)].join('\n')
}
