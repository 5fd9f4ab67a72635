// Synapses between two blocks of units as lines: which are drawn, and what travels along them.
import { mix, type Packed, type StageColours, signColour, withAlpha } from './colours.ts'
import { centreX, centreY, edgeStart, type Grid } from './layout.ts'
import type { MlpMotion } from './phases.ts'
import type { QuadBatch } from './quads.ts'
import { StrongestFinder } from './strongest.ts'

/** Signals below this share of the strongest are not shown. */
const FAINT = 0.06
/** Length of a pulse as a share of its way. */
const TAIL = 0.3

/** A line's alpha by its weight's magnitude, 0 to 128: the strong ones stand out. */
const alphas = Float32Array.from({ length: 129 }, (_, size) => 0.06 + 0.94 * (size / 127) ** 2.5)

/** The units that synapses join, and which of these a lesion silences. */
export interface BundleEnds {
  readonly from: Grid
  readonly to: Grid
  readonly silencedFrom: Uint8Array | undefined
  readonly silencedTo: Uint8Array | undefined
}

export class EdgeBundle {
  readonly #finder = new StrongestFinder()
  #length = 0
  #sources = new Uint32Array(0)
  #targets = new Uint32Array(0)
  /** Weight over the largest, from -1 to 1. */
  #weights = new Float32Array(0)
  /** x1, y1, x2, y2 of each. */
  #ends = new Float32Array(0)
  /** Middle, half length and angle of each. */
  #segments = new Float32Array(0)

  /** Takes the strongest weights [units, inputs] between units that work; with `unit`, they are all weights into this one. */
  choose(weights: Int8Array, most: number, ends: BundleEnds, unit?: number): void {
    const { from, to, silencedFrom, silencedTo } = ends
    const chosen = this.#finder.find(weights, most)
    this.#reserve(chosen.length)
    this.#length = 0
    for (const index of chosen) {
      const source = index % from.count
      const target = unit ?? Math.floor(index / from.count)
      if (silencedFrom?.[source] === 1 || silencedTo?.[target] === 1) continue
      const edge = this.#length++
      this.#sources[edge] = source
      this.#targets[edge] = target
      this.#weights[edge] = weights[index]! / 127
      this.#place(
        4 * edge,
        edgeStart(from, source),
        centreY(from, source),
        centreX(to, target),
        centreY(to, target),
      )
    }
  }

  #place(at: number, x1: number, y1: number, x2: number, y2: number): void {
    const [ends, segments] = [this.#ends, this.#segments]
    ends[at] = x1
    ends[at + 1] = y1
    ends[at + 2] = x2
    ends[at + 3] = y2
    const [dx, dy] = [x2 - x1, y2 - y1]
    segments[at] = (x1 + x2) / 2
    segments[at + 1] = (y1 + y2) / 2
    segments[at + 2] = Math.sqrt(dx * dx + dy * dy) / 2
    segments[at + 3] = Math.atan2(dy, dx)
  }

  drawLines(batch: QuadBatch, strength: number): void {
    const segments = this.#segments
    for (let edge = 0; edge < this.#length; edge++) {
      const weight = this.#weights[edge]!
      const size = Math.abs(weight)
      const colour = withAlpha(signColour(weight), strength * alphas[Math.round(size * 127)]!)
      const at = 4 * edge
      const [x, y, half, angle] = [segments[at]!, segments[at + 1]!, segments[at + 2]!, segments[at + 3]!]
      batch.segment(x, y, half, angle, 0.7 + 0.6 * size, colour)
    }
  }

  /** Pulses on their way up or down, and what this image adds to each synapse: `sources` put out, `gradients` told back. */
  drawMotion(
    batch: QuadBatch,
    motion: MlpMotion,
    index: number,
    sources: Float32Array | Uint8Array,
    gradients: Float32Array,
    colours: StageColours,
  ): void {
    const up = motion.up[index]!
    const down = motion.down[index]!
    if (up < 0 && down < 0 && motion.update <= 0) return
    const mostSource = largest(sources)
    const mostGradient = largest(gradients)
    for (let edge = 0; edge < this.#length; edge++) {
      const weight = this.#weights[edge]!
      const source = sources[this.#sources[edge]!]! / mostSource
      const gradient = gradients[this.#targets[edge]!]! / mostGradient
      if (up >= 0) this.#pulse(batch, edge, up, 1, source * weight, colours.ink)
      if (down >= 0) this.#pulse(batch, edge, 1 - down, -1, gradient * weight, colours.ink)
      // Descent adds to a weight against the gradient of its unit times what its source put out.
      if (motion.update > 0) this.#flash(batch, edge, -gradient * source, motion.update)
    }
  }

  #pulse(batch: QuadBatch, edge: number, head: number, direction: 1 | -1, signal: number, ink: Packed): void {
    const size = Math.abs(signal)
    if (size < FAINT) return
    const tail = Math.min(Math.max(head - direction * TAIL, 0), 1)
    const colour = withAlpha(mix(signColour(signal), ink, 0.35), 0.35 + 0.65 * Math.sqrt(size))
    const at = 4 * edge
    const x = this.#ends[at]!
    const y = this.#ends[at + 1]!
    const dx = this.#ends[at + 2]! - x
    const dy = this.#ends[at + 3]! - y
    const thickness = 1.2 + 1.8 * Math.sqrt(size)
    batch.comet(x + dx * tail, y + dy * tail, x + dx * head, y + dy * head, thickness, colour)
  }

  #flash(batch: QuadBatch, edge: number, change: number, share: number): void {
    const size = Math.abs(change)
    if (size < FAINT) return
    const colour = withAlpha(signColour(change), 0.85 * share * Math.sqrt(size))
    const at = 4 * edge
    const ends = this.#ends
    batch.line(ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!, 0.8 + 1.6 * size, colour)
  }

  #reserve(length: number): void {
    if (this.#sources.length >= length) return
    this.#sources = new Uint32Array(length)
    this.#targets = new Uint32Array(length)
    this.#weights = new Float32Array(length)
    this.#ends = new Float32Array(4 * length)
    this.#segments = new Float32Array(4 * length)
  }
}

/** Largest magnitude, never 0. */
export function largest(values: Float32Array | Uint8Array | Int8Array): number {
  let most = 1e-9
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index]!))
  return most
}
