// Reverse-mode differentiation: ops record themselves on the current tape, which is then walked backwards.
import type { Backend } from './backend/backend.ts'
import { describeGiven, InvalidArgumentError, ShapeError } from './errors.ts'
import { sums } from './ops/arithmetic.ts'
import type { BackwardContext, Op } from './ops/op.ts'
import { currentScope, moveTo, type Scope, scope } from './scope.ts'
import { formatShape } from './shape.ts'
import { Tensor } from './tensor.ts'

/** One recorded call. */
class Entry<Options> implements Omit<BackwardContext<Options>, 'gradient'> {
  readonly op: Op<Options>
  readonly inputs: readonly Tensor[]
  readonly output: Tensor
  readonly saved: readonly Tensor[]
  readonly options: Options
  /** Slots of the inputs in the tape's list of gradients; undefined where no parameter feeds one. */
  readonly slots: readonly (number | undefined)[]

  constructor(
    op: Op<Options>,
    inputs: readonly Tensor[],
    output: Tensor,
    saved: readonly Tensor[],
    options: Options,
    slots: readonly (number | undefined)[],
  ) {
    this.op = op
    this.inputs = inputs
    this.output = output
    this.saved = saved
    this.options = options
    this.slots = slots
  }

  needs(i: number): boolean {
    return this.slots[i] !== undefined
  }

  gradients(gradient: Tensor): readonly (Tensor | undefined)[] {
    checkOperands(this.op.name, this.inputs)
    checkOperands(this.op.name, [this.output])
    const { inputs, output, saved, options } = this
    return this.op.backward({ inputs, output, gradient, saved, options, needs: i => this.needs(i) })
  }
}

/** The calls recorded while a function runs, and a slot for the gradient of each tensor that a parameter feeds. */
class Tape {
  readonly entries: Entry<unknown>[] = []
  readonly slots = new Map<Tensor, number>()
  readonly scope: Scope | undefined = currentScope()

  constructor(parameters: readonly Tensor[]) {
    for (const parameter of parameters) this.slots.set(parameter, this.slots.size)
  }

  /** Records a call that a parameter feeds; keeps what it will need, even from scopes that end before. */
  record<Options>(
    op: Op<Options>,
    inputs: readonly Tensor[],
    output: Tensor,
    saved: readonly Tensor[],
    options: Options,
  ): boolean {
    const slots = inputs.map(input => this.slots.get(input))
    if (slots.every(slot => slot === undefined)) return false
    this.slots.set(output, this.slots.size)
    this.entries.push(new Entry(op, inputs, output, saved, options, slots) as Entry<unknown>)
    for (const input of inputs) this.#retain(input)
    for (const item of saved) this.#retain(item)
    this.#retain(output)
    return true
  }

  #retain(item: Tensor): void {
    const { owner } = item
    if (owner !== undefined && this.scope !== undefined && owner.depth > this.scope.depth) {
      moveTo(item, this.scope)
    }
  }
}

let tape: Tape | undefined

/**
 * Calls an op, and records it when a tape runs and a parameter feeds it. Every op goes through here.
 * @throws DisposedError, InvalidArgumentError when an operand was freed or lives in another backend.
 */
export function apply<Options>(op: Op<Options>, inputs: readonly Tensor[], options: Options): Tensor {
  checkOperands(op.name, inputs)
  const saved: Tensor[] = []
  const { arena } = inputs[0]!.backend
  const { allocations } = arena
  let output: Tensor
  try {
    output = op.forward(inputs, options, saved)
  } catch (error) {
    // Without a scope nobody else would free what was made before.
    if (currentScope() === undefined) arena.freeAllBut(allocations)
    throw error
  }
  const recorded = tape?.record(op, inputs, output, saved, options) ?? false
  if (!recorded) for (const item of saved) item.dispose()
  return output
}

/**
 * Checks the operands of an operation.
 * @throws DisposedError when one was freed.
 * @throws InvalidArgumentError when one is no tensor, or they live in different backends.
 */
export function checkOperands(operation: string, operands: readonly Tensor[]): void {
  let backend: Backend | undefined
  for (const operand of operands) {
    // What is no tensor is not `false` either.
    if (operand?.disposed !== false) throw unusable(operation, operands)
    backend ??= operand.backend
    if (operand.backend !== backend) {
      throw new InvalidArgumentError(
        `${operation}: operands live in different backends, ${backend.name} and ${operand.backend.name}`,
      )
    }
  }
}

/** The error of the first operand that is no tensor, or was freed. */
function unusable(operation: string, operands: readonly unknown[]): Error {
  const at = operands.findIndex(operand => !(operand instanceof Tensor) || operand.disposed)
  const operand = operands[at]
  if (operand instanceof Tensor) return operand.disposedError(`${operation}: the operand`)
  const place = operands.length > 1 ? ` as operand ${at + 1}` : ''
  return new InvalidArgumentError(`${operation}: expected a tensor${place}, got ${describeGiven(operand)}`)
}

/**
 * A loss and its gradient by each parameter.
 *
 * @example
 * ```ts
 * import { square, sum, tensor, type ValueAndGradients, valueAndGradients } from 'spikegrad'
 * const x = tensor([1, -2])
 * const { value, gradients }: ValueAndGradients = valueAndGradients(() => sum(square(x)), [x])
 * value // 5
 * gradients.map(gradient => gradient.toArray()) // [[2, -4]]
 * ```
 */
export interface ValueAndGradients {
  readonly value: number
  /** One for each parameter, in their order and of their shapes; the scope of the caller owns them. */
  readonly gradients: readonly Tensor[]
}

/**
 * Runs `fn`, which returns a scalar loss, and differentiates it by the parameters. Everything made on the way is
 * freed. A parameter that the loss does not depend on has gradient zero. A call inside `fn` has a tape of its own:
 * what it computes is a constant for the outer one.
 * @throws ShapeError when the loss is not one number.
 * @throws InvalidArgumentError when a parameter is not float32 or listed twice, or `fn` returns no tensor: it is synchronous.
 *
 * @example
 * ```ts
 * import { matmul, sum, tensor, valueAndGradients } from 'spikegrad'
 * const x = tensor([[1, 2]])
 * const w = tensor([[3], [4]])
 * const { value, gradients } = valueAndGradients(() => sum(matmul(x, w)), [w])
 * value // 11
 * gradients.map(gradient => gradient.toArray()) // [[1, 2]]
 * ```
 */
export function valueAndGradients(fn: () => Tensor, parameters: readonly Tensor[]): ValueAndGradients {
  checkParameters(parameters)
  return scope(() => {
    const outer = tape
    const own = new Tape(parameters)
    tape = own
    try {
      const loss = fn()
      tape = undefined
      checkLoss(loss)
      return { value: loss.item(), gradients: backward(own, loss, parameters) }
    } finally {
      tape = outer
    }
  })
}

function checkLoss(loss: Tensor): void {
  if (!(loss instanceof Tensor)) {
    throw new InvalidArgumentError(
      `valueAndGradients: the function returns a loss, which is a tensor, at once; got ${describeGiven(loss)}`,
    )
  }
  checkOperands('valueAndGradients', [loss])
  if (loss.size === 1 && loss.dtype === 'float32') return
  throw new ShapeError(
    `valueAndGradients: the loss is one float32 number, got ${loss.dtype} of shape ${formatShape(loss.shape)}`,
  )
}

function checkParameters(parameters: readonly Tensor[]): void {
  if (!Array.isArray(parameters)) {
    throw new InvalidArgumentError(
      `valueAndGradients: the parameters are an array of tensors, got ${describeGiven(parameters)}`,
    )
  }
  checkOperands('valueAndGradients', parameters)
  for (const { dtype, shape } of parameters) {
    if (dtype === 'float32') continue
    throw new InvalidArgumentError(
      `valueAndGradients: a parameter is float32, got ${dtype} of shape ${formatShape(shape)}`,
    )
  }
  if (new Set(parameters).size !== parameters.length) {
    throw new InvalidArgumentError('valueAndGradients: a parameter is listed twice')
  }
}

/** Walks the tape from its end, summing into each slot what flows into it. */
function backward(own: Tape, loss: Tensor, parameters: readonly Tensor[]): readonly Tensor[] {
  const gradients: (Tensor | undefined)[] = new Array(own.slots.size)
  const start = own.slots.get(loss)
  if (start !== undefined) gradients[start] = filled(loss, 1)
  for (let i = own.entries.length - 1; i >= 0; i--) {
    const entry = own.entries[i]!
    const gradient = gradients[own.slots.get(entry.output)!]
    if (gradient === undefined) continue
    const parts = entry.gradients(gradient)
    for (let input = 0; input < parts.length; input++) {
      const slot = entry.slots[input]
      const part = parts[input]
      if (slot === undefined || part === undefined) continue
      const sum = gradients[slot]
      gradients[slot] = sum === undefined ? part : added(sum, part)
    }
  }
  return ownGradients(gradients, parameters)
}

/** The parameters' gradients, zero where nothing flowed, no tensor given out twice. */
function ownGradients(
  gradients: readonly (Tensor | undefined)[],
  parameters: readonly Tensor[],
): readonly Tensor[] {
  const given = new Set<Tensor>()
  return parameters.map((parameter, slot) => {
    const flowed = gradients[slot]
    const gradient = flowed === undefined ? filled(parameter, 0) : given.has(flowed) ? copyOf(flowed) : flowed
    given.add(gradient)
    return gradient
  })
}

function filled(like: Tensor, value: number): Tensor {
  const result = new Tensor(like.shape, 'float32', like.backend)
  result.backend.kernels.fill(result.address, result.size, value)
  return result
}

function copyOf(source: Tensor): Tensor {
  const result = new Tensor(source.shape, 'float32', source.backend)
  result.backend.kernels.copy(source.address, result.address, result.size)
  return result
}

/** a + b; not in place, since an op may hand one gradient to several inputs. */
function added(a: Tensor, b: Tensor): Tensor {
  return sums.map([a, b])
}
