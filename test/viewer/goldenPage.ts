// The page of the golden pictures: the stage with seeded frames, each panel in a place of its own.
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { createStage, type Stage, type StageStatistics } from '../../viewer/stage/stage.ts'
import type { PanelName, Rectangle, StageView } from '../../viewer/stage/view.ts'
import { seededBrainFrame, seededMlpFrame } from './seededFrames.ts'

export interface GoldenResult {
  /** What draws: the name of the graphics device. */
  readonly renderer: string
  readonly statistics: StageStatistics
  /** PNG files in base64, by the name of the view. */
  readonly pictures: Readonly<Record<string, string>>
}

const size = { width: 480, height: 270 }
/** Places are written down for a canvas half as large again. */
const at = (left: number, top: number, width: number, height: number): Rectangle => ({
  ...{ left: (2 * left) / 3, top: (2 * top) / 3, width: (2 * width) / 3, height: (2 * height) / 3 },
})
const places: Readonly<Record<PanelName, Rectangle>> = {
  mlpNetwork: at(8, 8, 276, 194),
  mlpPictures: at(8, 210, 134, 187),
  mlpTime: at(150, 210, 134, 187),
  input: at(292, 8, 136, 136),
  mlpOutput: at(292, 152, 136, 118),
  brainOutput: at(292, 278, 136, 119),
  brainNetwork: at(436, 8, 276, 194),
  brainPictures: at(436, 210, 134, 187),
  brainTime: at(578, 210, 134, 187),
}

const [mlp, brain] = [seededMlpFrame(1), seededBrainFrame(1)]
const usual: StageView = {
  ...{
    mlp,
    brain,
    time: 500,
    slow: false,
    learning: true,
    reducedMotion: false,
    theme: 'light',
    palette: 'cividis',
  },
  ...{ edges: 400, focus: null, hover: null },
}
const views: Readonly<Record<string, StageView>> = {
  ended: usual,
  forward: { ...usual, slow: true, time: 150 },
  backward: { ...usual, slow: true, time: 330, theme: 'dark' },
  focused: {
    ...{ ...usual, theme: 'dark', palette: 'viridis', slow: true, time: 490 },
    focus: { kind: 'brain', layer: 0, unit: 137 },
    hover: { kind: 'mlp', layer: 2, unit: 5 },
  },
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve))

/** Draws, as soon as the graphics side has done what came before. */
async function drawn(stage: Stage, view: StageView): Promise<void> {
  const { pictures } = stage.statistics
  for (;;) {
    stage.draw(view)
    if (stage.statistics.pictures > pictures) return
    await nextFrame()
  }
}

async function main(): Promise<GoldenResult> {
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  const stage = await createStage(canvas, { tier: 'full' })
  const context = canvas.getContext('webgl2')
  const information = context?.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(context?.getParameter(information?.UNMASKED_RENDERER_WEBGL ?? 0))
  stage.resize(size.width, size.height, 1)
  for (const [panel, place] of Object.entries(places)) stage.place(panel as PanelName, place)
  // What came before: a falling loss.
  for (let batch = 1; batch <= 30; batch++) {
    const frame = mlpFrame(mlp.shape, mlp.buffer.slice(0))
    Object.assign(frame, { samples: 32 * batch, loss: 2.3 * Math.exp(-batch / 8) + 0.1 * (batch % 3) })
    await drawn(stage, { ...usual, mlp: frame })
  }
  const pictures: Record<string, string> = {}
  for (const [name, view] of Object.entries(views)) {
    let taken: Blob | undefined
    void stage.snapshot().then(blob => {
      taken = blob
    })
    while (taken === undefined) {
      stage.draw(view)
      await nextFrame()
    }
    pictures[name] = await base64(taken)
  }
  return { renderer, statistics: stage.statistics, pictures }
}

Object.assign(globalThis, { result: main() })
