// Optimiser updates, each one fused pass over a parameter, its gradient and its state.
import { flushTiny, multiplyAdd } from './simd'

/** |x| below 1e-20 becomes 0, as in `flushTiny`. */
// @ts-ignore: decorator
@inline
function flushTinyScalar(x: f32): f32 {
  return abs<f32>(x) >= 1e-20 ? x : 0
}

export function gradientDescentStep(parameter: usize, gradient: usize, n: i32, learningRate: f64): void {
  const rate = <f32>learningRate
  const minusRate = f32x4.splat(-rate)
  const end = parameter + (<usize>n << 2)
  const vectorEnd = parameter + (<usize>(n & ~3) << 2)
  for (; parameter < vectorEnd; parameter += 16, gradient += 16) {
    v128.store(parameter, multiplyAdd(minusRate, v128.load(gradient), v128.load(parameter)))
  }
  for (; parameter < end; parameter += 4, gradient += 4) {
    store<f32>(parameter, load<f32>(parameter) - rate * load<f32>(gradient))
  }
}

export function momentumStep(
  parameter: usize,
  gradient: usize,
  velocity: usize,
  n: i32,
  learningRate: f64,
  momentum: f64,
): void {
  const rate = <f32>learningRate
  const carry = <f32>momentum
  const minusRate = f32x4.splat(-rate)
  const carryLanes = f32x4.splat(carry)
  const end = parameter + (<usize>n << 2)
  const vectorEnd = parameter + (<usize>(n & ~3) << 2)
  for (; parameter < vectorEnd; parameter += 16, gradient += 16, velocity += 16) {
    const v = flushTiny(multiplyAdd(carryLanes, v128.load(velocity), v128.load(gradient)))
    v128.store(velocity, v)
    v128.store(parameter, multiplyAdd(minusRate, v, v128.load(parameter)))
  }
  for (; parameter < end; parameter += 4, gradient += 4, velocity += 4) {
    const v = flushTinyScalar(carry * load<f32>(velocity) + load<f32>(gradient))
    store<f32>(velocity, v)
    store<f32>(parameter, load<f32>(parameter) - rate * v)
  }
}

export function adamStep(
  parameter: usize,
  gradient: usize,
  firstMoment: usize,
  secondMoment: usize,
  n: i32,
  stepSize: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  secondCorrection: f64,
): void {
  const minusStep = -(<f32>stepSize)
  const b1 = <f32>beta1
  const b2 = <f32>beta2
  // Taken in double precision: 1 - 0.999 in single precision is wrong in its fifth digit.
  const c1 = <f32>(1 - beta1)
  const c2 = <f32>(1 - beta2)
  const small = <f32>epsilon
  const correction = <f32>secondCorrection
  const end = parameter + (<usize>n << 2)
  const vectorEnd = parameter + (<usize>(n & ~3) << 2)
  for (; parameter < vectorEnd; parameter += 16) {
    const g = v128.load(gradient)
    const carried1 = f32x4.mul(f32x4.splat(b1), v128.load(firstMoment))
    const carried2 = f32x4.mul(f32x4.splat(b2), v128.load(secondMoment))
    const m = flushTiny(multiplyAdd(f32x4.splat(c1), g, carried1))
    const v = flushTiny(multiplyAdd(f32x4.splat(c2), f32x4.mul(g, g), carried2))
    v128.store(firstMoment, m)
    v128.store(secondMoment, v)
    const divisor = multiplyAdd(f32x4.sqrt(v), f32x4.splat(correction), f32x4.splat(small))
    const direction = f32x4.div(m, divisor)
    v128.store(parameter, multiplyAdd(f32x4.splat(minusStep), direction, v128.load(parameter)))
    gradient += 16
    firstMoment += 16
    secondMoment += 16
  }
  for (; parameter < end; parameter += 4) {
    const g = load<f32>(gradient)
    const m = flushTinyScalar(c1 * g + b1 * load<f32>(firstMoment))
    const v = flushTinyScalar(c2 * (g * g) + b2 * load<f32>(secondMoment))
    store<f32>(firstMoment, m)
    store<f32>(secondMoment, v)
    const direction = m / (sqrt<f32>(v) * correction + small)
    store<f32>(parameter, load<f32>(parameter) + minusStep * direction)
    gradient += 4
    firstMoment += 4
    secondMoment += 4
  }
}
