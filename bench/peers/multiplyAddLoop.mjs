// The bare multiply-add loop: how fast this engine's WebAssembly multiplies and adds when nothing else has to be done. Answers
// with the time that the loop takes for as many multiply-adds as a product (`--multiply-adds`).
//
// The module is written here by hand: independent accumulators c = c * x + y in vectors of four, fused where the engine has
// relaxed SIMD. Several numbers of accumulators are tried, since the fewest that hide the latency differ; the best counts.
import { parseArgs } from 'node:util'
import { serve } from './peer.mjs'

const ACCUMULATORS = [8, 10, 12, 13]
/** Times that the loop's body has every accumulator. */
const UNROLLED = 4
/** Iterations of a call: few, since an engine does not replace code in the middle of one. */
const ITERATIONS = 500
/** As our side's bursts are (bench/sides/timing.ts): the best of 30, each of 2 ms or more, longer where the product is. */
const BURSTS = 30
const BURST_SECONDS = 2e-3

const { values: options } = parseArgs({ options: { 'multiply-adds': { type: 'string' } } })

/** An unsigned number in LEB128. */
function encoded(value) {
  const bytes = []
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0))
    value >>>= 7
  } while (value > 0)
  return bytes
}

const simd = code => [0xfd, ...encoded(code)]
const SPLAT = simd(0x13)
const MULTIPLY = simd(0xe6)
const ADD = simd(0xe4)
const FUSED = simd(0x105)
const EXTRACT_FIRST = [...simd(0x1f), 0]
const get = local => [0x20, ...encoded(local)]
const set = local => [0x21, ...encoded(local)]
const constant = value => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)]
const section = (id, content) => [id, ...encoded(content.length), ...content]
const repeat = (count, part) => Array.from({ length: count }, (_, i) => part(i)).flat()

/** A module whose `loop(iterations)` returns a number that depends on every accumulator. */
function loopModule(accumulators, fused) {
  const [iterations, x, y, first] = [0, 1, 2, 3]
  const step = i =>
    fused
      ? [...get(first + i), ...get(x), ...get(y), ...FUSED, ...set(first + i)]
      : [...get(first + i), ...get(x), ...MULTIPLY, ...get(y), ...ADD, ...set(first + i)]
  const body = [
    ...[...constant(0.999), ...SPLAT, ...set(x), ...constant(0.001), ...SPLAT, ...set(y)],
    ...repeat(accumulators, i => [...constant(i / 16), ...SPLAT, ...set(first + i)]),
    ...[0x03, 0x40, ...repeat(UNROLLED, () => repeat(accumulators, step))],
    // iterations -= 1; again unless it is 0
    ...[...get(iterations), 0x41, 1, 0x6b, 0x22, iterations, 0x0d, 0, 0x0b],
    ...[...get(first), ...repeat(accumulators - 1, i => [...get(first + 1 + i), ...ADD])],
    ...[...EXTRACT_FIRST, 0x0b],
  ]
  const code = [1, ...encoded(accumulators + 2), 0x7b, ...body]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(7, [1, 4, ...new TextEncoder().encode('loop'), 0, 0]),
    ...section(10, [1, ...encoded(code.length), ...code]),
  ])
}

const fused = WebAssembly.validate(loopModule(8, true))
const loops = ACCUMULATORS.map(accumulators => {
  const module = new WebAssembly.Module(loopModule(accumulators, fused))
  return { accumulators, loop: new WebAssembly.Instance(module).exports.loop }
})

/** Multiply-adds a second: the best of some bursts of calls. */
function rateOf({ accumulators, loop }, calls, bursts) {
  let best = 0
  for (let burst = 0; burst < bursts; burst++) {
    const started = performance.now()
    for (let i = 0; i < calls; i++) loop(ITERATIONS)
    const seconds = (performance.now() - started) / 1e3
    best = Math.max(best, (calls * ITERATIONS * UNROLLED * accumulators * 4) / seconds)
  }
  return best
}

const multiplyAdds = Number(options['multiply-adds'])
/** The number of accumulators that is fastest in short bursts, of which some meet no interruption; the first ones warm up. */
const rates = loops.map(each => Math.max(rateOf(each, 1, 500), rateOf(each, 1, 500)))
const fastest = loops[rates.indexOf(Math.max(...rates))]
const wanted = Math.max(multiplyAdds, BURST_SECONDS * Math.max(...rates))
const calls = Math.ceil(wanted / (ITERATIONS * UNROLLED * fastest.accumulators * 4))

const version = process.versions.v8
const kind = fused ? 'fused multiply-adds' : 'multiply and add apart'
await serve({ version, detail: `${kind}, ${fastest.accumulators} accumulators` }, async () => {
  const rate = rateOf(fastest, calls, BURSTS)
  return { seconds: multiplyAdds / rate, gigaflops: (2 * rate) / 1e9 }
})
