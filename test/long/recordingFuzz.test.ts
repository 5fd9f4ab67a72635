// Ten thousand altered recordings: each opens with what is whole or says what is wrong, none hangs or takes more memory.
import { describe, expect, it } from 'vitest'
import { makeRecording } from '../recording/frames.ts'
import { fuzzRecordings } from '../recording/fuzz.ts'

const FILES = 8000
const FORGED = 2000
const MOST_GROWTH = 200 * 2 ** 20

describe('altered recordings', () => {
  it('open or are refused, ten thousand of them', async () => {
    const whole = await makeRecording({ frames: 16, seconds: 1.6, keyframeSeconds: 1 })
    await fuzzRecordings(whole, 100, 0)
    const before = process.memoryUsage.rss()
    const altered = await fuzzRecordings(whole, FILES, 11)
    const forged = await fuzzRecordings(whole, FORGED, 12, { forge: true })
    expect(altered.opened + altered.refused).toBe(FILES)
    expect(forged.opened + forged.refused).toBe(FORGED)
    expect(Math.min(altered.opened, altered.refused, forged.opened)).toBeGreaterThan(100)
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH)
  })
})
