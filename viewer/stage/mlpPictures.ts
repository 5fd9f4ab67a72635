// What the MLP has learned to look for: the weights into each unit of its first hidden layer, as pictures with a sign.
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { HeatMap } from './heatMap.ts'
import { type MakePanel, Seen } from './panel.ts'
import { PictureWatch } from './pictureWatch.ts'
import type { StageView, Unit } from './view.ts'

const unitOf = (unit: Unit | null) => (unit?.kind === 'mlp' && unit.layer === 1 ? unit.unit : -1)

export const makeMlpPictures: MakePanel = scene => {
  const heatMap = new HeatMap(scene)
  const watch = new PictureWatch()
  const seen = new Seen()

  function draw({ mlp, focus, hover, theme, palette }: StageView): void {
    const [focused, hovered] = [unitOf(focus), unitOf(hover)]
    if (!seen.changed(mlp, focused, hovered, theme, palette) || mlp === null) return
    takeWeights(mlp)
    heatMap.draw({
      ...{ theme, palette, signed: true, gain: 1, winner: -1, flash: 0 },
      ...{ focus: focused, hover: hovered, loupe: hovered >= 0 ? hovered : focused },
    })
  }

  function takeWeights({ weights: [first], weightsVersion }: MlpFrame): void {
    if (first !== undefined && watch.changed(first, weightsVersion)) heatMap.setPictures(first)
  }

  return {
    place: rectangle => {
      heatMap.place(rectangle)
      seen.forget()
    },
    draw,
    pick: (x, y) => {
      const unit = heatMap.tileAt(x, y)
      return unit < 0 ? null : { kind: 'mlp', layer: 1, unit }
    },
    dispose: () => heatMap.dispose(),
  }
}
