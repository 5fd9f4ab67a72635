// Neuron steps: one SIMD pass over all state, spiking indices appended from the lane mask. No fused multiply-add.
import { flushFaded } from './simd'

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

/** Whether any bit is set in the 64 bytes at each of three addresses. */
// @ts-ignore: decorator
@inline
function anySet64(a: usize, b: usize, c: usize): bool {
  const first = v128.or(v128.or(v128.load(a), v128.load(a, 16)), v128.or(v128.load(a, 32), v128.load(a, 48)))
  const second = v128.or(v128.or(v128.load(b), v128.load(b, 16)), v128.or(v128.load(b, 32), v128.load(b, 48)))
  const third = v128.or(v128.or(v128.load(c), v128.load(c, 16)), v128.or(v128.load(c, 32), v128.load(c, 48)))
  return v128.any_true(v128.or(v128.or(first, second), third))
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
  const zero = i32x4.splat(0)
  const vDecays = f32x4.splat(vDecay)
  const rests = f32x4.splat(rest)
  const gains = f32x4.splat(gain)
  const iDecays = f32x4.splat(iDecay)
  const thresholds = f32x4.splat(threshold)
  let count = 0
  for (let j = 0; j < n; j += 4) {
    const at = (j as usize) << 2
    const current = v128.load(i + at)
    v128.store(i + at, flushFaded(f32x4.mul(current, iDecays)))
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
  leakLoad: f32,
  rate: f32,
  excDecay: f32,
  inhDecay: f32,
  threshold: f32,
): i32 {
  const leakDrives = f32x4.splat(leakDrive)
  const excDrives = f32x4.splat(excDrive)
  const inhDrives = f32x4.splat(inhDrive)
  const leakLoads = f32x4.splat(leakLoad)
  const rates = f32x4.splat(rate)
  const excDecays = f32x4.splat(excDecay)
  const inhDecays = f32x4.splat(inhDecay)
  const thresholds = f32x4.splat(threshold)
  const zero = i32x4.splat(0)
  let count = 0
  // Sixteen neurons at a time: where none has synaptic input or is refractory, what is left out adds exactly nothing.
  for (let block = 0; block < n; block += 16) {
    const start = (block as usize) << 2
    const end = start + 64
    if (anySet64(gExc + start, gInh + start, refractory + start)) {
      for (let at = start; at < end; at += 16) {
        const ge = v128.load(gExc + at)
        const gi = v128.load(gInh + at)
        const old = v128.load(v + at)
        const steps = v128.load(refractory + at)
        const leak = f32x4.add(old, leakDrives)
        const drive = f32x4.add(f32x4.add(leak, f32x4.mul(ge, excDrives)), f32x4.mul(gi, inhDrives))
        const load = f32x4.add(leakLoads, f32x4.mul(rates, f32x4.add(ge, gi)))
        const next = f32x4.div(drive, load)
        v128.store(gExc + at, flushFaded(f32x4.mul(ge, excDecays)))
        v128.store(gInh + at, flushFaded(f32x4.mul(gi, inhDecays)))
        const held = i32x4.gt_s(steps, zero)
        // A held lane is all ones, which is -1: adding it counts down.
        v128.store(refractory + at, i32x4.add(steps, held))
        v128.store(v + at, v128.bitselect(old, next, held))
        const above = f32x4.gt(next, f32x4.add(thresholds, v128.load(theta + at)))
        const mask = i32x4.bitmask(v128.andnot(above, held))
        if (mask != 0) count = appendSpikes(mask, (at >> 2) as i32, n, spikes, count)
      }
    } else {
      for (let at = start; at < end; at += 16) {
        const next = f32x4.div(f32x4.add(v128.load(v + at), leakDrives), leakLoads)
        v128.store(v + at, next)
        const mask = i32x4.bitmask(f32x4.gt(next, f32x4.add(thresholds, v128.load(theta + at))))
        if (mask != 0) count = appendSpikes(mask, (at >> 2) as i32, n, spikes, count)
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
