// The pictures that were asked for as files: each is made when the stage next draws, or whoever asked is told why it is not.
import type { PanelName } from './view.ts'

/** The graphics context is lost, the stage is gone, the panel has no place on the canvas, or the picture could not be made. */
export type SnapshotProblem = 'lost' | 'disposed' | 'notShown' | 'notMade'

export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  readonly problem: SnapshotProblem

  constructor(problem: SnapshotProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

/** Makes the picture of a panel, or of the whole stage. */
export type TakeSnapshot = (panel: PanelName | undefined) => Promise<Blob>

interface Asked {
  readonly panel: PanelName | undefined
  readonly resolve: (picture: Promise<Blob>) => void
}

const reasons = {
  lost: 'The graphics context is lost.',
  disposed: 'The stage is gone.',
} as const

export class Snapshots {
  readonly #asked: Asked[] = []
  #refused: keyof typeof reasons | null = null

  /** Whether any waits to be made. */
  get pending(): boolean {
    return this.#asked.length > 0
  }

  /** @throws SnapshotError */
  ask(panel: PanelName | undefined): Promise<Blob> {
    return new Promise(resolve => {
      this.#asked.push({ panel, resolve })
      if (this.#refused !== null) this.refuse(this.#refused)
    })
  }

  /** Refuses all that wait, and all to come until they are accepted again. */
  refuse(problem: keyof typeof reasons): void {
    this.#refused = problem
    this.make(() => Promise.reject(new SnapshotError(problem, reasons[problem])))
  }

  accept(): void {
    this.#refused = null
  }

  /** Makes all that wait; one that cannot be made leaves the others alone. */
  make(take: TakeSnapshot): void {
    for (const { panel, resolve } of this.#asked.splice(0)) resolve(taken(take, panel))
  }
}

/** What goes wrong, at once or later, is a `SnapshotError`. */
async function taken(take: TakeSnapshot, panel: PanelName | undefined): Promise<Blob> {
  try {
    return await take(panel)
  } catch (error) {
    if (error instanceof SnapshotError) throw error
    throw new SnapshotError('notMade', 'The picture could not be made.', { cause: error })
  }
}
