// The brain's answer: ten votes, which in slow motion grow with every spike while the image is on.
import { CLASSES } from '../../experiments/learners/common.ts'
import { type BarLayout, barLayout, drawBars } from './bars.ts'
import { largest } from './mlpOutput.ts'
import { type MakePanel, Seen } from './panel.ts'
import { QuadBatch } from './quads.ts'
import type { StageView } from './view.ts'
import { voteScale, votesAt } from './votes.ts'

export const makeBrainOutput: MakePanel = scene => {
  const batch = new QuadBatch(scene)
  const seen = new Seen()
  const votes = new Float32Array(CLASSES)
  let layout: BarLayout | null = null

  function draw({ brain, time, slow, theme }: StageView): void {
    const until = slow ? time : Number.POSITIVE_INFINITY
    if (layout === null || !seen.changed(brain, until, theme)) return
    batch.begin()
    if (brain !== null) {
      votesAt(brain, until, votes)
      const named = largest(votes)
      const scale = voteScale(brain)
      if (scale > 0) for (let digit = 0; digit < CLASSES; digit++) votes[digit]! /= scale
      drawBars(batch, layout, theme, { values: votes, label: brain.label, named, round: true })
    }
  }

  return {
    place: rectangle => {
      layout = rectangle === null ? null : barLayout(rectangle, scene.pixel)
      seen.forget()
    },
    draw,
    pick: () => null,
    dispose: () => batch.dispose(),
  }
}
