// Timing what takes far less than a millisecond: the best of many bursts.

const BURSTS = 30
/** Long enough that the clock's steps do not count, short enough that some bursts meet no interruption. */
const BURST_SECONDS = 2e-3

/** The seconds of one call, from the best of some bursts of calls; the first ones warm up. */
export function bestSeconds(call: () => void): number {
  let calls = 1
  while (secondsOf(call, calls) < BURST_SECONDS) calls *= 2
  let best = Number.POSITIVE_INFINITY
  for (let burst = 0; burst < BURSTS; burst++) best = Math.min(best, secondsOf(call, calls) / calls)
  return best
}

function secondsOf(call: () => void, calls: number): number {
  const started = performance.now()
  for (let i = 0; i < calls; i++) call()
  return (performance.now() - started) / 1e3
}
