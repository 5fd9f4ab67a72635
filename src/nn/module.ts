// The base of all layers and networks: a function of a tensor whose state is found by walking its fields.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import { type DataType, type Tensor, zeros } from '../tensor.ts'
import { ModuleBuffer, Parameter, StateTensor } from './parameter.ts'
import { RandomState } from './randomState.ts'

/**
 * Values for one parameter or buffer: a tensor, or numbers from a file.
 *
 * @example
 * ```ts
 * import { Linear, type StateEntry } from 'spikegrad'
 * const layer = new Linear(1, 1)
 * const weight: StateEntry = { shape: [1, 1], data: [3] }
 * layer.loadState(new Map([['weight', weight], ['bias', { shape: [1], data: [0] }]]))
 * layer.weight.item() // 3
 * ```
 */
export type StateEntry =
  | Pick<Tensor, 'shape' | 'toArray'>
  | { readonly shape: Shape; readonly data: ArrayLike<number> }

/**
 * Plain data: as JSON it is the same again.
 *
 * @example
 * ```ts
 * import type { Configuration } from 'spikegrad'
 * const configuration: Configuration = { stride: [2, 2], padding: 'same' }
 * JSON.stringify(configuration) // '{"stride":[2,2],"padding":"same"}'
 * ```
 */
export type Configuration = Readonly<Record<string, string | number | boolean | readonly number[]>>

/** What the walk over a module's fields finds. */
type Part = Module | StateTensor | RandomState

/**
 * A layer or a network: `forward` is its function. Parameters, buffers, random states and inner modules are found in its own
 * fields, and in arrays, maps and plain objects there (not in `#private` ones), whenever they are asked for. Each is named by
 * the path of fields that leads to it, `fc1.weight` or `layers.0.bias`, unless it was given a name when made.
 *
 * @example
 * ```ts
 * import { Linear, Module, relu, type Tensor, zeros } from 'spikegrad'
 * class Net extends Module {
 *   fc1 = new Linear(4, 3)
 *   fc2 = new Linear(3, 2)
 *   forward(x: Tensor) {
 *     return this.fc2.forward(relu(this.fc1.forward(x)))
 *   }
 * }
 * const net = new Net()
 * net.parameters().map(({ name }) => name) // ['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']
 * net.forward(zeros([5, 4])).shape // [5, 2]
 * ```
 */
export abstract class Module {
  /** Whether it is being trained: `Dropout` and `BatchNorm` behave otherwise when not. Set by `train` and `evaluate`. */
  training = true

  abstract forward(x: Tensor): Tensor

  /** What it is, as checkpoints compare it: the name of its class, unless told; a name that is told survives minification. */
  get kind(): string {
    return this.constructor.name
  }

  /** What errors and the summary call it. */
  get label(): string {
    return this.kind
  }

  /** Its sizes, and what else its function depends on beside state and inner modules; checkpoints compare it. */
  get configuration(): Configuration {
    return {}
  }

  /** Whether it takes an input of any shape and gives a result of the same. */
  get elementwise(): boolean {
    return false
  }

  /** The shape of one input, without the batch's axis; undefined when it takes any. */
  inputShape(): Shape | undefined {
    return undefined
  }

  /**
   * The shape of `forward`'s result for an input of a shape: found by evaluating zeros, where a layer does not know better.
   * @throws ShapeError when it does not take that shape.
   */
  outputShape(inputShape: Shape): Shape {
    return inEvaluation(this, () => scope(() => this.forward(zeros(inputShape)).shape))
  }

  /**
   * The parameters in the order of the fields, each once.
   * @throws InvalidArgumentError when two have one name.
   */
  parameters(): readonly Parameter[] {
    return [...stateOf(this).values()].filter(item => item instanceof Parameter)
  }

  /** The buffers, as `parameters`. */
  buffers(): readonly ModuleBuffer[] {
    return [...stateOf(this).values()].filter(item => item instanceof ModuleBuffer)
  }

  /** This module under '', and every module within, by path, outermost first. */
  modules(): Map<string, Module> {
    const found = new Map<string, Module>()
    visit(this, (path, part) => {
      if (part instanceof Module) found.set(path, part)
    })
    return found
  }

  /** The random states within, by path. */
  randomStates(): Map<string, RandomState> {
    const found = new Map<string, RandomState>()
    visit(this, (path, part) => {
      if (part instanceof RandomState) found.set(path, part)
    })
    return found
  }

  /** Sets the mode of this module and all within: of training, or with `false` of evaluation. */
  train(training = true): this {
    for (const module of this.modules().values()) module.training = training
    return this
  }

  /** Sets the mode of evaluation: the same as `train(false)`. */
  evaluate(): this {
    return this.train(false)
  }

  /**
   * Parameters and buffers by name: the tensors themselves, not copies.
   * @throws InvalidArgumentError when two have one name.
   */
  stateDictionary(): Map<string, Tensor> {
    return new Map(stateOf(this))
  }

  /**
   * Overwrites all parameters and buffers. Everything is checked before anything is written.
   * @throws InvalidArgumentError when a name is missing or unknown.
   * @throws ShapeError when a shape differs, or the numbers do not fill it.
   */
  loadState(state: ReadonlyMap<string, StateEntry>): void {
    writeAll(checkState('loadState', this.stateDictionary(), state))
  }

  /** Frees parameters and buffers. */
  dispose(): void {
    for (const item of this.stateDictionary().values()) item.dispose()
  }
}

/** Whether a layer computes what its class does: nobody has put something else in the place of its `forward`. */
export function isPlain<T extends Module>(
  layer: Module,
  layerClass: (abstract new (...given: never[]) => T) & { readonly prototype: T },
): layer is T {
  return layer instanceof layerClass && layer.forward === layerClass.prototype.forward
}

/** Runs `fn` with a module in the mode of evaluation, and gives every part back its own mode. */
export function inEvaluation<T>(module: Module, fn: () => T): T {
  const modes = new Map([...module.modules().values()].map(part => [part, part.training]))
  module.evaluate()
  try {
    return fn()
  } finally {
    for (const [part, training] of modes) part.training = training
  }
}

/** Visits a module and all parts within, each once under the first path that leads to it. */
function visit(root: Module, found: (path: string, part: Part) => void): void {
  const seen = new Set<object>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    const part = value instanceof Module || value instanceof StateTensor || value instanceof RandomState
    if (!part && !isContainer(value)) return
    seen.add(value)
    if (part) found(path, value)
    if (value instanceof StateTensor || value instanceof RandomState) return
    const inside = value instanceof Map ? value : Object.entries(value)
    for (const [key, item] of inside) {
      if (typeof item === 'object') walk(item, path === '' ? String(key) : `${path}.${key}`)
    }
  }
  walk(root, '')
}

function isContainer(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function stateOf(root: Module): Map<string, StateTensor> {
  const state = new Map<string, StateTensor>()
  visit(root, (path, part) => {
    if (!(part instanceof StateTensor)) return
    const name = part.nameAt(path)
    if (state.has(name)) {
      throw new InvalidArgumentError(
        `${root.label}: two parameters are named "${name}": give layers distinct names`,
      )
    }
    state.set(name, part)
  })
  return state
}

/** Tensors and the checked numbers that are to be written into them. */
export type PendingWrites = ReadonlyMap<Tensor, ArrayLike<number>>

/**
 * Checks a state from outside against the tensors it is for; `operation` names the check in errors.
 * @throws InvalidArgumentError, ShapeError as `Module.loadState`.
 */
export function checkState(
  operation: string,
  own: ReadonlyMap<string, Tensor>,
  state: ReadonlyMap<string, StateEntry>,
): PendingWrites {
  const missing = [...own.keys()].filter(name => !state.has(name))
  const unknown = [...state.keys()].filter(name => !own.has(name))
  if (missing.length > 0 || unknown.length > 0) {
    throw new InvalidArgumentError(
      `${operation}: names differ: missing [${missing.join(', ')}], unknown [${unknown.join(', ')}]`,
    )
  }
  const writes = new Map<Tensor, ArrayLike<number>>()
  for (const [name, tensor] of own) {
    const entry = state.get(name)!
    const numbers = 'data' in entry ? entry.data : entry.toArray()
    if (!sameShape(entry.shape, tensor.shape) || numbers.length !== tensor.size) {
      throw new ShapeError(
        `${operation}: "${name}" has shape ${formatShape(tensor.shape)}, ` +
          `got ${formatShape(entry.shape)} with ${numbers.length} numbers`,
      )
    }
    checkEntries(operation, name, tensor.dtype, numbers)
    writes.set(tensor, numbers)
  }
  return writes
}

/** Integers are not to be rounded or wrapped on their way in. */
function checkEntries(operation: string, name: string, dtype: DataType, numbers: ArrayLike<number>): void {
  if (dtype === 'float32') return
  const [low, high] = dtype === 'uint8' ? [0, 255] : [-(2 ** 31), 2 ** 31 - 1]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    if (Number.isInteger(number) && number >= low && number <= high) continue
    throw new InvalidArgumentError(`${operation}: "${name}" holds ${dtype}, got ${number} at position ${i}`)
  }
}

export function writeAll(writes: PendingWrites): void {
  for (const [tensor, numbers] of writes) tensor.write(numbers)
}
