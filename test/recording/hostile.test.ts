// Recordings cut off, altered, forged or of another time: each opens with what is whole, or says what is wrong.
import { McapWriter } from '@mcap/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { brainFields } from '../../experiments/learners/brainFrame.ts'
import { mlpFields } from '../../experiments/learners/mlpFrame.ts'
import { ByteWriter } from '../../experiments/recording/bytes.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { limits } from '../../experiments/recording/format.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { loadCompressor, loadDecompressor } from '../../experiments/recording/zstd.ts'
import { InvalidArgumentError } from '../../src/index.ts'
import { information, joined, makeRecording, randomNumbers } from './frames.ts'
import { fuzzRecordings, recordBoundaries, showAll } from './fuzz.ts'

let whole: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  whole = await makeRecording({ frames: 16, seconds: 1.6, keyframeSeconds: 1 })
})

/** The code of the error that opening ends with, null for none. */
async function problemOf(bytes: Uint8Array | Blob): Promise<string | null> {
  try {
    showAll(await openRecording(bytes))
    return null
  } catch (error) {
    if (error instanceof RecordingError) return error.code
    throw error
  }
}

describe('a recording that was cut off', () => {
  it('opens with what is whole, at any byte, and says that its end is missing', async () => {
    const boundaries = recordBoundaries(whole)
    const random = randomNumbers(5)
    const lengths = new Set([
      ...boundaries.flatMap(at => [at - 1, at, at + 1]),
      ...Array.from({ length: 60 }, () => Math.floor(whole.length * random())),
      ...Array.from({ length: 40 }, (_, i) => i),
    ])
    const firstChunk = boundaries.find(at => whole[at] === 6)!
    const afterFirstChunk = boundaries[boundaries.indexOf(firstChunk) + 1]!
    let opened = 0
    for (const length of lengths) {
      if (length >= whole.length) continue
      const cut = whole.subarray(0, length)
      if (length < afterFirstChunk) {
        expect(['notMcap', 'damaged'], `${length} bytes`).toContain(await problemOf(cut))
        continue
      }
      const recording = await openRecording(cut)
      expect(recording.truncated).toBe(true)
      showAll(recording)
      opened += 1
    }
    expect(opened).toBeGreaterThan(30)
  })

  it('as a file that has gone since it was chosen says so', async () => {
    const blob = new Blob([whole])
    blob.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect(await problemOf(blob)).toBe('damaged')
  })
})

describe('a recording that was altered', () => {
  it('is read as far as it is sound, whatever bytes change', async () => {
    const outcomes = await fuzzRecordings(whole, 250, 1)
    expect(outcomes.opened + outcomes.refused).toBe(250)
    expect(outcomes.opened).toBeGreaterThan(20)
    expect(outcomes.refused).toBeGreaterThan(20)
  })

  it('leaves out a chunk whose CRC is not right, and shows the others', async () => {
    const chunks = recordBoundaries(whole).filter(at => whole[at] === 6)
    expect(chunks.length).toBeGreaterThan(0)
    const large = await makeRecording({ frames: 300, seconds: 20, keyframeSeconds: 2 })
    const places = recordBoundaries(large).filter(at => large[at] === 6)
    expect(places.length).toBeGreaterThan(2)
    const altered = large.slice()
    altered[places[1]! + 5000]! ^= 0xff
    const recording = await openRecording(altered)
    expect(recording).toMatchObject({ damagedChunks: 1, truncated: false, altered: true })
    const before = (await openRecording(large)).moments.length
    expect(recording.moments.length).toBeGreaterThan(before / 4)
    expect(recording.moments.length).toBeLessThan(before)
    showAll(recording)
  })

  it('says so when its configuration is not what was written', async () => {
    const text = new TextDecoder('latin1').decode(whole)
    const altered = whole.slice()
    const place = text.indexOf('"learningRate":0.00') + '"learningRate":0.00'.length
    altered[place] = '7'.charCodeAt(0)
    const recording = await openRecording(altered)
    expect(recording.information.config.learningRate).toBe(0.007)
    expect(recording.altered).toBe(true)
  })
})

describe('a recording that is none', () => {
  it('says what it is instead', async () => {
    expect(await problemOf(new Uint8Array(0))).toBe('notMcap')
    expect(await problemOf(new TextEncoder().encode('GIF89a and more than enough bytes'))).toBe('notMcap')
    expect(await problemOf(await foreign('ros2', new Map()))).toBe('notARecording')
    expect(await problemOf(await foreign('spikegrad', new Map()))).toBe('notARecording')
  })

  it('of a newer version, or of settings that cannot be, is refused', async () => {
    const newer = new Map([['version', '2']])
    expect(await problemOf(await foreign('spikegrad', newer))).toBe('newerVersion')
    for (const [name, value] of [
      ['neurons', 10_000],
      ['neurons', 20.5],
      ['learningRate', 1e9],
      ['learningRate', null],
      ['activation', 'swish'],
      ['classes', '1'],
      ['classes', '0000000000'],
      ['mlpLearning', 1],
    ] as const) {
      const config = JSON.stringify({ [name]: value })
      const text = new Map([
        ['version', '1'],
        ['config', config],
        ['data', '{}'],
      ])
      expect(await problemOf(await foreign('spikegrad', text)), config).toBe('badConfiguration')
    }
  })

  it('without frames is empty', async () => {
    expect(await problemOf(await makeRecording({ frames: 0 }))).toBe('empty')
  })
})

/** An MCAP file of another profile, or of other metadata. */
async function foreign(profile: string, metadata: Map<string, string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let position = 0
  const write = async (bytes: Uint8Array) => {
    parts.push(bytes.slice())
    position += bytes.length
  }
  const writer = new McapWriter({ writable: { write, position: () => BigInt(position) } })
  await writer.start({ profile, library: 'a test' })
  await writer.addMetadata({ name: 'spikegrad', metadata })
  await writer.end()
  return joined(parts)
}

/** A recording of these messages, forged: its CRCs are right. */
async function forged(messages: readonly { topic: string; bytes: Uint8Array }[]): Promise<Uint8Array> {
  const { RecordingWriter } = await import('../../experiments/recording/writer.ts')
  const parts: Uint8Array[] = []
  const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(1))
  await writer.start(information)
  for (const { topic, bytes } of messages) {
    await writer.add({
      topic: topic as '/mlp/key',
      seconds: 0,
      bytes: bytes.slice() as Uint8Array<ArrayBuffer>,
    })
  }
  await writer.end()
  return joined(parts)
}

function bytesOf(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter()
  write(writer)
  return writer.bytes.slice()
}

describe('a forged recording', () => {
  it('of messages altered before their CRC was made shows what it can', async () => {
    const outcomes = await fuzzRecordings(whole, 120, 2, { forge: true })
    expect(outcomes.opened + outcomes.refused).toBe(120)
    expect(outcomes.opened).toBeGreaterThan(20)
  })

  it('of networks beyond all bounds is refused before anything is allocated', async () => {
    const neurons = bytesOf(writer => writer.varint(1_000_000))
    const units = bytesOf(writer => {
      writer.varint(2 ** 40)
      writer.varint(4)
    })
    const header = bytesOf(writer => {
      writer.varint(brainFields.length)
      for (const _ of brainFields) writer.number(0)
    })
    const brain = await openRecording(
      await forged([
        { topic: '/brain/key', bytes: neurons },
        { topic: '/brain/frame', bytes: header },
      ]),
    )
    expect(() => brain.readers().brain.read(0)).toThrow(/brain of 1000000|up to 1600/)
    const mlpHeader = bytesOf(writer => {
      writer.varint(mlpFields.length)
      for (const _ of mlpFields) writer.number(0)
    })
    const mlp = await openRecording(
      await forged([
        { topic: '/mlp/key', bytes: units },
        { topic: '/mlp/frame', bytes: mlpHeader },
      ]),
    )
    expect(() => mlp.readers().mlp.read(0)).toThrow(/up to 256/)
  })

  it('of chunks that say to be huge is refused before anything is allocated', async () => {
    const decompress = await loadDecompressor()
    const compress = await loadCompressor(1)
    const bomb = compress(new Uint8Array(limits.chunk + 1))
    expect(bomb.length).toBeLessThan(2000)
    expect(() => decompress(bomb, limits.chunk + 1)).toThrow(expect.objectContaining({ code: 'tooLarge' }))
    expect(() => decompress(bomb, 100)).toThrow(expect.objectContaining({ code: 'damaged' }))
    // The size that the frame claims, raised.
    const small = compress(new Uint8Array(300))
    const claimed = small.slice()
    claimed[5] = 0xff
    claimed[6] = 0xff
    expect(() => decompress(claimed, 300)).toThrow(expect.objectContaining({ code: 'damaged' }))
    expect(() => decompress(claimed, 0xffff + 256)).toThrow(expect.objectContaining({ code: 'damaged' }))
    expect(() => decompress(Uint8Array.of(1, 2, 3), 3)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })

  it('of more records than a recording has is refused', async () => {
    const prefix = whole.subarray(0, 8)
    // Each of an operation code that no reader knows, and no bytes.
    const records = (count: number) => {
      const bytes = new Uint8Array(prefix.length + 9 * count)
      bytes.set(prefix)
      for (let record = 0; record < count; record++) bytes[prefix.length + 9 * record] = 0x80
      return bytes
    }
    expect(await problemOf(records(limits.records + 1))).toBe('tooLarge')
    expect(await problemOf(records(limits.records))).toBe('damaged')
    // What the page records in ten minutes has far fewer.
    const seconds = 10
    const short = await makeRecording({ frames: 15 * seconds, seconds })
    expect((recordBoundaries(short).length / seconds) * 600).toBeLessThan(limits.records / 5)
  })

  it('has no frames beyond its last one', async () => {
    const recording = await openRecording(whole)
    const { length } = recording.frames('mlp')
    const beyond = () => recording.frames('mlp').summary(length)
    expect(beyond).toThrow(InvalidArgumentError)
    expect(beyond).toThrow(`expected a frame from 0 to ${length - 1}, found ${length}`)
  })

  it('larger than a reader takes is refused unread', async () => {
    const blob = new Blob([])
    Object.defineProperty(blob, 'size', { value: limits.file + 1 })
    expect(await problemOf(blob)).toBe('tooLarge')
  })
})
