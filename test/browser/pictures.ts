// PNG files: made smaller, and compared.
import { crc32, deflateSync } from 'node:zlib'
import { decode } from 'fast-png'

const CHANNELS = 3
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/** What each filter of a PNG row takes a byte to follow from: those to its left, above it, and above that one. */
const filters: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  left => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)]
    return a <= b && a <= c ? left : b <= c ? above : corner
  },
]

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A row by the filter that leaves the smallest bytes, with the filter's number before it. */
function filtered(row: Uint8Array, before: Uint8Array): Uint8Array {
  let best = new Uint8Array()
  let least = Number.POSITIVE_INFINITY
  for (const [number, filter] of filters.entries()) {
    const bytes = new Uint8Array(row.length + 1)
    bytes[0] = number
    let sum = 0
    for (let at = 0; at < row.length; at++) {
      const known = at >= CHANNELS
      const from = filter(known ? row[at - CHANNELS]! : 0, before[at]!, known ? before[at - CHANNELS]! : 0)
      bytes[at + 1] = row[at]! - from
      sum += Math.min(bytes[at + 1]!, 256 - bytes[at + 1]!)
    }
    if (sum < least) [best, least] = [bytes, sum]
  }
  return best
}

/** The same picture in fewer bytes: without the channel of transparency, its rows as they are or filtered, whatever comes to less. */
export function smaller(png: Uint8Array): Uint8Array {
  const { width, height, data, channels } = decode(png)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits, red, green and blue.
  header.set([8, 2], 8)
  const [plain, rows]: [Uint8Array[], Uint8Array[]] = [[], []]
  let before = new Uint8Array(width * CHANNELS)
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(width * CHANNELS)
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < CHANNELS; channel++)
        row[CHANNELS * x + channel] = data[channels * (y * width + x) + channel]!
    }
    plain.push(Uint8Array.of(0), row)
    rows.push(filtered(row, before))
    before = row
  }
  const [flat, followed] = [plain, rows].map(one => deflateSync(Buffer.concat(one), { level: 9 }))
  const pixels = flat!.length < followed!.length ? flat! : followed!
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * Pixels that differ between two pictures by more than `levels` of 255 in red, green or blue; every pixel where their sizes differ.
 */
export function differingPixels(before: Uint8Array, after: Uint8Array, levels = 0): number {
  const [a, b] = [decode(before), decode(after)]
  if (a.width !== b.width || a.height !== b.height) return Math.max(a.width * a.height, b.width * b.height)
  let differing = 0
  for (let pixel = 0; pixel < a.width * a.height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const distance = a.data[pixel * a.channels + channel]! - b.data[pixel * b.channels + channel]!
      if (Math.abs(distance) <= levels) continue
      differing++
      break
    }
  }
  return differing
}
