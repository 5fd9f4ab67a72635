// The base of all layers: a function of a tensor, with parameters that have names.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { Parameter } from './parameter.ts'

/** Values for one parameter: a tensor, or numbers from a file. */
export type StateEntry =
  | Pick<Tensor, 'shape' | 'toArray'>
  | { readonly shape: Shape; readonly data: ArrayLike<number> }

export abstract class Module {
  /** What the summary calls it. */
  abstract readonly label: string

  /** Length of the last axis it takes; undefined when it takes any. */
  readonly inputs: number | undefined

  constructor(inputs?: number) {
    this.inputs = inputs
  }

  abstract forward(x: Tensor): Tensor

  /**
   * The shape of `forward`'s result for an input of a shape.
   * @throws ShapeError when it does not take that shape.
   */
  abstract outputShape(inputShape: Shape): Shape

  /** The parameters in a fixed order, each with a name of its own. */
  parameters(): readonly Parameter[] {
    return []
  }

  /** The parameters by name: the tensors themselves, not copies. */
  stateDictionary(): Map<string, Tensor> {
    return new Map(this.parameters().map(parameter => [parameter.name, parameter]))
  }

  /**
   * Overwrites all parameters. Everything is checked before anything is written.
   * @throws InvalidArgumentError when a name is missing or unknown.
   * @throws ShapeError when a shape differs, or the numbers do not fill it.
   */
  loadState(state: ReadonlyMap<string, StateEntry>): void {
    const own = this.stateDictionary()
    const missing = [...own.keys()].filter(name => !state.has(name))
    const unknown = [...state.keys()].filter(name => !own.has(name))
    if (missing.length > 0 || unknown.length > 0) {
      throw new InvalidArgumentError(
        `loadState: names differ: missing [${missing.join(', ')}], unknown [${unknown.join(', ')}]`,
      )
    }
    const values = new Map<Tensor, ArrayLike<number>>()
    for (const [name, parameter] of own) {
      const entry = state.get(name)!
      const numbers = 'data' in entry ? entry.data : entry.toArray()
      if (!sameShape(entry.shape, parameter.shape) || numbers.length !== parameter.size) {
        throw new ShapeError(
          `loadState: "${name}" has shape ${formatShape(parameter.shape)}, ` +
            `got ${formatShape(entry.shape)} with ${numbers.length} numbers`,
        )
      }
      values.set(parameter, numbers)
    }
    for (const [parameter, numbers] of values) parameter.write(numbers)
  }

  /** Frees the parameters. */
  dispose(): void {
    for (const parameter of this.parameters()) parameter.dispose()
  }
}
