// Round numbers along an axis.

/** Some round numbers from `low` to `high`, about `wanted` of them. */
export function ticks(low: number, high: number, wanted = 5): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(times => times * power).find(size => size >= rough) ?? 10 * power
  const found: number[] = []
  // Whole multiples, so that no error adds up.
  for (let times = Math.ceil(low / step); times * step <= high + step * 1e-9; times++)
    found.push(times * step)
  return found
}

/** The powers of ten from `low` to `high`, both above 0; their halves too where there are few. */
export function logarithmicTicks(low: number, high: number): number[] {
  const found: number[] = []
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const times of [1, 2, 5]) found.push(times * 10 ** power)
  }
  const inside = found.filter(tick => tick >= low * 0.999 && tick <= high * 1.001)
  const tens = inside.filter(tick => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9))
  return tens.length >= 3 ? tens : inside
}
