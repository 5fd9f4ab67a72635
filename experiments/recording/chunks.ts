// The messages of a recording's chunks, the last used kept decompressed.
import type { Container, ContainerMessage } from './container.ts'

/** Chunks kept decompressed, bytes. */
const CACHE_BYTES = 12 * 2 ** 20
/** The messages of chunks, the last used kept. */
export class Chunks {
  readonly #container: Container
  readonly #kept = new Map<number, readonly ContainerMessage[]>()
  #bytes = 0

  constructor(container: Container) {
    this.#container = container
  }

  get(chunk: number): readonly ContainerMessage[] {
    const kept = this.#kept.get(chunk)
    const messages = kept ?? this.#container.read(chunk)
    // Put at the end: what was used longest ago comes first.
    this.#kept.delete(chunk)
    this.#kept.set(chunk, messages)
    if (!kept) this.#bytes += bytesOf(messages)
    for (const [oldest, others] of this.#kept) {
      if (this.#bytes <= CACHE_BYTES || this.#kept.size === 1) break
      this.#kept.delete(oldest)
      this.#bytes -= bytesOf(others)
    }
    return messages
  }
}

/** What messages take in memory, about. */
export function bytesOf(messages: readonly ContainerMessage[]): number {
  return messages.reduce((total, { bytes }) => total + bytes.length + 64, 0)
}
