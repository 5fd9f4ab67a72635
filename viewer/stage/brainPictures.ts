// What the brain has learned to look for: the receptive field of each excitatory neuron; in slow motion also what the image changed.
import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import { HeatMap } from './heatMap.ts'
import { type MakePanel, Seen } from './panel.ts'
import { PictureWatch } from './pictureWatch.ts'
import type { StageView, Unit } from './view.ts'
import { flashAt } from './winnerFlash.ts'

/** Weights are drawn this many times as strong: few come near 1. */
const GAIN = 1.6

const unitOf = (unit: Unit | null) => (unit?.kind === 'brain' ? unit.unit : -1)

export const makeBrainPictures: MakePanel = scene => {
  const heatMap = new HeatMap(scene)
  const watch = new PictureWatch()
  const seenFrame = new Seen()
  const seen = new Seen()

  function draw(view: StageView): void {
    const { brain, focus, hover, slow, theme, palette } = view
    if (brain === null) return
    if (seenFrame.changed(brain)) takeFrame(brain)
    const [focused, hovered] = [unitOf(focus), unitOf(hover)]
    const flash = flashAt(brain, view)
    const { winner } = brain
    if (!seen.changed(brain, focused, hovered, flash, slow, theme, palette)) return
    const slowWinner = slow && flash > 0 ? winner : -1
    const loupe = [hovered, focused, slowWinner].find(unit => unit >= 0) ?? -1
    heatMap.draw({
      ...{ theme, palette, signed: false, gain: GAIN, winner, flash },
      ...{ focus: focused, hover: hovered, loupe },
    })
  }

  function takeFrame({ weights, weightsVersion, winnerChange }: BrainFrame): void {
    if (watch.changed(weights, weightsVersion)) heatMap.setPictures(weights)
    heatMap.setChange(winnerChange)
  }

  return {
    place: rectangle => {
      heatMap.place(rectangle)
      seen.forget()
    },
    draw,
    pick: (x, y) => {
      const unit = heatMap.tileAt(x, y)
      return unit < 0 ? null : { kind: 'brain', layer: 0, unit }
    },
    dispose: () => heatMap.dispose(),
  }
}
