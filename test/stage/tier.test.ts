// The watch over slow pictures: it steps down when they stay slow.
import { describe, expect, it } from 'vitest'
import { TierWatch, tiers } from '../../viewer/stage/tier.ts'

/** Notes pictures that take so long; returns the tiers taken on the way. */
function draw(watch: TierWatch, duration: number, pictures: number): string[] {
  const names: string[] = []
  for (let picture = 0; picture < pictures; picture++) if (watch.note(duration)) names.push(watch.tier.name)
  return names
}

describe('the tier', () => {
  it('stays the best while pictures are done fast', () => {
    const watch = new TierWatch()
    expect(draw(watch, 17, 500)).toEqual([])
    expect(watch.tier).toBe(tiers[0])
  })

  it('goes down step by step while they take long, and no further than the last', () => {
    const watch = new TierWatch()
    expect(draw(watch, 80, 500)).toEqual(['reduced', 'low'])
    expect(watch.tier).toBe(tiers.at(-1))
  })

  it('goes down at once where pictures take far too long', () => {
    expect(draw(new TierWatch(), 200, 6)).toEqual(['low'])
  })

  it('forgives a few slow pictures among fast ones', () => {
    const watch = new TierWatch()
    for (let picture = 0; picture < 500; picture++) {
      expect(watch.note(picture % 4 === 0 ? 120 : 17)).toBe(false)
    }
  })

  it('begins anew when asked', () => {
    const watch = new TierWatch()
    draw(watch, 80, 100)
    watch.reset()
    expect(watch.tier).toBe(tiers[0])
  })

  it('costs less from one to the next', () => {
    for (let level = 1; level < tiers.length; level++) {
      expect(tiers[level]!.pixelRatio).toBeLessThan(tiers[level - 1]!.pixelRatio)
      expect(tiers[level]!.edges).toBeLessThan(tiers[level - 1]!.edges)
    }
  })
})
