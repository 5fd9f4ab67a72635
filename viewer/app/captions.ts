// One line under each picture's title: the numbers that matter most there.
import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { SLOW_SPEED } from '../frames/source.ts'
import { count, fixed, percent, significant } from '../panels/format.ts'
import { shownFrames } from '../panels/frames.ts'
import { mlpPhase, type PanelName } from '../stage/view.ts'
import { focus, playing, sampleTime, speed } from '../state/store.ts'
import { text } from '../text/text.ts'
import { mlpLearns, reading } from './player.ts'
import { unitName } from './unitFocus.ts'

/** Whether a sample is shown phase by phase. */
function slow(): boolean {
  return speed.value <= SLOW_SPEED || !playing.value || reading.value !== null
}

/** Asked while rendering, so that it is asked again when the page is told of something new. */
export function captionOf(panel: PanelName): string {
  const { mlp, brain } = shownFrames()
  if (panel === 'input') return inputCaption(brain ?? mlp)
  if (panel.startsWith('mlp')) return mlp === null ? '' : mlpCaption(panel, mlp)
  return brain === null ? '' : brainCaption(panel, brain)
}

function inputCaption(frame: MlpFrame | BrainFrame | null): string {
  const words = text.value.stage
  if (frame === null) return ''
  if (reading.value !== null) return words.reading
  return frame.label < 0 ? words.captions.inputUnlabelled : words.captions.input(String(frame.label))
}

function mlpCaption(panel: PanelName, frame: MlpFrame): string {
  const words = text.value.stage.captions
  switch (panel) {
    case 'mlpNetwork': {
      if (slow()) return phaseCaption()
      const units = frame.shape.layers.slice(1).map(count).join(' + ')
      return focused('mlp') ?? words.network(units)
    }
    case 'mlpPictures':
      return words.mlpPictures(count(frame.shape.layers[1]))
    case 'mlpTime':
      return words.mlpTime(significant(frame.loss, 2))
    default: {
      const probabilities = frame.activations[2]
      if (probabilities === undefined) return ''
      const digit = largest(probabilities)
      return verdict(
        words.mlpOutput(String(digit), percent(probabilities[digit] ?? 0, 0)),
        digit,
        frame.label,
      )
    }
  }
}

function brainCaption(panel: PanelName, frame: BrainFrame): string {
  const words = text.value.stage.captions
  switch (panel) {
    case 'brainNetwork':
      return focused('brain') ?? words.brainNetwork(count(frame.shape.neurons), count(frame.excitatorySpikes))
    case 'brainPictures':
      return words.brainPictures(count(frame.shape.neurons))
    case 'brainTime':
      return slow()
        ? words.brainTime(fixed(sampleTime.value, 0))
        : words.brainTimeDone(count(frame.excitatorySpikes))
    default: {
      const digit = largest(frame.votes)
      const spikes = frame.votes[digit] ?? 0
      if (spikes === 0) return text.value.stage.noAnswer
      return verdict(words.brainOutput(String(digit), fixed(spikes, 1)), digit, frame.label)
    }
  }
}

function phaseCaption(): string {
  const { phases, noUpdate } = text.value.stage.captions
  const { phase } = mlpPhase(sampleTime.value)
  return phase === 'update' && !mlpLearns() ? noUpdate : phases[phase]
}

/** The unit in focus by its name, null when none of this network is. */
function focused(kind: 'mlp' | 'brain'): string | null {
  const unit = focus.value
  if (unit?.kind !== kind) return null
  return text.value.stage.focused(unitName(unit))
}

function verdict(answer: string, digit: number, label: number): string {
  const { right, wrong } = text.value.stage.captions
  return label < 0 ? answer : `${answer} · ${digit === label ? right : wrong}`
}

function largest(values: Float32Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index
  }
  return best
}
