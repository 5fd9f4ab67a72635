// Running sums over the middle axis of [outer, length, inner], kept in float64.

export function cumulativeSum(x: usize, out: usize, outer: i32, length: i32, inner: i32, reverse: i32): void {
  const stride = <usize>inner << 2
  const block = stride * <usize>length
  const first = reverse ? block - stride : 0
  for (let i = 0; i < outer; i++, x += block, out += block) {
    for (let column: usize = 0; column < stride; column += 4) {
      let total: f64 = 0
      let at = first + column
      for (let j = 0; j < length; j++) {
        total += <f64>load<f32>(x + at)
        store<f32>(out + at, <f32>total)
        at = reverse ? at - stride : at + stride
      }
    }
  }
}
