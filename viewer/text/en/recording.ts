// English: recordings.
import { count, percent } from '../../panels/format.ts'

const networks = { mlp: 'The deep network', brain: 'The brain' } as const

export const recording = {
  marks: {
    start: 'First frame',
    reached: (kind: 'mlp' | 'brain', accuracy: number) =>
      `${networks[kind]} is right on ${percent(accuracy, 0)} of test digits`,
    restarted: (kind: 'mlp' | 'brain') => `${networks[kind]} begins anew`,
    changed: (labels: readonly string[]) => `Changed: ${labels.join(', ')}`,
    bookmark: (samples: number) => `Bookmark at ${count(samples)} images`,
  },
  truncated: 'The end of this recording is missing. What is there can be played.',
  damaged: 'Some parts of this recording are damaged and were left out.',
  altered: 'This file was changed after it was written: what it says of itself may not be true.',
  verify: {
    same: 'Run again from its configuration and seed: every weight comes out the same.',
    differs: (kind: 'mlp' | 'brain', samples: number, sameImages: boolean) =>
      `${networks[kind]} comes out different after ${count(samples)} images${sameImages ? ', though these are the same' : ''}: ${sameImages ? '' : 'other data, '}another version, arithmetic that rounds otherwise, or an altered file.`,
    nothing: 'This recording holds no digest to compare with.',
    otherData: 'This recording was made from other images than those at hand.',
    otherImages:
      'The images at hand have the same name and number, but not the SHA-256 that this recording gives: it was made from other ones, or the file was altered. To run it again on these would show nothing.',
    stopped: 'Stopped before the end.',
  },
  fileName: (samples: number) => `spikegrad-${samples}-images.mcap`,
}
