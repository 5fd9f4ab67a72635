// Frames of the spiking network of the comparison, for a recording: its presentations are those it would have had anyway.
import type { DiehlCook, VoteReadout } from '../../../sim/index.ts'
import { brainFrame } from '../../learners/brainFrame.ts'
import { BrainOperations } from '../../learners/brainOperations.ts'
import { BrainStory } from '../../learners/brainStory.ts'
import { writeBrainFrame } from '../../learners/brainWriter.ts'
import type { Tape, TaskContext } from '../outcome.ts'
import type { Confusion } from './confusion.ts'
import { imageAt } from './spikingReadout.ts'

export class BrainFrames {
  readonly #tape: Tape
  readonly #model: DiehlCook
  readonly #train: TaskContext['train']
  readonly #story: BrainStory
  readonly #operations = new BrainOperations()
  readonly #frame: ReturnType<typeof brainFrame>
  readonly #startedAt = performance.now()
  /** Whether there is an image's story to tell. */
  #shown = false

  constructor(tape: Tape, model: DiehlCook, train: TaskContext['train']) {
    this.#tape = tape
    this.#model = model
    this.#train = train
    this.#story = new BrainStory(model.neurons)
    this.#frame = brainFrame({ neurons: model.neurons })
  }

  get due(): boolean {
    return this.#tape.due
  }

  /** Shows a training image as `present` would, and records how. Returns the counts, good until the next presentation. */
  present(index: number, readout: VoteReadout | null, accuracy: number | undefined): Float32Array {
    const story = this.#story
    const { counts } = story.live(this.#model, imageAt(this.#train, index), {
      learning: true,
      stream: 'training',
      index,
    })
    story.label = this.#train.labels[index]!
    story.image = index
    story.learned = 1
    story.predicted = readout?.predict(counts) ?? -1
    if (readout) this.#vote(readout, counts)
    const frame = this.#frame
    frame.samples = index + 1
    frame.trainAccuracy = accuracy ?? Number.NaN
    frame.testAccuracy = Number.NaN
    frame.operations = this.#operations.of(this.#model, index, true)
    frame.seconds = (performance.now() - this.#startedAt) / 1000
    frame.weightsVersion = index + 1
    this.#add()
    return counts
  }

  /** Records what came of it all: the labels that the read-out gave, and the test. */
  finish(labels: Int32Array, test: Confusion): void {
    if (!this.#shown) return
    this.#story.labels.set(labels)
    this.#frame.testAccuracy = test.accuracy
    this.#frame.testImages = test.counts.flat().reduce((total, count) => total + count, 0)
    this.#frame.confusion.set(test.counts.flat())
    this.#add()
  }

  /** Mean spikes of the neurons of each class. */
  #vote({ labels }: VoteReadout, counts: Float32Array): void {
    const { votes } = this.#story
    const members = new Float64Array(votes.length)
    votes.fill(0)
    labels.forEach((label, neuron) => {
      if (label < 0) return
      votes[label]! += counts[neuron]!
      members[label]! += 1
    })
    for (let label = 0; label < votes.length; label++) votes[label]! /= Math.max(members[label]!, 1)
    this.#story.labels.set(labels)
  }

  #add(): void {
    this.#shown = true
    const { neurons } = this.#model
    const shown = {
      neurons,
      lesions: new Uint8Array(neurons),
      learner: this.#model,
      theta: () => this.#model.theta.view() as Float32Array,
    }
    writeBrainFrame(this.#frame, shown, this.#story, null)
    this.#tape.add(this.#frame)
  }
}
