// English: panels.
import { many } from './many.ts'
import { describe, table } from './tables.ts'

const mlp = 'Deep network'
const brain = 'Brain'

export const panels = {
  networks: { mlp, brain },
  nothingYet: 'Nothing has been learned yet.',

  accuracy: {
    title: 'Accuracy',
    description: 'How many images each network names right, as it learns.',
    train: (network: string) => `${network}, before learning from each image`,
    test: (network: string) => `${network}, test images`,
    against: 'Against',
    samples: 'Images seen',
    operations: 'Operations',
    logarithmic: 'Logarithmic',
    loss: 'Loss',
    lossLabel: 'Cross-entropy of each image, nats',
    lossTitle: 'Loss of the deep network',
    readAt: 'Read the curves at',
    atSamples: (value: string) => `at ${value} images`,
    atOperations: (value: string) => `at ${value} operations`,
    reading: (network: string, train: string, test: string) =>
      `${network}: ${train} while learning, ${test} of test images`,
    units: 'An operation is a multiply-accumulate in the deep network and an accumulate in the brain.',
    noChart: 'The chart could not be loaded; its numbers are below.',
    share: 'Named right',
  },

  confusion: {
    title: 'Confusions',
    description: 'What the networks called each digit: a row for each true digit, a column for each answer.',
    truth: 'True digit',
    named: 'Named',
    caption: (network: string, images: string) => `${network}: the last ${images} test images`,
    cell: (truth: number, named: number, times: string, total: string) =>
      truth === named
        ? `${truth} named right: ${times} of ${total}`
        : `${truth} named ${named}: ${times} of ${total}`,
    hint: 'Point at a cell, or move with the arrow keys.',
    none: 'No test image has been shown yet.',
    hardest: (truth: number, named: number, share: string) =>
      `Most often confused: ${truth} named ${named}, ${share}.`,
  },

  drawPad: {
    title: 'Draw a digit',
    description: 'Both networks read what you draw. Neither learns from it.',
    pad: 'Drawing pad',
    instructions:
      'Draw with mouse, finger or pen. By keyboard: arrows move the pen, Space sets it down and lifts it, Backspace takes the last line back, Enter reads.',
    penDown: (column: number, row: number) => `Pen down, column ${column}, row ${row}`,
    penUp: (column: number, row: number) => `Pen up, column ${column}, row ${row}`,
    preview: 'What the networks see: 28 by 28 pixels',
    previewShort: 'As the networks see it',
    clear: 'Clear',
    read: 'Read it',
    reading: 'Reading …',
    samples: 'Or take a digit',
    sample: (digit: number) => `A written ${digit}`,
    picture: 'Open a picture …',
    empty: 'There is nothing to read yet: draw a digit first.',
    blank: 'No digit stands out in this picture. Try one with dark strokes on a light ground.',
    unreadable: 'This file is no picture that the browser can read. PNG and JPEG always work.',
    tooLarge: 'This picture is larger than 30 MB. Use a smaller one.',
    notLive: 'The networks are not ready to read: start live training first.',
    failed: 'The networks could not read it. Try again, or reload the page.',
    mlpResult: (digit: number, share: string) => `${mlp}: ${digit} (${share})`,
    brainResult: (digit: number, own: number, ownText: string, all: number, allText: string) =>
      `${brain}: ${digit} (${own === all ? '' : `${ownText} of `}${many(all, allText, 'spike', 'spikes')})`,
    brainSilent: `${brain}: no answer, no neuron fired`,
    brainUnnamed: (spikes: number, text: string) =>
      `${brain}: no answer yet, ${many(spikes, text, 'spike', 'spikes')} of neurons that stand for no digit so far`,
    agree: (digit: number) => `Both read a ${digit}.`,
    differ: 'They disagree.',
  },

  inspector: {
    title: 'One unit',
    none: 'Choose a unit: point at one and click, or move to it with the arrow keys.',
    clear: 'Let go',
    mlpUnit: (layer: number, unit: number) => `Hidden layer ${layer}, unit ${unit}`,
    mlpOutput: (unit: number) => `Output unit ${unit}`,
    brainUnit: (unit: number) => `Excitatory neuron ${unit}`,
    gone: 'The network no longer has this unit.',
    lesioned: 'A lesion silences this unit.',
    recorded:
      'A recording holds no exact values of single units. Shown are its weights as they were recorded, and what follows from them.',
    waiting: 'Exact values come with the next image.',
    weights: 'Weights',
    change: 'Last change',
    weightsPicture: 'Incoming weights, one for each pixel',
    changePicture: 'What the last change added, one for each pixel',
    formula: 'What it computes',
    why: 'Why it changed',
    strongest: (shown: string, all: string) => `Strongest ${shown} of ${all} inputs`,
    input: 'Input',
    pixel: (row: number, column: number) => `row ${row}, column ${column}`,
    unit: (unit: number) => `unit ${unit}`,
    x: 'Output x',
    weight: 'Weight w',
    product: 'w x',
    gradient: 'dL/dw',
    lastUpdate: 'Last update',
    sum: 'Sum',
    bias: 'Bias',
    activation: 'Output',
    delta: 'Gradient',
    deltaMeaning: (positive: boolean): string =>
      positive
        ? 'A larger sum would have raised the loss of this image: learning pushes it down.'
        : 'A larger sum would have lowered the loss of this image: learning pushes it up.',
    deltaZero: 'The gradient is 0: this image does not ask the unit to change.',
    unlabelled: 'Nobody has said which digit this is, so there is no loss and nothing to learn from.',
    weightGradient: 'The gradient of a weight is that of the sum times the input it comes from.',
    optimiser: (name: string, rate: string, batch: string) =>
      `${name} turned the mean gradient of ${batch} into the last update, at a learning rate of ${rate}. It is not this image's gradient alone.`,
    batchImages: (batch: number) => (batch === 1 ? 'one image' : `${batch} images`),
    optimisers: {
      adam: 'Adam',
      sgd: 'Gradient descent with momentum',
      gradientDescent: 'Gradient descent',
      rmsProp: 'RMSProp',
    },
    meanChange: (value: string) => `Its weights moved by ${value} on average.`,
    notLearned: 'The network only looked at this image; the last update came from images before it.',

    label: 'Read out as',
    noLabel: 'no digit yet',
    membrane: 'Membrane potential v',
    threshold: 'Threshold',
    theta: 'of it adaptive (theta)',
    excitation: 'Excitation gE',
    inhibition: 'Inhibition gI',
    spikes: 'Spikes in this image',
    spikeTimes: (times: string) => `at ${times} ms`,
    noSpikes: 'none',
    weightTotal: 'Sum of weights',
    time: 'Time in the image',
    milliseconds: (value: string) => `${value} ms`,
    millivolts: (value: string) => `${value} mV`,
    perSecond: (value: string) => `${value} mV/ms`,
    trace: 'Membrane and conductances over 350 ms',
    traceSummary: (lowest: string, highest: string, spikes: number, text: string) =>
      `The membrane moves between ${lowest} and ${highest} mV; ${many(spikes, text, 'spike', 'spikes')}.`,
    leak: 'leak',
    excites: 'excitation',
    inhibits: 'inhibition',
    heaviest: (shown: string, all: string) => `Heaviest ${shown} of ${all} synapses`,
    mostChanged: (shown: string, all: string) => `Most changed ${shown} of ${all} synapses`,
    inputSpikes: 'Input spikes',
    dw: 'Δw',
    silentWhy: 'It did not fire, so no weight grew.',
    restWhy: 'Nothing changed: the network did not learn from this image.',
    tallies: (grown: string, gain: string, shrunk: string, loss: string) =>
      `${grown} synapses grew, by ${gain} together; ${shrunk} shrank, by ${loss}. The scaling of all of them to a fixed sum, before each image, is not counted.`,
    rule: 'A synapse grows when the neuron fires shortly after the input and shortly after its own last spike; it shrinks a little when the input fires after the neuron.',
    example: (place: string, pre: string, post: string) =>
      `Last pair at the most changed synapse (${place}): input at ${pre} ms, neuron at ${post} ms.`,
    firstSpike:
      'It was the neuron’s first spike of this image, so its own trace had faded: hardly anything grew.',
  },

  cost: {
    title: 'The bill',
    description: 'What each network has spent so far. Counts are measured; energy is a model.',
    measure: 'Measure',
    samples: 'Images learned from',
    labels: 'Labels used to learn',
    labelsReadOut: 'Labels used to name neurons',
    upTo: (value: string) => `up to ${value}`,
    operations: 'Operations',
    perImage: 'Operations per image',
    macs: (value: string) => `${value} multiply-accumulates`,
    accumulates: (value: string) => `${value} accumulates`,
    membraneSteps: 'Membrane updates per image',
    notCounted: (value: string) => `${value}, not counted above`,
    notApplicable: 'none',
    time: 'Time per image, this device',
    parameters: 'Numbers learned',
    accuracy: 'Test accuracy',
    ofImages: (share: string, images: string) => `${share} of ${images}`,
    energy: 'Energy per image, model',
    range: (low: string, high: string) => `${low} to ${high}`,
    comparable: 'What can be compared',
    comparableFacts: [
      'Images: both see the same ones, in the same order.',
      'Accuracy, when both have seen as many images and as many test images.',
      'Labels: the deep network needs one at every step; the brain learns without, and labels only name its neurons afterwards.',
    ],
    incomparable: 'What cannot',
    incomparableFacts: [
      'Operations: a multiply-accumulate does more than an accumulate, and updates of membranes are in neither count.',
      'Time: both are programs on this device. The 350 ms are simulated; no chip made for spikes was timed.',
      'Energy: nothing was measured in joules.',
    ],
    assumptions: 'The energy model',
    assumptionFacts: (values: { mac: string; accumulate: string; word: string; steps: string }) => [
      `A 45 nm chip: ${values.mac} pJ for a 32-bit multiply-accumulate, ${values.accumulate} pJ for an addition (Horowitz, ISSCC 2014).`,
      'Low end: these operations and nothing else.',
      `High end: one 32-bit word read from a small memory on the chip for each operation, ${values.word} pJ; and, for the brain, every membrane updated every 0.5 ms at about ${values.steps} multiply-accumulates (our estimate).`,
      'Left out: memory off the chip, which costs a hundred times more for each word, and everything else a computer does.',
    ],
  },

  table,

  describe,

  exports: {
    png: 'Picture (PNG)',
    svg: 'Chart (SVG)',
    csv: 'Numbers (CSV)',
    chart: (what: string) => `Save as a drawing (SVG): ${what}`,
    seriesCsv: 'Series (CSV)',
    config: 'Parameters (JSON)',
    failed: 'This could not be exported. Try again when the picture is shown.',
    /** Why there is no PNG. */
    noPicture: {
      lost: 'The graphics card has taken the picture away. Try again when it is back.',
      disposed: 'The pictures are no longer drawn. Reload the page to have them again.',
      notShown: 'Nothing of it is in sight. Scroll to the picture and try again.',
      notMade: 'The picture could not be made, perhaps because memory is short. Try a smaller window.',
    },
    time: 'Time (ms)',
    potential: 'Potential (mV)',
    neuron: 'Neuron',
    digit: 'Digit',
    images: 'Images seen',
    operations: 'Operations',
  },

  dropZone: {
    drop: 'Drop to open',
    kinds: 'A recording, a run folder, IDX files of images and labels, or a picture of a digit.',
    open: 'Open a file …',
    openFolder: 'Open a run folder …',
    unknown: (name: string) =>
      `“${name}” is none of what this page reads: a recording (.mcap), a run folder, IDX files, or a picture.`,
    nothing: 'Nothing was dropped that this page can read.',
    noRecording: (name: string) =>
      `The folder “${name}” holds no recording.mcap. Runs made with “spikegrad compare --record” have one.`,
    tooMany: 'Drop one recording, or two to compare.',
    problems: {
      noFiles: (_file: string) => 'No file was dropped.',
      tooManyFiles: (_file: string) =>
        'These are too many files. A data set has four: images and labels, to train and to test.',
      tooLarge: (file: string) => `“${file}” is too large: 64 MB are the most, unpacked.`,
      notIdx: (file: string) => `“${file}” is no IDX file, or it is cut off. MNIST’s files are IDX files.`,
      wrongSize: (file: string) => `The images of “${file}” are not 28 by 28 pixels.`,
      wrongLabels: (file: string) => `“${file}” has labels beyond 9. Ten classes, 0 to 9, can be learned.`,
      noImages: (_file: string) => 'No file with images is among these. Drop images and labels together.',
      noLabels: (_file: string) => 'No file with labels is among these. Drop images and labels together.',
      countsDiffer: (file: string) => `No file has as many labels as “${file}” has images.`,
      tooFew: (file: string) => `“${file}” has too few images to learn from: 20 are the fewest.`,
    },
  },
}
