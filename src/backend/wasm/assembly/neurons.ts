// Neuron steps: one SIMD pass over all state, spiking indices appended from the lane mask. No fused multiply-add.
import { FADED, flushFaded, MAGNITUDE, pinned } from './simd'

/** Appends the indices of the set lanes of `mask`, whose lane 0 is neuron j; lanes at or past n never spike. */
// @ts-ignore: decorator
@inline
function appendSpikes(mask: i32, j: i32, n: i32, spikes: usize, count: i32): i32 {
  const left = n - j
  if (left < 4) mask &= left > 0 ? (1 << left) - 1 : 0
  while (mask != 0) {
    store<i32>(spikes + ((count as usize) << 2), j + ctz(mask))
    count++
    mask &= mask - 1
  }
  return count
}

/** The 64 bytes at an address, or-ed into one vector. */
// @ts-ignore: decorator
@inline
function or64(at: usize): v128 {
  return v128.or(v128.or(v128.load(at), v128.load(at, 16)), v128.or(v128.load(at, 32), v128.load(at, 48)))
}

/** As `flushFaded`, of what is never negative: one operation less in the busiest loop of all. */
// @ts-ignore: decorator
@inline
function flushFadedConductance(x: v128, faded: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, faded))
}

/** The membranes of four conductance neurons after one step. */
// @ts-ignore: decorator
@inline
function conductanceMembrane(
  old: v128,
  ge: v128,
  gi: v128,
  leakDrives: v128,
  excDrives: v128,
  inhDrives: v128,
  rates: v128,
  halves: v128,
  ones: v128,
): v128 {
  const x = f32x4.add(rates, f32x4.mul(rates, f32x4.add(ge, gi)))
  const q = f32x4.add(ones, f32x4.mul(halves, x))
  const drive = f32x4.add(f32x4.add(leakDrives, f32x4.mul(ge, excDrives)), f32x4.mul(gi, inhDrives))
  return f32x4.div(f32x4.add(old, f32x4.mul(drive, q)), f32x4.add(ones, f32x4.mul(x, q)))
}

export function currentLifStep(
  v: usize,
  i: usize,
  refractory: usize,
  spikes: usize,
  n: i32,
  vDecay: f32,
  rest: f32,
  gain: f32,
  iDecay: f32,
  threshold: f32,
): i32 {
  const faded = pinned(FADED)
  const magnitude = pinned(reinterpret<f32>(MAGNITUDE))
  const zero = i32x4.splat(0)
  const vDecays = pinned(vDecay)
  const rests = pinned(rest)
  const gains = pinned(gain)
  const iDecays = pinned(iDecay)
  const thresholds = pinned(threshold)
  let count = 0
  for (let j = 0; j < n; j += 4) {
    const at = (j as usize) << 2
    const current = v128.load(i + at)
    v128.store(i + at, flushFaded(f32x4.mul(current, iDecays), faded, magnitude))
    const steps = v128.load(refractory + at)
    const held = i32x4.gt_s(steps, zero)
    // A held lane is all ones, which is -1: adding it counts down.
    v128.store(refractory + at, i32x4.add(steps, held))
    const old = v128.load(v + at)
    const target = f32x4.add(rests, f32x4.mul(gains, current))
    const next = f32x4.add(target, f32x4.mul(f32x4.sub(old, target), vDecays))
    v128.store(v + at, v128.bitselect(old, next, held))
    const mask = i32x4.bitmask(v128.andnot(f32x4.gt(next, thresholds), held))
    if (mask != 0) count = appendSpikes(mask, j, n, spikes, count)
  }
  return count
}

/** One step of four neurons without input at `v`; returns the mask of those above threshold. */
// @ts-ignore: decorator
@inline
function relaxTowardsRest(v: usize, theta: usize, restDrives: v128, restLoads: v128, thresholds: v128): v128 {
  const next = f32x4.div(f32x4.add(v128.load(v), restDrives), restLoads)
  v128.store(v, next)
  return f32x4.gt(next, f32x4.add(thresholds, v128.load(theta)))
}

export function conductanceLifStep(
  v: usize,
  gExc: usize,
  gInh: usize,
  theta: usize,
  refractory: usize,
  spikes: usize,
  n: i32,
  leakDrive: f32,
  excDrive: f32,
  inhDrive: f32,
  rate: f32,
  excDecay: f32,
  inhDecay: f32,
  threshold: f32,
): i32 {
  const leakDrives = pinned(leakDrive)
  const excDrives = pinned(excDrive)
  const inhDrives = pinned(inhDrive)
  const rates = pinned(rate)
  const excDecays = pinned(excDecay)
  const inhDecays = pinned(inhDecay)
  const thresholds = pinned(threshold)
  const halves = pinned(0.5)
  const ones = pinned(1)
  // What the formula comes to without input.
  const restQ: f32 = 1 + 0.5 * rate
  const restDrives = pinned(leakDrive * restQ)
  const restLoads = pinned(1 + rate * restQ)
  const faded = pinned(FADED)
  const zero = i32x4.splat(0)
  let count = 0
  // Sixteen neurons at a time: what is left out where none is refractory, or none has synaptic input, changes nothing.
  for (let block = 0; block < n; block += 16) {
    const start = (block as usize) << 2
    const end = start + 64
    if (v128.any_true(or64(refractory + start))) {
      for (let at = start; at < end; at += 16) {
        const ge = v128.load(gExc + at)
        const gi = v128.load(gInh + at)
        const old = v128.load(v + at)
        const steps = v128.load(refractory + at)
        const next = conductanceMembrane(old, ge, gi, leakDrives, excDrives, inhDrives, rates, halves, ones)
        v128.store(gExc + at, flushFadedConductance(f32x4.mul(ge, excDecays), faded))
        v128.store(gInh + at, flushFadedConductance(f32x4.mul(gi, inhDecays), faded))
        const held = i32x4.gt_s(steps, zero)
        // A held lane is all ones, which is -1: adding it counts down.
        v128.store(refractory + at, i32x4.add(steps, held))
        v128.store(v + at, v128.bitselect(old, next, held))
        const above = f32x4.gt(next, f32x4.add(thresholds, v128.load(theta + at)))
        const mask = i32x4.bitmask(v128.andnot(above, held))
        if (mask != 0) count = appendSpikes(mask, (at >> 2) as i32, n, spikes, count)
      }
    } else if (v128.any_true(v128.or(or64(gExc + start), or64(gInh + start)))) {
      for (let at = start; at < end; at += 16) {
        const ge = v128.load(gExc + at)
        const gi = v128.load(gInh + at)
        const old = v128.load(v + at)
        const next = conductanceMembrane(old, ge, gi, leakDrives, excDrives, inhDrives, rates, halves, ones)
        v128.store(v + at, next)
        v128.store(gExc + at, flushFadedConductance(f32x4.mul(ge, excDecays), faded))
        v128.store(gInh + at, flushFadedConductance(f32x4.mul(gi, inhDecays), faded))
        const mask = i32x4.bitmask(f32x4.gt(next, f32x4.add(thresholds, v128.load(theta + at))))
        if (mask != 0) count = appendSpikes(mask, (at >> 2) as i32, n, spikes, count)
      }
    } else {
      const above0 = relaxTowardsRest(v + start, theta + start, restDrives, restLoads, thresholds)
      const above1 = relaxTowardsRest(v + start + 16, theta + start + 16, restDrives, restLoads, thresholds)
      const above2 = relaxTowardsRest(v + start + 32, theta + start + 32, restDrives, restLoads, thresholds)
      const above3 = relaxTowardsRest(v + start + 48, theta + start + 48, restDrives, restLoads, thresholds)
      if (v128.any_true(v128.or(v128.or(above0, above1), v128.or(above2, above3)))) {
        count = appendSpikes(i32x4.bitmask(above0), block, n, spikes, count)
        count = appendSpikes(i32x4.bitmask(above1), block + 4, n, spikes, count)
        count = appendSpikes(i32x4.bitmask(above2), block + 8, n, spikes, count)
        count = appendSpikes(i32x4.bitmask(above3), block + 12, n, spikes, count)
      }
    }
  }
  return count
}

export function resetNeurons(
  spikes: usize,
  count: i32,
  v: usize,
  refractory: usize,
  vReset: f32,
  steps: i32,
): void {
  for (let s = 0; s < count; s++) {
    const at = (load<i32>(spikes + ((s as usize) << 2)) as usize) << 2
    store<f32>(v + at, vReset)
    store<i32>(refractory + at, steps)
  }
}
