// What each picture of the stage shows right now, in a sentence: for those who listen to the page.

import { type BrainFrame, STEP } from '../../experiments/learners/brainFrame.ts'
import { CLASSES } from '../../experiments/learners/common.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { Series } from '../frames/history.ts'
import type { PanelName } from '../stage/view.ts'
import type { Text } from '../text/text.ts'
import { count, fixed, percent, significant } from './format.ts'
import type { Frames } from './frames.ts'

/** @param series that of the MLP, for the trend of its loss. */
export function describePanel(panel: PanelName, frames: Frames, series: Series | null, text: Text): string {
  const words = text.panels.describe
  const { mlp, brain } = frames
  if (panel === 'input') return (brain ?? mlp) ? describeInput(frames, words) : words.waiting
  const described = panel.startsWith('mlp')
    ? mlp && describeMlp(panel, mlp, series, words)
    : brain && describeBrain(panel, brain, words)
  return described ?? words.waiting
}

type Words = Text['panels']['describe']

function describeInput({ mlp, brain }: Frames, words: Words): string {
  const spikes = brain?.inputSpikes ?? 0
  return words.input((brain ?? mlp)!.label, spikes, count(spikes))
}

function describeMlp(panel: PanelName, frame: MlpFrame, series: Series | null, words: Words): string | null {
  const outputs = frame.activations.at(-1)!
  const named = largest(outputs)
  const share = percent(outputs[named]!, 0)
  switch (panel) {
    case 'mlpNetwork': {
      const hidden = frame.activations.slice(0, -1)
      return words.mlpNetwork({
        layers: frame.shape.layers.join(', '),
        active: count(hidden.reduce((sum, units) => sum + units.filter(value => value !== 0).length, 0)),
        hidden: count(hidden.reduce((sum, units) => sum + units.length, 0)),
        named,
        share,
      })
    }
    case 'mlpPictures':
      return words.mlpPictures(count(frame.shape.layers[1]), significant(frame.scale1, 2))
    case 'mlpTime':
      return words.mlpTime(significant(frame.loss, 2), trendOf(series))
    case 'mlpOutput':
      return words.mlpOutput(named, share, frame.label)
    default:
      return null
  }
}

function describeBrain(panel: PanelName, frame: BrainFrame, words: Words): string | null {
  const { winner } = frame
  switch (panel) {
    case 'brainNetwork':
      return words.brainNetwork({
        neurons: count(frame.shape.neurons),
        fired: count(frame.counts.filter(spikes => spikes > 0).length),
        spikes: count(frame.counts.reduce((sum, spikes) => sum + spikes, 0)),
        winner,
        label: frame.labels[winner] ?? -1,
      })
    case 'brainPictures':
      return words.brainPictures({
        neurons: count(frame.shape.neurons),
        labelled: count(frame.labels.filter(label => label >= 0).length),
        winner,
      })
    case 'brainTime': {
      const first = frame.excitatorySpikes > 0 ? fixed(frame.spikes.excitatory.steps[0]! * STEP, 1) : ''
      return words.brainTime(count(frame.excitatorySpikes), first, frame.attempts)
    }
    case 'brainOutput': {
      const named = largest(frame.votes)
      const votes = frame.votes[named]!
      return words.brainOutput(votes > 0 ? named : -1, fixed(votes, 2), frame.label)
    }
    default:
      return null
  }
}

function largest(values: Float32Array): number {
  let best = 0
  for (let index = 1; index < CLASSES; index++) if (values[index]! > values[best]!) best = index
  return best
}

/** How the loss of the last tenth of the points compares with that of the first tenth. */
function trendOf(series: Series | null): 'falling' | 'rising' | 'level' | 'unknown' {
  const loss = series?.column('loss')
  const span = Math.floor((loss?.length ?? 0) / 10)
  if (loss === undefined || span < 5) return 'unknown'
  const mean = (from: number) => {
    let sum = 0
    for (let index = from; index < from + span; index++) sum += loss[index]!
    return sum / span
  }
  const [first, last] = [mean(0), mean(loss.length - span)]
  if (last < 0.9 * first) return 'falling'
  return last > 1.1 * first ? 'rising' : 'level'
}
