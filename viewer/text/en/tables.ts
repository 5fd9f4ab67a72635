// English: the tables behind the pictures, and the sentences that describe them.
import { many } from './many.ts'

/** Spikes, from their number as it is written. */
const spikesOf = (spikes: string) => many(Number(spikes), spikes, 'spike', 'spikes')

export const table = {
  rows: (from: string, to: string, all: string) => `${from} to ${to} of ${all}`,
  previous: 'Previous rows',
  next: 'Next rows',
  kept: (kept: string, all: string) => `The frame keeps ${kept} of ${all} spikes.`,
  row: 'Row',
  column: 'Column',
  brightness: 'Brightness',
  inputSpikes: 'Spikes',
  layer: 'Layer',
  unit: 'Unit',
  neuron: 'Neuron',
  activation: 'Output',
  gradient: 'Gradient',
  label: 'Read out as',
  spikes: 'Spikes',
  theta: 'Theta (mV)',
  weightTotal: 'Sum of weights',
  weightMean: 'Mean weight',
  weightMost: 'Largest weight',
  strongestPixel: 'Its pixel',
  place: (row: number, column: number) => `row ${row}, column ${column}`,
  digit: 'Digit',
  probability: 'Probability',
  votes: 'Mean spikes',
  neurons: 'Neurons',
  time: 'Time (ms)',
  lesioned: 'Silenced',
  yes: 'yes',
  no: 'no',
  none: '–',
  samples: 'Images',
  loss: 'Loss',
  train: 'While learning',
  test: 'Test images',
  captions: {
    pixels: 'Pixels that are not black',
    mlpUnits: 'Units, layer by layer',
    neurons: 'Excitatory neurons',
    mlpPictures: 'Weights into each unit of the first hidden layer',
    brainPictures: 'Weights into each neuron',
    loss: 'Loss and accuracy of the deep network',
    spikes: 'Excitatory spikes in this image',
    probabilities: 'What the deep network makes of the image',
    votes: 'How the brain votes',
  },
}

export const describe = {
  waiting: 'Waiting for the first image.',
  input: (label: number, spikes: number, text: string) =>
    `${label >= 0 ? `An image of a ${label}` : 'An image nobody has named'}; ${many(spikes, text, 'input spike', 'input spikes')} in the brain.`,
  mlpNetwork: (values: { layers: string; active: string; hidden: string; named: number; share: string }) =>
    `Layers of ${values.layers}; ${values.active} of ${values.hidden} hidden units are active; it says ${values.named}, with a share of ${values.share}.`,
  brainNetwork: (values: {
    neurons: string
    fired: string
    spikes: string
    winner: number
    label: number
  }) =>
    values.winner < 0
      ? `${values.neurons} excitatory neurons; none fired.`
      : `${values.fired} of ${values.neurons} excitatory neurons fired, ${spikesOf(values.spikes)}; neuron ${values.winner} fired most${values.label >= 0 ? ` and stands for ${values.label}` : ', and stands for no digit yet'}.`,
  mlpPictures: (units: string, scale: string) =>
    `Weights into ${units} hidden units as pictures: blue adds, vermillion takes away, up to ${scale}.`,
  brainPictures: (values: { neurons: string; labelled: string; winner: number }) =>
    `What each of ${values.neurons} neurons responds to; ${values.labelled} stand for a digit${values.winner >= 0 ? `; neuron ${values.winner} won this image` : ''}.`,
  mlpTime: (loss: string, trend: 'falling' | 'rising' | 'level' | 'unknown') =>
    `Loss of this image: ${loss}${{ falling: ', falling over the run', rising: ', rising over the run', level: ', level over the run', unknown: '' }[trend]}.`,
  brainTime: (excitatory: string, first: string, attempts: number) =>
    `${many(Number(excitatory), excitatory, 'excitatory spike', 'excitatory spikes')}${first === '' ? '' : `, the first after ${first} ms`}${attempts > 1 ? `; the image was shown ${attempts} times, brighter each time` : ''}.`,
  mlpOutput: (named: number, share: string, truth: number) =>
    `It says ${named}, with a share of ${share}${truth < 0 ? '' : named === truth ? ', and is right' : `; it is a ${truth}`}.`,
  brainOutput: (named: number, votes: string, truth: number) =>
    named < 0
      ? 'No class has votes.'
      : `The vote is for ${named}, ${votes} spikes a neuron${truth < 0 ? '' : named === truth ? ', and is right' : `; it is a ${truth}`}.`,
}
