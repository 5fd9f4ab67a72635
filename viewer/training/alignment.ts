// Keeps both networks at the same number of images, where that is asked for: the MLP follows the brain.
import type { WorkerLink } from './workerLink.ts'

/** The brain may be ahead of what was last heard of the MLP by so many batches, and at least by so many images. */
const BATCHES_AHEAD = 2
const IMAGES_AHEAD = 100

export type Pace = 'own' | 'together'

export class Alignment {
  readonly #mlp: WorkerLink<'mlp'>
  readonly #brain: WorkerLink<'brain'>
  #pace: Pace
  #batch: number
  /** The MLP cannot follow for now. */
  #broken = false
  #told = { mlp: Number.POSITIVE_INFINITY, brain: Number.POSITIVE_INFINITY }

  constructor(mlp: WorkerLink<'mlp'>, brain: WorkerLink<'brain'>, pace: Pace, batch: number) {
    this.#mlp = mlp
    this.#brain = brain
    this.#pace = pace
    this.#batch = batch
    this.update()
  }

  get pace(): Pace {
    return this.#pace
  }

  set pace(pace: Pace) {
    this.#pace = pace
    this.update()
  }

  /** Takes the size of a batch, by which the MLP may be behind, and has it follow again. */
  begin(batch: number): void {
    this.#batch = batch
    this.#broken = false
    this.update()
  }

  /** Lets the brain go on without the MLP. */
  release(): void {
    this.#broken = true
    this.update()
  }

  /** Says to both how far they may go, after something was heard of either. */
  update(): void {
    const [mlp, brain] = [this.#mlp, this.#brain]
    if (this.#pace === 'own' || this.#broken || !mlp.alive || !brain.alive) {
      this.#limit('mlp', Number.POSITIVE_INFINITY)
      this.#limit('brain', Number.POSITIVE_INFINITY)
      return
    }
    const ahead = Math.max(BATCHES_AHEAD * this.#batch, IMAGES_AHEAD)
    // It comes to where the brain is in a moment, by the same images in the same order.
    if (!mlp.restarting && !brain.restarting && mlp.samples > brain.samples) mlp.restart()
    this.#limit('mlp', brain.samples)
    this.#limit('brain', (mlp.restarting ? 0 : mlp.samples) + ahead)
  }

  #limit(kind: 'mlp' | 'brain', samples: number): void {
    if (this.#told[kind] === samples) return
    this.#told[kind] = samples
    const link = kind === 'mlp' ? this.#mlp : this.#brain
    link.post({ type: 'limit', samples, follow: kind === 'mlp' && samples < Number.POSITIVE_INFINITY })
  }
}
