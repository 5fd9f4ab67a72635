// The page of the script measurement: the whole stage under a heavy load, new frames thirty times a second, at full speed and slow.
import { createStage } from '../../viewer/stage/stage.ts'
import type { PanelName, Rectangle, StageView } from '../../viewer/stage/view.ts'
import { seededBrainFrame, seededMlpFrame } from './seededFrames.ts'

export interface LoadResult {
  /** Script time of each picture that was drawn, ms, once everything was warm. */
  readonly full: readonly number[]
  readonly slow: readonly number[]
  readonly drawCalls: number
  readonly textures: number
  readonly nodes: number
}

const HIDDEN = 256
const NEURONS = 1600
/** Between two layers, of which there are three pairs: 1,500 in all. */
const EDGES = 500
/** Pictures of each kind, and how many before them are left out. */
const PICTURES = 250
const WARM_UP = 50
/** Pictures for each new frame of the networks. */
const TURNS = 2
const SLOW_STEP = 8

const size = { width: 1280, height: 720 }
const at = (left: number, top: number, width: number, height: number): Rectangle => ({
  left,
  top,
  width,
  height,
})
const places: Readonly<Record<PanelName, Rectangle>> = {
  mlpNetwork: at(0, 0, 500, 340),
  mlpPictures: at(0, 350, 250, 360),
  mlpTime: at(260, 350, 240, 360),
  input: at(510, 0, 260, 260),
  mlpOutput: at(510, 270, 260, 200),
  brainOutput: at(510, 480, 260, 200),
  brainNetwork: at(780, 0, 500, 340),
  brainPictures: at(780, 350, 250, 360),
  brainTime: at(1040, 350, 240, 360),
}

const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve))

async function main(): Promise<LoadResult> {
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  const stage = await createStage(canvas, { tier: 'full' })
  stage.resize(size.width, size.height, 1)
  for (const [panel, place] of Object.entries(places)) stage.place(panel as PanelName, place)
  const frames = [1, 2, 3].map(seed => {
    const [mlp, brain] = [seededMlpFrame(seed, HIDDEN), seededBrainFrame(seed, NEURONS)]
    return {
      mlp: Object.assign(mlp, { weightsVersion: seed }),
      brain: Object.assign(brain, { weightsVersion: seed }),
    }
  })
  const measure = async (slow: boolean): Promise<number[]> => {
    const times: number[] = []
    const first = stage.statistics.pictures
    for (;;) {
      await nextFrame()
      // The stage leaves out pictures while the graphics side is behind.
      const picture = stage.statistics.pictures - first
      if (picture === WARM_UP + PICTURES) return times
      const { mlp, brain } = frames[Math.floor(picture / TURNS) % frames.length]!
      Object.assign(mlp, { samples: picture })
      Object.assign(brain, { samples: picture })
      const time = slow ? (picture * SLOW_STEP) % 500 : 500 - (picture % TURNS)
      const view: StageView = {
        ...{
          mlp,
          brain,
          slow,
          time,
          learning: true,
          reducedMotion: false,
          theme: 'light',
          palette: 'cividis',
        },
        ...{ edges: EDGES, focus: { kind: 'brain', layer: 0, unit: 137 }, hover: null },
      }
      const before = performance.now()
      stage.draw(view)
      const drawn = stage.statistics.pictures - first > picture
      if (drawn && picture >= WARM_UP) times.push(performance.now() - before)
    }
  }
  const [full, slow] = [await measure(false), await measure(true)]
  const { drawCalls, textures } = stage.statistics
  return { full, slow, drawCalls, textures, nodes: 2 * HIDDEN + 10 + NEURONS }
}

Object.assign(globalThis, { result: main() })
