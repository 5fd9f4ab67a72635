// Elementwise kernels of the reference backend; storing in a float32 array rounds as the contract demands.
import type { Address, Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

type ElementwiseKernels = Pick<
  Kernels,
  | 'fill'
  | 'copy'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'sqrt'
  | 'exp'
  | 'log'
  | 'relu'
  | 'reluGradient'
>

/** A kernel that combines two strided matrices entry by entry. */
function binary(memory: Memory, combine: (a: number, b: number) => number): Kernels['add'] {
  return (a, aRow, aColumn, b, bRow, bColumn, out, rows, columns) => {
    const { float32 } = memory
    let target = out >>> 2
    for (let row = 0; row < rows; row++) {
      let left = (a >>> 2) + row * aRow
      let right = (b >>> 2) + row * bRow
      for (let column = 0; column < columns; column++) {
        float32[target++] = combine(float32[left]!, float32[right]!)
        left += aColumn
        right += bColumn
      }
    }
  }
}

/** A kernel that maps an array entry by entry. */
function unary(memory: Memory, map: (x: number) => number): Kernels['negate'] {
  return (x: Address, out: Address, n: number) => {
    const { float32 } = memory
    const source = x >>> 2
    const target = out >>> 2
    for (let i = 0; i < n; i++) float32[target + i] = map(float32[source + i]!)
  }
}

export function elementwiseKernels(memory: Memory): ElementwiseKernels {
  return {
    fill(out, n, value) {
      memory.float32.fill(value, out >>> 2, (out >>> 2) + n)
    },
    copy(x, out, n) {
      memory.float32.copyWithin(out >>> 2, x >>> 2, (x >>> 2) + n)
    },
    add: binary(memory, (a, b) => a + b),
    subtract: binary(memory, (a, b) => a - b),
    multiply: binary(memory, (a, b) => a * b),
    divide: binary(memory, (a, b) => a / b),
    negate: unary(memory, x => -x),
    sqrt: unary(memory, Math.sqrt),
    exp: unary(memory, Math.exp),
    log: unary(memory, Math.log),
    relu: unary(memory, x => Math.max(x, 0)),
    reluGradient(x, gradient, out, n) {
      const { float32 } = memory
      for (let i = 0; i < n; i++) {
        float32[(out >>> 2) + i] = float32[(x >>> 2) + i]! > 0 ? float32[(gradient >>> 2) + i]! : 0
      }
    },
  }
}
