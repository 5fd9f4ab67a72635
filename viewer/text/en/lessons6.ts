// English: lesson 6, labels at every step or only after learning.
import type { LessonPage } from '../../lessons/page.ts'
import { count, percent } from '../../panels/format.ts'

export const lesson6 = {
  page: {
    title: 'Labels',
    question: 'An answer for every picture, or a few names at the end?',
    minutes: 5,
    predict: {
      setting: [
        'A label is the right answer: “this is a 3”. The deep network needs one for each picture it learns from.',
        'The brain model learned from pictures alone. To make it read digits we must name its neurons. We show labelled pictures with learning switched off, and call each neuron after the digit it answers most. Then the named neurons vote.',
      ],
      question:
        'The brain model has finished learning. We have labels for only 100 pictures to name its neurons. How well will it read?',
      choices: [
        'No better than guessing, about 10 %',
        'Far above guessing, but well below what more labels give',
        'As well as with 1,000 labels, or nearly',
      ],
    },
    run: {
      instructions: [
        'Choose how many labels there are. The neurons of the recorded brain model are named anew each time, in this page.',
        'Compare with a deep network that learned from these labelled pictures alone.',
      ],
      watch: [
        'How many neurons have no name yet: they have not fired at any labelled picture.',
        'The receptive fields do not change. Naming is not learning.',
        'Which of the two reads better, and whether more labels change that.',
      ],
    },
    reveal: {
      answer: ({ labels }) => {
        const few = labels.find(row => row.labels === 100)!
        const most = labels.at(-1)!
        return `With 100 labels the brain model reads ${percent(few.brain, 0)} of new digits, with ${count(most.labels)} it reads ${percent(most.brain, 0)}.`
      },
      verdicts: [
        'Much better than that. Each named neuron brings all that it learned without labels.',
        'A hundred names go a long way, but many neurons are named by a single picture or not at all.',
        'Not quite. Many neurons fire at none of the 100 pictures, and some are named after a picture that they answered by mistake.',
      ],
      paragraphs: ({ labels }) => {
        const few = labels.find(row => row.labels === 100)!
        const most = labels.at(-1)!
        return [
          `A deep network that learned from the same 100 labelled pictures alone, over and over, reads ${percent(few.mlp, 0)}; with ${count(most.labels)} it reads ${percent(most.mlp, 0)}. It had no use for the pictures without labels, and still it is ahead.`,
          'So learning without labels is no free gift. What it gives is neurons that stand for something before anybody has said what. How much that is worth depends on what they have found, and these have seen one pass over 10,000 pictures only.',
          'And the reading depends on the naming. Count the votes in another way, and the same network with the same spikes may read better or worse. “The accuracy of the brain model” is always that of the network and the read-out together.',
        ]
      },
      same: 'Both are judged on pictures that neither learned from nor was named by.',
      differs:
        'Where labels go in. In the deep network they shape every weight. In the brain model no weight depends on any label.',
      caution:
        'Labels for naming must come from training pictures, never from test pictures. Where a read-out was fitted on the test set, the accuracy came out too high. And nothing in a brain needs to be “read out” by us.',
      sources: [
        {
          text: 'Diehl & Cook 2015, section 2.5',
          address: 'https://doi.org/10.3389/fncom.2015.00099',
        },
      ],
    },
    teacher: {
      goal: 'Tell learning from naming, and see what labels are used for in each network.',
      lead: [
        'Sort a pile of unknown coins into groups first; only then tell the class one name for each group. How many names were needed?',
        'Let everybody sketch accuracy against the number of labels for both networks, then reveal.',
        'Ask what a fair comparison would be. There is more than one answer.',
      ],
      misconceptions: [
        {
          claim: 'The brain model learns without labels, so it needs none.',
          reply:
            'To read digits it needs names. Without any label its neurons still specialise, but nobody can tell what for.',
        },
        {
          claim: 'More labels make the brain model learn more.',
          reply: 'They only name its neurons better. Its weights are the same for 10 labels and for 1,000.',
        },
      ],
      questions: [
        'Which tasks have many pictures but few labels?',
        'Could you name the neurons just by looking at their tiles? Try it.',
        'Why must the test pictures be kept apart?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    labels: 'Labels',
    chartTitle: 'Accuracy by number of labels',
    chartLabel: (labels: string, brain: string, mlp: string) =>
      `With ${labels} labels the brain model reads ${brain}, the deep network ${mlp}`,
    named: (named: string, neurons: string) => `${named} of ${neurons} neurons have a name.`,
    labelAxis: 'labels',
    accuracy: 'test accuracy',
    brain: 'Brain model',
    mlp: 'Deep network, these labels alone',
    guessing: 'guessing',
    namesTitle: 'Neurons named',
    nameOf: (digit: number, neurons: string) => `${digit}: ${neurons}`,
    noName: 'no name',
  },
}
