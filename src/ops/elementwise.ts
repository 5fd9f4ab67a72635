// Elementwise functions of tensors: a program for each way their operands broadcast, compiled when first needed.
import { compiled } from '../compile/compiled.ts'
import { defineProgram, type ProgramBuilder } from '../compile/define.ts'
import type { FloatExpression, IntExpression } from '../compile/expression.ts'
import type { Program } from '../compile/program.ts'
import type { Shape } from '../shape.ts'
import { type DataType, Tensor } from '../tensor.ts'

/** What an elementwise function comes to: given an expression for each tensor, and one for each scalar. */
type Write<Inputs> = (inputs: Inputs, scalars: readonly FloatExpression[]) => FloatExpression | IntExpression

/** How operands move along the innermost axis: `e`ach an entry of its own, or `o`ne for all. */
type Spans = string

/** An axis of the result and how far each operand moves along it, in entries: 0 where it is stretched. */
interface StridedAxis {
  length: number
  readonly strides: readonly number[]
}

/** Spans of so many operands of one shape. */
const alike: readonly Spans[] = ['', 'e', 'ee', 'eee', 'eeee', 'eeeee']

/** What a tensor's entries are to a program: uint8 is not for elementwise work. */
type EntryType = Exclude<DataType, 'uint8'>

interface Signature<Inputs> {
  readonly name: string
  /** Types of the operands; the last serves for all further ones. */
  readonly inputs: readonly EntryType[]
  /** Type of the result; by default float32. */
  readonly output?: EntryType
  /** How many numbers it takes besides. */
  readonly scalars?: number
  readonly write: Write<Inputs>
}

/** A function of tensors, entry by entry. */
export class Elementwise {
  readonly name: string
  readonly output: EntryType
  readonly #define: (spans: Spans) => Program
  readonly #programs = new Map<Spans, Program>()

  private constructor(name: string, output: EntryType, define: (spans: Spans) => Program) {
    this.name = name
    this.output = output
    this.#define = define
  }

  /** A function of float32 tensors and so many numbers. */
  static ofFloats(name: string, write: Write<readonly FloatExpression[]>, scalars = 0): Elementwise {
    return Elementwise.of({ name, inputs: ['float32'], write, scalars })
  }

  static of<Inputs extends readonly (FloatExpression | IntExpression)[]>(
    signature: Signature<Inputs>,
  ): Elementwise {
    const { name, inputs, output = 'float32', scalars = 0, write } = signature
    const define = (spans: Spans) => (program: ProgramBuilder) => {
      const operands = [...spans].map((span, i) => {
        const each = span === 'e' ? 'each' : 'one'
        const type = inputs[i] ?? inputs.at(-1)
        return type === 'int32' ? program.intInput(`input${i}`, each) : program.input(`input${i}`, each)
      })
      const out = output === 'int32' ? program.intOutput('out') : program.output('out')
      const numbers = Array.from({ length: scalars }, (_, i) => program.scalar(`scalar${i}`))
      program.store(out, write(operands as readonly (FloatExpression | IntExpression)[] as Inputs, numbers))
    }
    return new Elementwise(name, output, spans =>
      defineProgram(`${name} ${spans}`, define(spans), { fused: true }),
    )
  }

  #program(spans: Spans): Program {
    let program = this.#programs.get(spans)
    if (program === undefined) {
      program = this.#define(spans)
      this.#programs.set(spans, program)
    }
    return program
  }

  /** A new tensor of `shape`, to which all operands broadcast. */
  apply(operands: readonly Tensor[], shape: Shape, scalars: readonly number[] = []): Tensor {
    const { backend } = operands[0]!
    const out = new Tensor(shape, this.output, backend)
    const { size } = out
    const addresses: number[] = []
    let aligned = true
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i]!
      addresses.push(operand.address)
      aligned &&= operand.size === size
    }
    if (aligned) {
      const { run } = compiled(this.#program(alike[operands.length] ?? 'e'.repeat(operands.length)), backend)
      // One spread at the end is quick; several are not.
      addresses.push(out.address)
      for (let i = 0; i < scalars.length; i++) addresses.push(scalars[i]!)
      run(size, ...addresses)
    } else {
      this.#runStrided(
        out,
        addresses,
        stridedAxes(
          shape,
          operands.map(operand => operand.shape),
        ),
        scalars,
      )
    }
    return out
  }

  /** `apply` for operands that all have the shape of the first. */
  map(operands: readonly Tensor[], scalars: readonly number[] = []): Tensor {
    return this.apply(operands, operands[0]!.shape, scalars)
  }

  /** One call for the two innermost axes, repeated over the rest. */
  #runStrided(
    out: Tensor,
    addresses: readonly number[],
    axes: readonly StridedAxis[],
    scalars: readonly number[],
  ): void {
    const still = { length: 1, strides: addresses.map(() => 0) }
    const [columns = still, rows = still, ...rest] = axes
    const spans = columns.strides.map(stride => (stride === 1 ? 'e' : 'o')).join('')
    const program = compiled(this.#program(spans), out.backend)
    const block = rows.length * columns.length
    const blocks = rest.reduce((product, axis) => product * axis.length, 1)
    for (let index = 0; index < blocks; index++) {
      const starts = [...addresses]
      let position = index
      for (const axis of rest) {
        const step = position % axis.length
        position = (position - step) / axis.length
        for (let i = 0; i < starts.length; i++) starts[i]! += 4 * step * axis.strides[i]!
      }
      const target = out.address + 4 * index * block
      if (rows.length === 1) {
        program.run(columns.length, ...starts, target, ...scalars)
      } else {
        const arrays = starts.flatMap((start, i) => [start, 4 * rows.strides[i]!])
        program.runRows(rows.length, columns.length, ...arrays, target, 4 * columns.length, ...scalars)
      }
    }
  }
}

/** The fewest axes, innermost first, that describe a broadcast: axes of one entry go, axes that move alike merge. */
function stridedAxes(shape: Shape, shapes: readonly Shape[]): readonly StridedAxis[] {
  const axes: StridedAxis[] = []
  const steps = shapes.map(() => 1)
  for (let back = 1; back <= shape.length; back++) {
    const length = shape[shape.length - back]!
    const strides = shapes.map((operand, i) => {
      const own = operand[operand.length - back] ?? 1
      const stride = own === 1 ? 0 : steps[i]!
      steps[i]! *= own
      return stride
    })
    if (length === 1) continue
    const inner = axes.at(-1)
    if (inner?.strides.every((stride, i) => strides[i] === stride * inner.length)) inner.length *= length
    else axes.push({ length, strides })
  }
  return axes
}
