// English: lesson 8, break it.
import type { LessonPage } from '../../lessons/page.ts'
import { count, percent } from '../../panels/format.ts'

export const lesson8 = {
  page: {
    title: 'Break it',
    question: 'What does each network forget, and what does it withstand?',
    minutes: 6,
    predict: {
      setting: [
        'Good tests try to break things. We silence units, add noise to the pictures, draw digits of our own, and change the task halfway.',
        'In this run both networks first see only the digits 0 to 4. Then they see only 5 to 9, and never a 0 to 4 again.',
      ],
      question: 'At the end, who still reads the digits 0 to 4?',
      choices: ['The deep network', 'The brain model', 'Both', 'Neither'],
    },
    run: {
      instructions: [
        'Play the recording through the change of task, or drag to it.',
        'Then look at what happens when units are silenced or pixels get noisy.',
        'Draw a digit of your own on the stage: “Open live with these settings” brings you there.',
      ],
      watch: [
        'The two curves for 0 to 4 after the change.',
        'The brain’s tiles: which of them change when new digits come?',
        'How fast each network falls as more and more units are silent.',
      ],
    },
    reveal: {
      answer: ({ forgetting }) =>
        `The deep network falls from ${percent(forgetting.before.mlp, 0)} to ${percent(forgetting.after.mlp, 0)} on the digits 0 to 4. The brain model goes from ${percent(forgetting.before.brain, 0)} to ${percent(forgetting.after.brain, 0)}.`,
      verdicts: [
        'It forgets them almost at once. All its weights serve all digits, and nothing asks it to keep the old answers.',
        'Only neurons that fire change, and enough of those for 0 to 4 keep what they learned.',
        'Only one does. The deep network’s weights are all turned to the new digits.',
        'The brain model keeps most of them: neurons that do not fire do not change.',
      ],
      paragraphs: ({ forgetting, lesions, noise }) => {
        const half = lesions.find(({ share }) => share === 0.5)!
        const noisy = noise.find(({ level }) => level === 0.5)!
        return [
          `This is called catastrophic forgetting. Gradient descent lowers the error on what is shown now; whatever is not shown has no say. On the new digits, 5 to 9, the deep network reaches ${percent(forgetting.newDigits.mlp, 0)}, the brain model ${percent(forgetting.newDigits.brain, 0)}.`,
          'In the brain model only the few neurons that win a picture change, and those that have won often are hard to drive. Many of the old ones keep what they learned. The price is that few are left to take up the new digits, and that these are learned far more slowly.',
          `With half of the units silenced at random the deep network reads ${percent(half.mlp, 0)} and the brain model ${percent(half.brain, 0)}. With noise of half the full brightness on each pixel it is ${percent(noisy.mlp, 0)} and ${percent(noisy.brain, 0)}: such noise lights up the dark pixels, and each of them now sends spikes.`,
        ]
      },
      same: 'The same pictures in the same order, the same noise, the same share of silent units, and the same test.',
      differs:
        'In the deep network every picture moves weights all over the network. In the brain model a picture moves the weights of a few winners.',
      caution:
        'Forgetting is no law of deep networks: mixing in old pictures, or protecting important weights, prevents much of it. Nor does the result say that brains do not forget. The silenced share also means different things in 192 hidden units and in hundreds of neurons.',
      sources: [
        {
          text: 'McCloskey & Cohen 1989, Catastrophic interference in connectionist networks',
          address: 'https://doi.org/10.1016/S0079-7421(08)60536-8',
        },
        {
          text: 'Kirkpatrick et al. 2017, Overcoming catastrophic forgetting in neural networks',
          address: 'https://doi.org/10.1073/pnas.1611835114',
        },
      ],
    },
    teacher: {
      goal: 'Explain catastrophic forgetting and why local learning among competing neurons forgets less.',
      lead: [
        'Learn ten words of an invented language, then ten others with the same meanings. Test the first ten.',
        'Stop at the change of task and let the class draw both curves on.',
        'Collect digits that fool one network and not the other. What do they have in common?',
      ],
      misconceptions: [
        {
          claim: 'The brain model remembers better, so it is the better learner.',
          reply: `It pays with slower learning and lower accuracy. Keeping the old and taking up the new pull in opposite directions.`,
        },
        {
          claim: 'A network that reads MNIST well sees digits as we do.',
          reply:
            'Shift a digit by a few pixels, or draw it small in a corner, and look again. Both have only ever seen centred digits of one size.',
        },
      ],
      questions: [
        'How would you make the deep network keep the old digits?',
        'What could the brain model do if all of its neurons were taken?',
        'Is forgetting ever useful?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    forgettingTitle: 'Accuracy on the digits 0 to 4',
    change: 'from here only 5 to 9',
    forgettingLabel: (images: string, mlp: string, brain: string) =>
      `After ${images} images, on the digits 0 to 4: deep network ${mlp}, brain model ${brain}`,
    imageAxis: 'images seen',
    accuracy: 'test accuracy',
    mlp: 'Deep network',
    brain: 'Brain model',
    kind: 'What is broken',
    kinds: { lesion: 'Units silenced', noise: 'Noise on pixels' },
    level: { lesion: 'Share of units silenced', noise: 'Noise, share of full brightness' },
    at: (level: string, mlp: string, brain: string) => `${level}: deep network ${mlp}, brain model ${brain}`,
    images: 'Images seen',
    count: (images: number) => count(images),
    guessing: 'guessing',
    drawYourOwn: 'Draw your own digit',
    tryLesion: 'Silence units, live',
  },
}
