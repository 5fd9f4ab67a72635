// How the brain's vote grows while the image is on: the mean spikes of each class's neurons until a time.
import { type BrainFrame, IMAGE_DURATION, STEP } from '../../experiments/learners/brainFrame.ts'
import { CLASSES } from '../../experiments/learners/common.ts'

const sums = new Float64Array(CLASSES)
const totals = new Float64Array(CLASSES)

/** Writes the votes at a time of the sample, ms, [10]: at the end those of the frame. */
export function votesAt(frame: BrainFrame, time: number, votes: Float32Array): void {
  votes.set(frame.votes)
  if (time >= IMAGE_DURATION) return
  sums.fill(0)
  totals.fill(0)
  const { steps, neurons } = frame.spikes.excitatory
  const count = Math.min(frame.excitatorySpikes, steps.length)
  for (let spike = 0; spike < count; spike++) {
    const at = steps[spike]! * STEP
    if (at >= IMAGE_DURATION) break
    const label = frame.labels[neurons[spike]!] ?? -1
    if (label < 0) continue
    totals[label]!++
    if (at <= time) sums[label]!++
  }
  // Shares of the frame's own votes: exact at the end even where a recording keeps only some of the spikes.
  for (let label = 0; label < CLASSES; label++)
    votes[label] = totals[label]! > 0 ? (frame.votes[label]! * sums[label]!) / totals[label]! : 0
}

/** The vote that a full bar stands for: the sample's largest, so that a picture needs no memory. */
export function voteScale({ votes }: BrainFrame): number {
  let most = 0
  for (const vote of votes) most = Math.max(most, vote)
  return most
}
