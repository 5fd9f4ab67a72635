// What both networks made of a drawn digit, in words.
import type { Reading } from '../app/player.ts'
import type { Text } from '../text/text.ts'
import { count, percent } from './format.ts'

export function readingSentences({ mlp, brain }: Reading, words: Text['panels']['drawPad']): string[] {
  const outputs = mlp.activations.at(-1)!
  const named = outputs.indexOf(outputs.reduce((most, share) => Math.max(most, share), 0))
  const sentences = [words.mlpResult(named, percent(outputs[named]!, 0)), brainSentence(brain, words)]
  if (brain.predicted >= 0) sentences.push(brain.predicted === named ? words.agree(named) : words.differ)
  return sentences
}

function brainSentence(
  { counts, labels, predicted }: Reading['brain'],
  words: Text['panels']['drawPad'],
): string {
  const all = counts.reduce((sum, spikes) => sum + spikes, 0)
  if (all === 0) return words.brainSilent
  if (predicted < 0) return words.brainUnnamed(all, count(all))
  const own = counts.reduce((sum, spikes, neuron) => sum + (labels[neuron] === predicted ? spikes : 0), 0)
  return words.brainResult(predicted, own, count(own), all, count(all))
}
