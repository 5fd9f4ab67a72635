// Frames of the spiking network of the comparison, for a recording: its presentations are those it would have had anyway.
import type { Activity, DiehlCook, VoteReadout } from '../../../sim/index.ts'
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
  readonly #counter = new BrainOperations()
  /** All that had happened before the last image, and what of it was the last image's. */
  readonly #before: Activity
  readonly #spent: Activity
  #operations = 0
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
    this.#before = structuredClone(model.activity)
    this.#spent = structuredClone(model.activity)
  }

  /** Shows a training image as `present` does, and records how if it is time to. Returns the counts, good until the next one. */
  present(index: number, readout: VoteReadout | null, accuracy: number | undefined): Float32Array {
    const image = imageAt(this.#train, index)
    const draw = { learning: true, stream: 'training', index }
    const due = this.#tape.due
    const { counts } = due ? this.#story.live(this.#model, image, draw) : this.#model.present(image, draw)
    this.#count(index)
    if (due) this.#tell(index, counts, readout, accuracy)
    return counts
  }

  #tell(
    index: number,
    counts: Float32Array,
    readout: VoteReadout | null,
    accuracy: number | undefined,
  ): void {
    const story = this.#story
    story.label = this.#train.labels[index]!
    story.image = index
    story.learned = 1
    story.predicted = readout?.predict(counts) ?? -1
    if (readout) this.#vote(readout, counts)
    const frame = this.#frame
    frame.samples = index + 1
    frame.trainAccuracy = accuracy ?? Number.NaN
    frame.testAccuracy = Number.NaN
    frame.operations = this.#operations
    frame.seconds = (performance.now() - this.#startedAt) / 1000
    frame.weightsVersion = index + 1
    this.#add()
  }

  /** Records what came of it all: the labels that the read-out gave, and the test. */
  finish(labels: Int32Array, test: Confusion): void {
    if (!this.#shown) return
    this.#frame.samples = this.#train.count
    this.#frame.weightsVersion = this.#train.count
    this.#frame.operations = this.#operations
    this.#story.labels.set(labels)
    this.#frame.testAccuracy = test.accuracy
    this.#frame.testImages = test.counts.flat().reduce((total, count) => total + count, 0)
    this.#frame.confusion.set(test.counts.flat())
    this.#add()
  }

  /** Counts what one image took. The network counts on from image to image, so it is what has come since the one before. */
  #count(index: number): void {
    const { activity, weights, neurons } = this.#model
    const [before, spent] = [this.#before, this.#spent]
    for (const name of ['attempts', 'excitatorySpikes', 'inhibitorySpikes'] as const) {
      spent[name] = activity[name] - before[name]
      before[name] = activity[name]
    }
    activity.inputSpikes.forEach((spikes, input) => {
      spent.inputSpikes[input] = spikes - before.inputSpikes[input]!
    })
    before.inputSpikes.set(activity.inputSpikes)
    this.#operations += this.#counter.of({ activity: spent, weights, neurons }, index, true)
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
