// How strongly the picture of the winner shows what the image changed in it.
import { type BrainFrame, IMAGE_DURATION, STEP } from '../../experiments/learners/brainFrame.ts'
import type { StageView } from './view.ts'

/** The change fades this fast once the image is off, ms. */
const FADE = 60

/** Share of the winner's spikes that have come by a time: its weights change with each of them. */
function winnerProgress({ spikes, winner, excitatorySpikes }: BrainFrame, time: number): number {
  const { steps, neurons } = spikes.excitatory
  const kept = Math.min(excitatorySpikes, steps.length)
  let before = 0
  let all = 0
  for (let spike = 0; spike < kept; spike++) {
    if (neurons[spike] !== winner) continue
    all++
    if (steps[spike]! * STEP <= time) before++
  }
  return all === 0 ? 0 : before / all
}

/** How strongly the winner's change is shown: it grows with its spikes and fades after the image. */
export function flashAt(frame: BrainFrame, { time, slow, reducedMotion }: StageView): number {
  if (!slow || frame.winner < 0 || frame.learned === 0) return 0
  if (reducedMotion) return 1
  const fading = Math.exp(-Math.max(time - IMAGE_DURATION, 0) / FADE)
  return winnerProgress(frame, time) * fading
}
