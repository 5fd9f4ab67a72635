// A peer's process: started once, it prepares, then measures whenever it is asked (the protocol of peers/peer.py).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { SpikegradError } from '../src/index.ts'

export interface PeerCommand {
  readonly command: string
  readonly args: readonly string[]
}

/** The peer, or what runs it, is not installed; the message says which. */
export class PeerNotInstalledError extends SpikegradError {}

/** The peer cannot do the work; the message says why. */
export class PeerUnableError extends SpikegradError {}

/** The peer broke down; the message ends with the last lines of its standard error. */
export class PeerFailedError extends SpikegradError {}

/** A peer's exit statuses when a package it needs is missing, and when the package lacks what the work needs. */
const NOT_INSTALLED = 3
const UNABLE = 4
const TAIL_LINES = 8
const TAIL_CHARACTERS = 2000

export class Peer {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #ended: Promise<void>
  #tail = ''
  #spawnError: NodeJS.ErrnoException | null = null
  #exit = ''
  #exitCode: number | null = null

  /** Starts the process; `signal` ends it. */
  constructor({ command, args }: PeerCommand, signal: AbortSignal) {
    this.#child = spawn(command, args, { stdio: 'pipe', signal })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#tail = (this.#tail + text).slice(-TAIL_CHARACTERS)
    })
    // A peer that has gone closes its input; that it has gone is told by `next`.
    this.#child.stdin.on('error', () => {})
    this.#ended = new Promise(resolve => {
      this.#child.on('error', error => {
        this.#spawnError = error
        resolve()
      })
      this.#child.on('close', (code, killedBy) => {
        this.#exitCode = code
        this.#exit = killedBy === null ? `exit code ${code}` : `ended by ${killedBy}`
        resolve()
      })
    })
  }

  /**
   * The next line that the peer prints, parsed as JSON.
   * @throws PeerNotInstalledError when the peer, or its interpreter, is not installed.
   * @throws PeerUnableError when it cannot do the work.
   * @throws PeerFailedError when it ends instead, or prints something else.
   */
  async next(): Promise<unknown> {
    const line = await this.#lines.next()
    if (line.done === true) throw await this.#failure()
    try {
      return JSON.parse(line.value)
    } catch {
      throw new PeerFailedError(`expected a line of JSON, got "${line.value.slice(0, 200)}"`)
    }
  }

  /** Asks for a measurement, which `next` then gives. */
  ask(): void {
    this.#child.stdin.write('\n')
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.stdin.end()
    this.#child.kill()
    await this.#ended
  }

  async #failure(): Promise<SpikegradError> {
    await this.#ended
    const error = this.#spawnError
    if (error?.code === 'ENOENT') {
      return new PeerNotInstalledError(`${this.#child.spawnfile} was not found`)
    }
    if (error !== null) return new PeerFailedError(error.message)
    const lines = this.#tail.trim().split('\n').slice(-TAIL_LINES).join('\n')
    if (this.#exitCode === NOT_INSTALLED) return new PeerNotInstalledError(lines)
    if (this.#exitCode === UNABLE) return new PeerUnableError(lines)
    return new PeerFailedError(lines === '' ? this.#exit : `${this.#exit}, after\n${lines}`)
  }
}
