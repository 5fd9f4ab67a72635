// The works that are timed, as data, and our side of each: in this process, or in one of another Node.
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Measurement, OurSide } from '../comparison.ts'
import { Peer } from '../peer.ts'
import { AdditionSide } from './addition.ts'
import { ConvolutionalSide } from './convolutional.ts'
import { PerceptronSide } from './perceptron.ts'
import { ProductSide } from './product.ts'
import type { SideData } from './training.ts'

const count = z.number().int().positive()
const training = { batchSize: count, batches: count.exactOptional() }

export const workSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mlp'), hidden: count, ...training }),
  z.strictObject({ kind: z.literal('cnn'), ...training }),
  z.strictObject({ kind: z.literal('add') }),
  z.strictObject({
    kind: z.literal('product'),
    m: count,
    n: count,
    k: count,
    transposed: z.boolean().exactOptional(),
  }),
])

/** What a side does, again and again. */
export type Work = z.infer<typeof workSchema>

/** Makes our side of a work in this process, in the current backend, and warms it up. */
export function createSide(work: Work, data: SideData): OurSide {
  switch (work.kind) {
    case 'mlp':
      return new PerceptronSide(data, work.hidden, work)
    case 'cnn':
      return new ConvolutionalSide(data, work)
    case 'add':
      return new AdditionSide()
    case 'product':
      return new ProductSide(work)
  }
}

/** What a side in another process answers to each question. */
export const measurementSchema = z.strictObject({ seconds: z.number().positive(), work: z.string() })

/** Our side of a work in a process of another Node, which speaks the peers' protocol. */
export class RemoteSide implements OurSide {
  readonly #peer: Peer

  private constructor(peer: Peer) {
    this.#peer = peer
  }

  /**
   * Starts it and waits until it is warmed up.
   * @throws PeerNotInstalledError, PeerFailedError when it does not start.
   */
  static async start(node: string, work: Work, dataFolder: string, signal: AbortSignal): Promise<RemoteSide> {
    const script = fileURLToPath(import.meta.url).replace(/side\.(js|ts)$/, 'main.$1')
    const peer = new Peer({ command: node, args: [script, dataFolder, JSON.stringify(work)] }, signal)
    try {
      await peer.next()
    } catch (error) {
      await peer.stop()
      throw error
    }
    return new RemoteSide(peer)
  }

  async measure(): Promise<Measurement> {
    this.#peer.ask()
    return measurementSchema.parse(await this.#peer.next())
  }

  dispose(): Promise<void> {
    return this.#peer.stop()
  }
}
