// The functions that compiled programs call: a block of random words, and the collecting of indices.
import { FunctionCode, valueType } from './encoding.ts'
import { i32, i64, lane } from './instructions.ts'

const { i32: I32, v128: V128 } = valueType

/** Philox 4x32-10 (Salmon et al. 2011): (counter0, counter1, counter2, key0, key1) to four words; the last counter is 0. */
export function philoxFunction(): FunctionCode {
  const code = new FunctionCode([I32, I32, I32, I32, I32], V128)
  const counters = [0, 1, 2, code.local(I32)] as const
  const [c0, c1, c2, c3] = counters
  const [key0, key1] = [3, 4]
  const [high0, high1, low0, low1] = [code.local(I32), code.local(I32), code.local(I32), code.local(I32)]
  const product = (multiplier: number, counter: number, high: number, low: number) => {
    code.i32(multiplier).emit(i64.extendUnsigned).get(counter).emit(i64.extendUnsigned, i64.multiply)
    code.i32(32).emit(i64.extendUnsigned, i64.shiftRightUnsigned, i32.wrap).set(high)
    code.i32(multiplier).get(counter).emit(i32.multiply).set(low)
  }
  for (let round = 0; round < 10; round++) {
    product(0xd2511f53, c0, high0, low0)
    product(0xcd9e8d57, c2, high1, low1)
    code.get(high1).get(c1).emit(i32.xor).get(key0).i32(Math.imul(round, 0x9e3779b9))
    code.emit(i32.add, i32.xor).set(c0)
    code.get(high0).get(c3).emit(i32.xor).get(key1).i32(Math.imul(round, 0xbb67ae85))
    code.emit(i32.add, i32.xor).set(c2)
    code.get(low1).set(c1).get(low0).set(c3)
  }
  code.get(c0).simd(lane.splat)
  for (const index of [1, 2, 3]) code.get(counters[index]!).simd(lane.replace).emit(index)
  return code
}

/** Appends `first` + each set bit of `mask` to `list`, which has `count` entries: (mask, first, list, count) to the new count. */
export function appendFunction(): FunctionCode {
  const code = new FunctionCode([I32, I32, I32, I32], I32)
  const [mask, first, list, count] = [0, 1, 2, 3] as const
  code.get(mask).when(() => {
    code.loop(() => {
      code.get(list).get(count).i32(2).emit(i32.shiftLeft, i32.add)
      code.get(first).get(mask).emit(i32.trailingZeros, i32.add).memory(i32.store, 2, 0)
      code.get(count).i32(1).emit(i32.add).set(count)
      code.get(mask).get(mask).i32(1).emit(i32.subtract, i32.and).tee(mask).branchIf(0)
    })
  })
  code.get(count)
  return code
}
