// Pictures stay what they are when they are made smaller, and what differs is counted.
import { decode, encode } from 'fast-png'
import { expect, it } from 'vitest'
import { differingPixels, smaller } from './pictures.ts'

const [width, height] = [40, 30]
const data = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
  at % 4 === 3 ? 255 : (at % 4) * 60 + ((at >> 2) % width) + Math.floor(at / 4 / width) * 2,
)
const png = encode({ width, height, data, channels: 4 })

it('a picture is the same in fewer bytes', () => {
  const packed = smaller(png)
  expect(packed.length).toBeLessThan(png.length)
  expect(decode(packed)).toMatchObject({ width, height, channels: 3 })
  expect(differingPixels(png, packed)).toBe(0)
})

it('counts the pixels that differ by more than is allowed', () => {
  const other = data.slice()
  other[0] = data[0]! + 3
  other[400] = data[400]! + 5
  const changed = encode({ width, height, data: other, channels: 4 })
  expect(differingPixels(png, changed)).toBe(2)
  expect(differingPixels(png, changed, 4)).toBe(1)
  expect(differingPixels(png, encode({ width: 1, height: 1, data: data.slice(0, 4) }))).toBe(width * height)
})
