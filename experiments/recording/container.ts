// The MCAP file around a recording: finds its whole records, whatever is missing at the end, and reads its chunks one at a time.
import { McapRecordBuilder, McapStreamReader } from '@mcap/core'
import { crc32 } from './crc32.ts'
import { damaged, RecordingError } from './errors.ts'
import { limits } from './format.ts'
import { type Decompress, decompressTrusted } from './zstd.ts'

const MAGIC = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]
/** An operation code and the length of what follows. */
const PREFIX_BYTES = 9
/** What a chunk has beside its messages. */
const CHUNK_OVERHEAD = 1024
const codes = { header: 1, footer: 2, channel: 4, chunk: 6, metadata: 12, dataEnd: 15 } as const

type McapRecord = NonNullable<ReturnType<McapStreamReader['nextRecord']>>
type Of<Type extends McapRecord['type']> = Extract<McapRecord, { type: Type }>
type Channel = Of<'Channel'>

export interface ContainerMessage {
  readonly topic: string
  readonly seconds: number
  readonly bytes: Uint8Array
}

/** Where a whole record lies, its prefix included. */
interface Place {
  readonly code: number
  readonly start: number
  readonly end: number
}

function hasMagic(bytes: Uint8Array, offset: number): boolean {
  return MAGIC.every((byte, i) => bytes[offset + i] === byte)
}

/**
 * The records that are there whole, and whether the file ends as it should.
 * @throws RecordingError when there are more than a recording has.
 */
function findRecords(bytes: Uint8Array): { places: Place[]; complete: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const places: Place[] = []
  let start = MAGIC.length
  while (start + PREFIX_BYTES <= bytes.length) {
    const code = bytes[start]!
    const length = Number(view.getBigUint64(start + 1, true))
    const end = start + PREFIX_BYTES + length
    if (code === 0 || end > bytes.length) break
    if (places.length >= limits.records) {
      throw new RecordingError(
        'tooLarge',
        `expected up to ${limits.records} records, found more, at byte ${start} of ${bytes.length}`,
      )
    }
    places.push({ code, start, end })
    if (code === codes.footer) return { places, complete: hasMagic(bytes, end) }
    start = end
  }
  return { places, complete: false }
}

export class Container {
  readonly profile: string
  readonly metadata: readonly { readonly name: string; readonly text: ReadonlyMap<string, string> }[]
  readonly chunks: number
  /** Whether its end is missing. */
  readonly truncated: boolean
  /** Whether something outside the chunks is not as it was written. */
  readonly altered: boolean
  readonly #bytes: Uint8Array
  readonly #chunks: readonly Place[]
  readonly #decompress: Decompress
  readonly #channels = new Map<number, Channel>()
  #channelBytes: Uint8Array = new Uint8Array(0)
  /** Chunks that were read whole once: the quick decompressor may have them from then on. */
  readonly #sound = new Set<number>()

  /** @throws RecordingError when it is no MCAP file, or one of too many records. */
  constructor(bytes: Uint8Array, decompress: Decompress) {
    if (!hasMagic(bytes, 0)) {
      throw new RecordingError('notMcap', 'expected an MCAP file, found another kind of file')
    }
    const { places, complete } = findRecords(bytes)
    this.#bytes = bytes
    this.#decompress = decompress
    this.#chunks = places.filter(({ code }) => code === codes.chunk)
    this.chunks = this.#chunks.length
    this.truncated = !complete
    this.altered = this.#wasAltered(places)
    this.profile = this.#read(places, codes.header, 'Header')[0]?.profile ?? ''
    this.metadata = this.#read(places, codes.metadata, 'Metadata').map(record => ({
      name: record.name,
      text: record.metadata,
    }))
    // The index at the end repeats the channels, should the chunk that has them be damaged.
    this.#learn(this.#read(places, codes.channel, 'Channel'))
  }

  /**
   * The messages of a chunk, in order.
   * @throws RecordingError when it is damaged.
   */
  read(chunk: number): readonly ContainerMessage[] {
    const { start, end } = this.#chunks[chunk]!
    if (end - start > limits.chunk + CHUNK_OVERHEAD)
      throw new RecordingError('tooLarge', 'a chunk is too large')
    const decompress = this.#sound.has(chunk) ? decompressTrusted : this.#decompress
    const records = this.#parse([this.#channelBytes, this.#bytes.subarray(start, end)], decompress)
    this.#sound.add(chunk)
    this.#learn(records.filter(record => record.type === 'Channel'))
    return records.flatMap(record => {
      if (record.type !== 'Message') return []
      const topic = this.#channels.get(record.channelId)?.topic ?? ''
      return [{ topic, seconds: Number(record.logTime) / 1e9, bytes: record.data }]
    })
  }

  /** Records of one kind outside the chunks; those too large or unreadable are left out. */
  #read<Type extends McapRecord['type']>(places: readonly Place[], code: number, type: Type): Of<Type>[] {
    return places
      .filter(place => place.code === code && place.end - place.start <= limits.metadata)
      .slice(0, limits.digests + 1)
      .flatMap(({ start, end }) => {
        try {
          return this.#parse([this.#bytes.subarray(start, end)])
        } catch {
          return []
        }
      })
      .filter((record): record is Of<Type> => record.type === type)
  }

  #parse(parts: readonly Uint8Array[], decompress = this.#decompress): McapRecord[] {
    const zstd = (bytes: Uint8Array, size: bigint) => decompress(bytes, Number(size))
    const reader = new McapStreamReader({ noMagicPrefix: true, decompressHandlers: { zstd } })
    const records: McapRecord[] = []
    try {
      for (const part of parts) reader.append(part)
      for (let record = reader.nextRecord(); record; record = reader.nextRecord()) records.push(record)
    } catch (error) {
      if (error instanceof RecordingError) throw error
      throw damaged(error instanceof Error ? error.message : String(error))
    }
    return records
  }

  #learn(channels: readonly Channel[]): void {
    const known = this.#channels.size
    for (const channel of channels)
      if (!this.#channels.has(channel.id)) this.#channels.set(channel.id, channel)
    if (this.#channels.size === known) return
    const builder = new McapRecordBuilder()
    for (const channel of this.#channels.values()) builder.writeChannel(channel)
    this.#channelBytes = builder.buffer.slice()
  }

  /** Compares the CRC of everything before the index with the one that the file has, if it has one. */
  #wasAltered(places: readonly Place[]): boolean {
    const end = places.find(({ code }) => code === codes.dataEnd)
    if (!end || end.end - end.start < PREFIX_BYTES + 4) return false
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + end.start + PREFIX_BYTES, 4)
    const expected = view.getUint32(0, true)
    return expected !== 0 && expected !== crc32(this.#bytes.subarray(0, end.start))
  }
}
