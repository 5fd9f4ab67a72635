// English: problems.
export const problems = {
  recording: {
    notMcap: 'This file is no recording. Recordings end in .mcap.',
    notARecording: 'This MCAP file was made by another program and holds no run that can be shown here.',
    newerVersion:
      'This recording was made by a later version of spikegrad. Reload the page to get the newest, then open it again.',
    tooLarge: 'This recording is too large to be opened here.',
    damaged: 'This recording is damaged: nothing in it can be shown.',
    badConfiguration: 'This recording names settings that no run can have, so it was not opened.',
    empty: 'This recording was closed before its first frame.',
    recordingFull: 'The recording has reached its largest size and was ended. Save what there is.',
    storageFull:
      'There is no room to save the recording. Free some space or choose another place; the recording is kept until the page is closed.',
    storageDenied:
      'The recording may not be saved there. Choose another place; it is kept until the page is closed.',
    recorderFailed: 'The recorder has stopped working. The networks learn on; start the recording again.',
  },
  notKept: {
    progress:
      'This browser keeps nothing for this page: what you predict is forgotten when the page is closed. Allow it storage, or free some space, to keep it.',
    preferences:
      'This browser keeps nothing for this page: your settings last until it is closed. Allow it storage, or free some space, to keep them.',
  },
  away: {
    learned: (images: string) =>
      `While this tab was hidden the networks went on learning: ${images} images more. Nothing was drawn meanwhile; the pictures are of now.`,
    held: 'While this tab was hidden the browser held it still, so the networks learned nothing more. They go on now.',
  },
  live: {
    networks: { mlp: 'The deep network', brain: 'The brain' },
    slowBackend: (_network: string, _detail: string) =>
      'This browser has no WebAssembly SIMD: everything works, but learning is slow. A newer browser is many times faster.',
    nonFinite: (network: string, _detail: string) =>
      `${network}'s loss is no longer a number: the learning rate was too large. Lower it in the Lab, then begin anew (R).`,
    noImages: (_network: string, _detail: string) =>
      'No image is of the digits chosen. Choose at least one digit in the Lab.',
    outOfMemory: (network: string, _detail: string) =>
      `${network} needs more memory than this browser gives. Make it smaller in the Lab, then begin anew (R).`,
    workerFailed: (network: string, detail: string) =>
      `${network} has stopped: its thread failed (${detail}). Reload the page to start it again.`,
    noWorkers: (_network: string, _detail: string) =>
      'This browser does not let the page start threads, so nothing can learn live. Recordings and lessons work.',
    dataFailed: (_network: string, detail: string) =>
      `The digits could not be fetched (${detail}). Check the connection and reload the page; recordings work meanwhile.`,
  },
}
