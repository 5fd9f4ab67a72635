// A frame of either network: one image's story, what the network did while it saw it.
import type { BrainFrame } from './brainFrame.ts'
import type { MlpFrame } from './mlpFrame.ts'

export type Frame = MlpFrame | BrainFrame
export type FrameKind = Frame['kind']
