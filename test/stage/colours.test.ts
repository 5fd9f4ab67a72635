// Packed colours: their bytes, their alpha, and what lies between two.
import { describe, expect, it } from 'vitest'
import { css, hex, mix, rgba, signColour, signs, withAlpha } from '../../viewer/stage/colours.ts'

describe('packed colours', () => {
  it('hold red, green, blue and alpha in this order in memory', () => {
    const bytes = new Uint8Array(Uint32Array.of(rgba(1, 2, 3, 1)).buffer)
    expect([...bytes]).toEqual([1, 2, 3, 255])
    expect(hex('#0072b2')).toBe(rgba(0, 0x72, 0xb2))
  })

  it('keep their hue when their alpha changes, which stays a byte', () => {
    expect(withAlpha(hex('#d55e00'), 0.5)).toBe(rgba(0xd5, 0x5e, 0, 0.5))
    expect(withAlpha(hex('#ffffff'), 7)).toBe(0xffffffff)
    expect(withAlpha(hex('#ffffff'), -1)).toBe(0x00ffffff)
  })

  it('mix channel by channel', () => {
    const [black, white] = [hex('#000000'), hex('#ffffff')]
    expect(mix(black, white, 0)).toBe(black)
    expect(mix(black, white, 1)).toBe(white)
    expect(mix(rgba(0, 100, 200, 0), rgba(100, 200, 0, 1), 0.5)).toBe(rgba(50, 150, 100, 128 / 255))
  })

  it('tell signs by blue and vermillion', () => {
    expect([signColour(2), signColour(0), signColour(-0.1)]).toEqual([
      signs.positive,
      signs.positive,
      signs.negative,
    ])
    expect(css(signs.negative)).toBe('rgb(213 94 0)')
  })
})
