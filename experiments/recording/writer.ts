// Writes messages to an MCAP file, piece by piece, so that what was written opens even if the rest never comes.
import { McapWriter } from '@mcap/core'
import type { FrameKind } from '../learners/frame.ts'
import type { LearnerConfig } from '../learners/parameters.ts'
import type { RecordingMessage } from './encoder.ts'
import { DIGEST, INFORMATION, layouts, PROFILE, type Topic, topics } from './format.ts'
import { informationToText, type RecordingInformation } from './information.ts'
import type { Compress } from './zstd.ts'

/** A chunk is closed when it has this many bytes: a few seconds, the most that an accident loses. */
const CHUNK_BYTES = 128 * 1024
const encodeText = (text: string) => new TextEncoder().encode(text)
const NANOSECONDS = 1e9

/** A network's digest after so many images, as `Learner.digest` makes it. */
export interface Digest {
  readonly kind: FrameKind
  readonly samples: number
  readonly sha256: string
}

/** A change of the configuration: from the image after these, of each network, the run had this one. */
export interface ConfigEvent {
  readonly seconds: number
  readonly mlpSamples: number
  readonly brainSamples: number
  /** Whether these are exactly the images after which it changed, or only nearly. */
  readonly exact: boolean
  readonly config: LearnerConfig
}

const measuresSchema = {
  title: 'Measures',
  type: 'object',
  properties: Object.fromEntries(
    ['samples', 'trainAccuracy', 'testAccuracy', 'operations', 'loss', 'spikes'].map(name => [
      name,
      { type: ['number', 'null'] },
    ]),
  ),
}
const eventSchema = {
  title: 'Event',
  type: 'object',
  properties: {
    mlpSamples: { type: 'number' },
    brainSamples: { type: 'number' },
    exact: { type: 'boolean' },
    config: { type: 'object' },
  },
}

export class RecordingWriter {
  readonly #mcap: McapWriter
  readonly #channels = new Map<Topic, number>()
  #position = 0
  #sequence = 0
  #time = 0n
  #uncompressed = 0
  #compressed = 0

  /** `take` gets the bytes of the file, in order; each array is its own. */
  constructor(take: (bytes: Uint8Array<ArrayBuffer>) => void, compress: Compress) {
    this.#mcap = new McapWriter({
      writable: {
        write: async bytes => {
          this.#position += bytes.length
          if (bytes.length > 0) take(bytes.slice())
        },
        position: () => BigInt(this.#position),
      },
      chunkSize: CHUNK_BYTES,
      compressChunk: chunkData => {
        const compressedData = compress(chunkData)
        this.#uncompressed += chunkData.length
        this.#compressed += compressedData.length
        return { compression: 'zstd', compressedData }
      },
    })
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#position
  }

  /** What a byte came to after compression so far, null before the first chunk. */
  get ratio(): number | null {
    return this.#uncompressed > 0 ? this.#compressed / this.#uncompressed : null
  }

  async start(information: RecordingInformation): Promise<void> {
    await this.#mcap.start({ profile: PROFILE, library: `spikegrad ${information.spikegrad}`.trim() })
    for (const topic of topics) {
      const layout = layouts[topic]
      const json = topic === '/events' ? eventSchema : measuresSchema
      const schemaId = await this.#mcap.registerSchema({
        name: `spikegrad${topic.replaceAll('/', '.')}`,
        encoding: layout ? 'text' : 'jsonschema',
        data: encodeText(layout ?? JSON.stringify(json)),
      })
      const messageEncoding = layout ? 'spikegrad' : 'json'
      const channel = { schemaId, topic, messageEncoding, metadata: new Map<string, string>() }
      this.#channels.set(topic, await this.#mcap.registerChannel(channel))
    }
    await this.#mcap.addMetadata({ name: INFORMATION, metadata: informationToText(information) })
  }

  async add({ topic, seconds, bytes }: RecordingMessage): Promise<void> {
    const time = BigInt(Math.round(seconds * NANOSECONDS))
    // Time never runs back, whatever two threads say.
    if (time > this.#time) this.#time = time
    await this.#mcap.addMessage({
      channelId: this.#channels.get(topic)!,
      sequence: this.#sequence++,
      logTime: this.#time,
      publishTime: this.#time,
      data: bytes,
    })
  }

  async addEvent({ seconds, ...event }: ConfigEvent): Promise<void> {
    await this.add({ topic: '/events', seconds, bytes: encodeText(JSON.stringify(event)) })
  }

  async addDigest({ kind, samples, sha256 }: Digest): Promise<void> {
    const metadata = new Map([
      ['network', kind],
      ['samples', String(samples)],
      ['sha256', sha256],
    ])
    await this.#mcap.addMetadata({ name: DIGEST, metadata })
  }

  /** Writes what is left and the index. Nothing can be added afterwards. */
  async end(): Promise<void> {
    await this.#mcap.end()
  }
}
