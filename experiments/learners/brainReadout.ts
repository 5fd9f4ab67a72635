// Reads the brain out while it learns: labels of neurons from what they answered of late, and the vote of the labelled.
import { ResponseTable, VoteReadout } from '../../sim/index.ts'
import { CLASSES } from './common.ts'

/** Images between two labellings, of which the first comes early so that there is something to see. */
const INTERVAL = 10
/** Over so many images a response fades to 1 / e of its weight: neurons change what they stand for. */
const MEMORY = 2000

export class BrainReadout {
  readonly #responses: ResponseTable
  #vote: VoteReadout | null = null
  #images = 0
  /** The class of each neuron, -1 for none yet. */
  #labels: Int32Array
  readonly #votes = new Float64Array(CLASSES)
  readonly #members = new Float64Array(CLASSES)

  constructor(neurons: number) {
    this.#responses = new ResponseTable(CLASSES, neurons)
    this.#labels = new Int32Array(neurons).fill(-1)
  }

  get labels(): Int32Array {
    return this.#labels
  }

  /** Whether there have been images to label neurons by. */
  get ready(): boolean {
    return this.#vote !== null
  }

  /** The class that the counts of an image stand for, -1 for none. */
  predict(counts: Float32Array): number {
    return this.#vote?.predict(counts) ?? -1
  }

  /** Mean spikes of the neurons of each class, [10]: a view, good until the next call. */
  votes(counts: Float32Array): Float64Array {
    this.#votes.fill(0)
    this.#members.fill(0)
    this.#labels.forEach((label, neuron) => {
      if (label < 0) return
      this.#votes[label] = this.#votes[label]! + counts[neuron]!
      this.#members[label] = this.#members[label]! + 1
    })
    for (let label = 0; label < CLASSES; label++) {
      if (this.#members[label]! > 0) this.#votes[label] = this.#votes[label]! / this.#members[label]!
    }
    return this.#votes
  }

  /** Takes in how the neurons answered an image of a class. */
  learn(label: number, counts: Float32Array): void {
    this.#responses.add(label, counts)
    this.#images += 1
    if (this.#images % INTERVAL !== 0) return
    this.#vote = new VoteReadout(this.#responses)
    this.#labels = this.#vote.labels
    this.#responses.fade(Math.exp(-INTERVAL / MEMORY))
  }
}
