// What the stage is asked to draw, and where: plain data, so that the stage reads and never decides.
import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import type { FrameKind } from '../../experiments/learners/frame.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'

/** The pictures of the stage; each has a place in the page, where its title, its description and its numbers are DOM. */
export const panelNames = [
  'input',
  'mlpNetwork',
  'brainNetwork',
  'mlpPictures',
  'brainPictures',
  'mlpTime',
  'brainTime',
  'mlpOutput',
  'brainOutput',
] as const
export type PanelName = (typeof panelNames)[number]

/** CSS pixels, from the upper left corner of the canvas. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const palettes = ['cividis', 'viridis', 'grey'] as const
export type Palette = (typeof palettes)[number]
export type Theme = 'light' | 'dark'

/** A unit of a network: of the MLP's layer 1, 2 or 3 (inputs are 0), or of the brain's excitatory neurons (layer 0). */
export interface Unit {
  readonly kind: FrameKind
  readonly layer: number
  readonly unit: number
}

/** What is under the pointer. */
export type Target = Unit | { readonly kind: 'pixel'; readonly pixel: number }

export interface StageView {
  readonly mlp: MlpFrame | null
  readonly brain: BrainFrame | null
  /**
   * Time within the sample, ms, from 0 to PRESENTATION_DURATION; the brain's is its own, and the MLP's phases take their shares
   * of it (`mlpPhase`). At full speed it stays at the end.
   */
  readonly time: number
  /** Whether the sample is shown phase by phase, with pulses, or only as it ends. */
  readonly slow: boolean
  /** Whether the deep network learns from what is shown: else no synapse is drawn as changing. */
  readonly learning: boolean
  /** Nothing moves by itself: one state for each sample or key press. */
  readonly reducedMotion: boolean
  readonly theme: Theme
  readonly palette: Palette
  /** Most synapses drawn between two layers: the strongest. 0 for none. */
  readonly edges: number
  readonly focus: Unit | null
  readonly hover: Unit | null
}

/** The MLP's phases in the time of a sample: their ends, ms. */
export const mlpPhases = { forward: 200, loss: 250, backward: 400, update: 500 } as const
export type MlpPhase = keyof typeof mlpPhases

/** The phase at a time, and how far it has come, from 0 to 1. */
export function mlpPhase(time: number): { readonly phase: MlpPhase; readonly progress: number } {
  let start = 0
  for (const phase of Object.keys(mlpPhases) as MlpPhase[]) {
    const end = mlpPhases[phase]
    if (time < end || phase === 'update')
      return { phase, progress: Math.min((time - start) / (end - start), 1) }
    start = end
  }
  return { phase: 'update', progress: 1 }
}
