// Which panel draws what.
import { makeBrainNetwork } from './brainNetwork.ts'
import { makeBrainOutput } from './brainOutput.ts'
import { makeBrainPictures } from './brainPictures.ts'
import { makeBrainTime } from './brainTime.ts'
import { makeInput } from './inputPanel.ts'
import { makeMlpNetwork } from './mlpNetwork.ts'
import { makeMlpOutput } from './mlpOutput.ts'
import { makeMlpPictures } from './mlpPictures.ts'
import { makeMlpTime } from './mlpTime.ts'
import type { MakePanel } from './panel.ts'
import type { PanelName } from './view.ts'

/** From back to front; a panel that is not listed is drawn by nobody. */
export const makePanels: Readonly<Partial<Record<PanelName, MakePanel>>> = {
  input: makeInput,
  mlpNetwork: makeMlpNetwork,
  brainNetwork: makeBrainNetwork,
  mlpPictures: makeMlpPictures,
  brainPictures: makeBrainPictures,
  mlpTime: makeMlpTime,
  brainTime: makeBrainTime,
  mlpOutput: makeMlpOutput,
  brainOutput: makeBrainOutput,
}
