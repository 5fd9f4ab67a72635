// English: the stage and its panels' titles.
import { many } from './many.ts'

/** Spikes, from their number as it is written. */
const spikesOf = (spikes: string) => many(Number(spikes), spikes, 'spike', 'spikes')

export const stage = {
  heading: 'A brain and a deep network learn the same digits',
  noPoster: 'The bundled recording could not be fetched. The live run starts all the same.',
  introduction: 'Left, backpropagation; right, spikes and STDP. The same images, in the same order.',
  networks: {
    mlp: { name: 'Deep network', rule: 'learns by backpropagation' },
    brain: { name: 'Brain', rule: 'spikes, learns by STDP' },
  },
  shared: 'What both see',
  testAccuracy: 'of test images named right',
  noAccuracy: 'nothing tested yet',
  waiting: 'Waiting for the first image…',
  panels: {
    input: 'The digit',
    mlpNetwork: 'Units',
    brainNetwork: 'Neurons',
    mlpPictures: 'First-layer weights',
    brainPictures: 'Receptive fields',
    mlpTime: 'Loss',
    brainTime: 'Spikes',
    mlpOutput: 'Answer',
    brainOutput: 'Votes',
  },
  /** Names of the panels by themselves, for menus, files and screen readers. */
  fullNames: {
    input: 'The digit',
    mlpNetwork: 'Deep network: units',
    brainNetwork: 'Brain: neurons',
    mlpPictures: 'Deep network: first-layer weights',
    brainPictures: 'Brain: receptive fields',
    mlpTime: 'Deep network: loss',
    brainTime: 'Brain: spikes',
    mlpOutput: 'Deep network: answer',
    brainOutput: 'Brain: votes',
  },
  noAnswer: 'no answer',
  captions: {
    input: (label: string) => `labelled ${label}`,
    inputUnlabelled: 'no label',
    network: (units: string) => `${units} units`,
    phases: {
      forward: 'forward: from the picture to an answer',
      loss: 'loss: how wrong the answer is',
      backward: 'backward: who is to blame',
      update: 'update: each weight that had a part in it moves a little',
    },
    noUpdate: 'no update: the network only looks at this one',
    brainNetwork: (neurons: string, spikes: string) => `${neurons} neurons, ${spikesOf(spikes)}`,
    brainTime: (time: string) => `${time} of 500 ms`,
    mlpPictures: (shown: string) => `of ${shown} units`,
    brainPictures: (shown: string) => `of ${shown} neurons`,
    mlpTime: (loss: string) => `${loss} nats`,
    /** Neurons of the raster, by their places in it; several may share a row. */
    raster: (first: string, last: string, total: string, perRow: number) =>
      `${first} to ${last} of ${total}${perRow > 1 ? `, ${perRow} to a row` : ''}`,
    rasterRow: (first: string, last: string, total: string) =>
      first === last ? `Row: ${first} of ${total}` : `Row: ${first} to ${last} of ${total}`,
    brainTimeDone: (spikes: string) => `${spikesOf(spikes)} in 350 ms`,
    mlpOutput: (digit: string, share: string) => `${digit}, share ${share}`,
    brainOutput: (digit: string, spikes: string) => `${digit}, ${spikes} a neuron`,
    right: 'right',
    wrong: 'wrong',
  },
  table: 'Show the numbers',
  picture: 'Show the picture',
  menu: (panel: string) => `Numbers and export: ${panel}`,
  hide: 'Hide this panel',
  hidden: (panel: string) => `Hidden: ${panel}. Settings shows it again.`,
  focusHint: 'Arrow keys move from unit to unit; Esc leaves the unit.',
  focused: (name: string) => `In focus: ${name}`,
  unit: (layer: string, unit: string) => `layer ${layer}, unit ${unit}`,
  neuron: (neuron: string) => `neuron ${neuron}`,
  roles: { network: 'network' },
  measures: 'Look closer',
  unavailableTitle: 'The pictures need WebGL',
  unavailable:
    'This browser or device offers no WebGL, so nothing can be drawn here. Both networks learn all the same: their numbers are below, and every panel has a table.',
  failedTitle: 'The pictures did not load',
  failed:
    'What draws them could not be fetched or started, perhaps for want of a connection: reload the page to try again. Both networks learn all the same: their numbers are below, and every panel has a table.',
  lost: 'The graphics card took the picture away. It comes back by itself; training goes on.',
  restored: 'The picture is back.',
  draw: 'Draw a digit',
  closeDrawing: 'Close the drawing',
  reading: 'Your digit',
  endReading: 'Back to the images',
}
