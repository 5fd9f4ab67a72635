// The error function in double precision: a Taylor series near 0, a continued fraction far from it.

/** erf(x), to about 1e-15. */
export function preciseErf(x: number): number {
  const magnitude = Math.abs(x)
  if (magnitude > 6) return Math.sign(x)
  return Math.sign(x) * (magnitude < 2.5 ? series(magnitude) : 1 - complement(magnitude))
}

/** 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n + 1) / (1 * 3 * ... * (2n + 1)): every term is positive. */
function series(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 200 && term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

/** erfc by Lentz's continued fraction, evaluated from its end. */
function complement(x: number): number {
  let fraction = x
  for (let k = 120; k > 0; k--) fraction = x + k / 2 / fraction
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}

/** The standard normal distribution function, to about 1e-14 of itself. */
export function preciseNormalDistribution(x: number): number {
  const t = Math.abs(x) / Math.SQRT2
  const tail = 0.5 * (t < 2.5 ? 1 - series(t) : complement(t))
  return x < 0 ? tail : 1 - tail
}
