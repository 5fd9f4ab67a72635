// English: the replay screen.
export const replay = {
  heading: 'Replay',
  introduction:
    'Open a recorded run: go to any image of it, step, loop, lay two side by side, and check that it can be reproduced.',
  open: 'Open a recording',
  openAnother: 'Open another',
  openFolder: 'Open a run folder',
  openBundled: 'Open the bundled run',
  bundledName: 'Bundled run',
  dropHint: 'Or drop a file anywhere on this page: a recording (.mcap), or two to compare.',
  opening: 'Opening …',
  cannotFetch: 'The bundled run could not be fetched. Check the connection, or open a file.',
  failed: 'This file could not be opened.',
  close: 'Close',
  save: 'Save a copy',
  compare: 'Compare with …',
  endCompare: 'End the comparison',
  sameFile: 'Both are the same recording. Choose another one to compare with.',

  facts: 'About this recording',
  recordedBy: {
    page: 'Recorded in the page',
    command: 'Recorded by the command line',
    script: 'Comes with the page',
  },
  recordedAt: (date: string) => `on ${date}`,
  data: (name: string, images: string) => `${name}, ${images} training images`,
  unknownData: 'Data set not named',
  networks: (layers: string, neurons: string) => `MLP ${layers}; ${neurons} neurons`,
  seed: (seed: string) => `Seed ${seed}`,
  size: (seconds: string, moments: string) => `${seconds} s, ${moments} frames`,
  truncated: 'The end of the file is missing. What is there is shown.',
  damage: (parts: number) =>
    parts === 1
      ? 'One part of the file is damaged and was left out.'
      : `${parts} parts of the file are damaged and were left out.`,
  stopped: 'A frame could not be shown, so playing stopped there. Go elsewhere on the timeline to play on.',

  timeline: 'Timeline',
  place: (samples: string, all: string) => `${samples} of ${all} images`,
  time: (seconds: string) => `${seconds} s after it began`,
  first: 'To the beginning',
  marks: 'Marks',
  bookmark: 'Bookmark',
  loopFrom: 'Loop from here',
  loopTo: 'Loop to here',
  noLoop: 'No loop',
  loop: (from: string, to: string) => `Loop from ${from} to ${to} images`,
  loopWaits: (from: string) => `Loop from ${from}: now choose its end.`,

  verify: 'Verify',
  verifyMeans: 'Runs the same configuration and seed again, here, and compares what was learned, bit by bit.',
  verifying: (share: string) => `Running again: ${share}`,
  stop: 'Stop',
  verified: (count: number) =>
    count === 1
      ? 'Verified: the run made here has learned exactly the same.'
      : `Verified: the run made here has learned exactly the same, at ${count} places.`,
  differs: (network: string, samples: string) =>
    `Not the same: the ${network} differs after ${samples} images. The data set, the version or the processor may not be those of the recording.`,
  nothingToVerify: 'This recording holds no digest of what was learned, so there is nothing to compare with.',
  verifyFailed: 'The run could not be made again here.',
  wrongData: 'This recording is of another data set. Drop that data set on the page first, then verify.',

  comparison: 'Two recordings, image by image',
  atSamples: (samples: string) => `at ${samples} images`,
  endsAt: (samples: string) => `ends at ${samples} images`,
  difference: 'What differs',
  parameter: 'Parameter',
  noDifference: 'Both have the same parameters.',
  testAccuracies: 'Accuracy on test images',
  line: (network: string, name: string) => `${network}, ${name}`,
  deepPictures: 'Weights of the first hidden layer',
  brainPictures: 'Receptive fields',
  image: (label: number) => (label < 0 ? 'The image' : `The image, a ${label}`),
  accuracy: (test: string, train: string) => `${test} of test images, ${train} while learning`,
  named: (digit: number) => (digit < 0 ? 'names nothing' : `names ${digit}`),
  noFrame: 'No frame of this network yet.',
}
