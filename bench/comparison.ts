// Times our side and a peer's in turns, so that a change in the machine's speed meets both alike.
import { z } from 'zod'
import { describeError } from '../experiments/errors.ts'
import { Peer, type PeerCommand, PeerFailedError, PeerNotInstalledError } from './peer.ts'
import { makeRow, type Outcome, type Row } from './row.ts'
import { significant } from './table.ts'

/** One measurement of a side. */
export interface Measurement {
  readonly seconds: number
  /** A figure that shows what was done: an accuracy, a number of spikes. */
  readonly work: string
}

/** Our side of a comparison, warmed up and ready to be timed. */
export interface OurSide {
  measure(): Measurement
  dispose(): void
}

export interface Comparison extends Pick<Row, 'suite' | 'name' | 'peer' | 'unit' | 'target'> {
  /** The command that installs the peer. */
  readonly install: string
  readonly command: PeerCommand
  /** Reads a peer's reply; throws when it is not one. */
  readonly readReply: (reply: unknown) => Measurement
  /** Makes our side and warms it up. */
  readonly prepare: () => OurSide
}

export interface RunOptions {
  readonly repeats: number
  /** Ends the peer's process, and the comparison with it. */
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

const readySchema = z.object({ ready: z.literal(true), version: z.string(), detail: z.string() })

/** Runs a comparison. A peer that is missing or breaks down is an outcome, not an error. */
export async function runComparison(comparison: Comparison, options: RunOptions): Promise<Outcome> {
  const { suite, name, peer, install } = comparison
  try {
    return { kind: 'row', row: await measure(comparison, options) }
  } catch (error) {
    options.signal.throwIfAborted()
    const reason = describeError(error)
    if (error instanceof PeerNotInstalledError) {
      return { kind: 'skipped', skipped: { suite, name, peer, reason, install } }
    }
    if (error instanceof PeerFailedError) return { kind: 'failed', failed: { suite, name, peer, reason } }
    throw error
  }
}

async function measure(comparison: Comparison, { repeats, signal, say }: RunOptions): Promise<Row> {
  const { suite, name, peer: peerName, unit, target } = comparison
  const where = `${suite}: ${name}, ${peerName}`
  say(`${where}: preparing`)
  const peer = new Peer(comparison.command, signal)
  let ourSide: OurSide | undefined
  try {
    const ready = expectReply(peerName, await peer.next(), reply => readySchema.parse(reply))
    ourSide = comparison.prepare()
    const ours: Measurement[] = []
    const theirs: Measurement[] = []
    for (let repeat = 0; repeat < repeats; repeat++) {
      ours.push(ourSide.measure())
      peer.ask()
      theirs.push(expectReply(peerName, await peer.next(), comparison.readReply))
      say(
        `${where}: ${repeat + 1} of ${repeats}, ${seconds(ours.at(-1)!)} against ${seconds(theirs.at(-1)!)}`,
      )
    }
    return makeRow({
      suite,
      name,
      peer: peerName,
      peerVersion: ready.version,
      unit,
      target,
      oursSeconds: ours.map(measurement => measurement.seconds),
      theirsSeconds: theirs.map(measurement => measurement.seconds),
      note: `peer: ${ready.detail}; ours: ${ours.at(-1)!.work}; theirs: ${theirs.at(-1)!.work}`,
    })
  } finally {
    ourSide?.dispose()
    await peer.stop()
  }
}

function expectReply<T>(peer: string, reply: unknown, read: (reply: unknown) => T): T {
  try {
    return read(reply)
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error)
    throw new PeerFailedError(`${peer} answered ${JSON.stringify(reply)}: ${problem}`)
  }
}

function seconds({ seconds: value }: Measurement): string {
  return `${significant(value * 1e3)} ms`
}
