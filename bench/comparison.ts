// Times our side and its rivals in turns, so that a change in the machine's speed meets all alike.
import { z } from 'zod'
import { describeError } from '../experiments/errors.ts'
import { Peer, type PeerCommand, PeerFailedError, PeerNotInstalledError, PeerUnableError } from './peer.ts'
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
  measure(): Measurement | Promise<Measurement>
  dispose(): void | Promise<void>
}

/** What our side is compared with. */
export interface Rival extends Pick<Row, 'peer' | 'target'> {
  /** The command that installs it, unless it is part of the bench. */
  readonly install?: string
  readonly command: PeerCommand
  /** Reads its reply; throws when it is not one. */
  readonly readReply: (reply: unknown) => Measurement
}

export interface Comparison extends Pick<Row, 'suite' | 'name' | 'statistic' | 'unit'> {
  /** Makes our side and warms it up; `signal` ends it. */
  readonly prepare: (signal: AbortSignal) => OurSide | Promise<OurSide>
  readonly rivals: readonly Rival[]
}

export interface RunOptions {
  readonly repeats: number
  /** Ends the peers' processes, and the comparison with them. */
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

const readySchema = z.object({ ready: z.literal(true), version: z.string(), detail: z.string() })

/** Runs a comparison; one outcome for each rival. One that is missing or breaks down is an outcome, not an error. */
export async function runComparison(comparison: Comparison, options: RunOptions): Promise<Outcome[]> {
  const entrants = comparison.rivals.map(rival => new Entrant(comparison, rival))
  let ourSide: OurSide | undefined
  try {
    for (const entrant of entrants) await entrant.attempt(options.signal, () => entrant.enter(options))
    const present = () => entrants.filter(entrant => entrant.problem === undefined)
    if (present().length > 0) ourSide = await comparison.prepare(options.signal)
    for (let repeat = 1; repeat <= options.repeats && present().length > 0; repeat++) {
      const ours = await ourSide!.measure()
      for (const entrant of present()) {
        await entrant.attempt(options.signal, () =>
          entrant.takeTurn(ours, `${repeat} of ${options.repeats}`, options),
        )
      }
    }
    return entrants.map(entrant => entrant.problem ?? { kind: 'row', row: entrant.row() })
  } finally {
    await ourSide?.dispose()
    await Promise.all(entrants.map(entrant => entrant.leave()))
  }
}

/** A rival's part in a comparison: its process, and what each turn took. */
class Entrant {
  /** Set when it could not enter, or broke down. */
  problem: Outcome | undefined
  readonly #comparison: Comparison
  readonly #rival: Rival
  #peer: Peer | undefined
  #version = ''
  #detail = ''
  readonly #ours: Measurement[] = []
  readonly #theirs: Measurement[] = []

  constructor(comparison: Comparison, rival: Rival) {
    this.#comparison = comparison
    this.#rival = rival
  }

  /** Runs a part of the comparison; when the rival is to blame for its failing, that becomes `problem`. */
  async attempt(signal: AbortSignal, part: () => Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      signal.throwIfAborted()
      const { suite, name } = this.#comparison
      const { peer, install } = this.#rival
      const reason = describeError(error)
      if (error instanceof PeerNotInstalledError) {
        const remedy = install === undefined ? {} : { install }
        this.problem = { kind: 'skipped', skipped: { suite, name, peer, reason, ...remedy } }
      } else if (error instanceof PeerUnableError) {
        this.problem = { kind: 'skipped', skipped: { suite, name, peer, reason } }
      } else if (error instanceof PeerFailedError) {
        this.problem = { kind: 'failed', failed: { suite, name, peer, reason } }
      } else throw error
    }
  }

  /** Starts the rival and waits until it is ready. */
  async enter({ signal, say }: RunOptions): Promise<void> {
    say(`${this.#where}: preparing`)
    this.#peer = new Peer(this.#rival.command, signal)
    const ready = this.#expect(await this.#peer.next(), reply => readySchema.parse(reply))
    this.#version = ready.version
    this.#detail = ready.detail
  }

  /** One measurement of the rival, beside one of ours. */
  async takeTurn(ours: Measurement, which: string, { say }: RunOptions): Promise<void> {
    this.#peer!.ask()
    const theirs = this.#expect(await this.#peer!.next(), this.#rival.readReply)
    this.#ours.push(ours)
    this.#theirs.push(theirs)
    say(`${this.#where}: ${which}, ${inMilliseconds(ours)} against ${inMilliseconds(theirs)}`)
  }

  row(): Row {
    const { suite, name, statistic, unit } = this.#comparison
    const { peer, target } = this.#rival
    return makeRow({
      ...{ suite, name, peer, peerVersion: this.#version, statistic, unit, target },
      oursSeconds: this.#ours.map(({ seconds }) => seconds),
      theirsSeconds: this.#theirs.map(({ seconds }) => seconds),
      note: `peer: ${this.#detail}; ours: ${shown(this.#ours, statistic)}; theirs: ${shown(this.#theirs, statistic)}`,
    })
  }

  async leave(): Promise<void> {
    await this.#peer?.stop()
  }

  get #where(): string {
    return `${this.#comparison.suite}: ${this.#comparison.name}, ${this.#rival.peer}`
  }

  #expect<T>(reply: unknown, read: (reply: unknown) => T): T {
    try {
      return read(reply)
    } catch (error) {
      const problem = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error)
      throw new PeerFailedError(`${this.#rival.peer} answered ${JSON.stringify(reply)}: ${problem}`)
    }
  }
}

/** The figure of the best measurement, where that counts, else of the last. */
function shown(measurements: readonly Measurement[], statistic: Row['statistic']): string {
  const last = measurements.at(-1)!
  if (statistic === 'median') return last.work
  return measurements.reduce((best, one) => (one.seconds < best.seconds ? one : best), last).work
}

function inMilliseconds({ seconds }: Measurement): string {
  return `${significant(seconds * 1e3)} ms`
}
