// English: lesson 1, two learners and one digit.
import type { LessonPage } from '../../lessons/page.ts'
import { count, percent } from '../../panels/format.ts'

export const lesson1 = {
  page: {
    title: 'Two learners, one digit',
    question: 'Two networks see the same pictures. Who learns what, and from what?',
    minutes: 4,
    predict: {
      setting: [
        'On the left is a deep network. On the right is a small model of a brain circuit. Both see the same handwritten digits, in the same order. Both begin with random connections: they know nothing.',
        'After each batch of pictures the deep network is told the right answers. In the brain model no answer ever changes a synapse. Answers only serve to note which neuron responds to which digit.',
      ],
      question:
        'Both have now seen the same 1,000 pictures. Who names more digits right that it has never seen?',
      choices: ['The deep network', 'The brain model', 'Both about the same'],
    },
    run: {
      instructions: [
        'Play the recording and watch both networks from their first picture on.',
        'Pause, and step from one digit to the next. It is always the same digit for both.',
      ],
      watch: [
        'The learned pictures. On the left, colours say which pixels count for a unit and which count against it. On the right, each tile is what one neuron has come to wait for.',
        'The last column of the deep network, and the votes of the brain: each has ten places, one for each digit.',
        'The accuracy on digits that neither has learned from. Guessing would give 10 %.',
      ],
    },
    reveal: {
      answer: ({ first }) => {
        const [early, late] = [first.course[0]!, first.course.at(-1)!]
        return `After ${count(early.images)} pictures the deep network is right for ${percent(early.mlp, 0)} of new digits, the brain model for ${percent(early.brain, 0)}. After ${count(late.images)} it is ${percent(late.mlp, 0)} and ${percent(late.brain, 0)}.`
      },
      verdicts: [
        'It is told the answer for every picture, and its weights move so as to make that answer more likely.',
        'Not so. The brain model has to find out by itself which pictures belong together, and that takes it more of them.',
        'Not yet. Both are far better than guessing, but the deep network has learned from 1,000 answers. The brain model used none to change its synapses; they only named its neurons.',
      ],
      paragraphs: ({ first }) => [
        'Being told helps. The deep network compares its answer with the right one and changes its weights a little, so that it would have been less wrong. This is gradient descent, and the way it works out the changes is backpropagation.',
        `The brain model does something else. Its ${count(first.neurons)} neurons compete for each picture. The few that fire make their synapses from bright pixels stronger. So a neuron comes to look like the digits it fired for. Nobody said what those digits are called.`,
        'It keeps getting better long after 1,000 pictures: in the published network three passes over 60,000 pictures took 400 neurons to 87 %.',
      ],
      same: 'The pictures, their order, and the test. Both keep what they learn in the strengths of connections, and both get better through small changes.',
      differs:
        'The signal that teaches. One is told the right answer each time; the other uses only the spikes of its own neurons. One computes with numbers, the other with spikes in time.',
      caution:
        'These figures are one run from one start; another start gives slightly others. And it is no contest between brains and computers. Both are computer programs, and the brain model leaves out nearly all that a brain has.',
      sources: [
        {
          text: 'Diehl & Cook 2015, Unsupervised learning of digit recognition using spike-timing-dependent plasticity',
          address: 'https://doi.org/10.3389/fncom.2015.00099',
        },
        {
          text: 'Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors',
          address: 'https://doi.org/10.1038/323533a0',
        },
      ],
    },
    teacher: {
      goal: 'Say what the two networks have in common and what differs: the signal that teaches, and the language of numbers or spikes.',
      lead: [
        'Let everybody write a prediction and one reason before anything moves. Collect the reasons, not the votes.',
        'Play at two images a second for half a minute and ask only: what do you see? Then play to the end.',
        'Stop where the brain’s tiles begin to look like digits. Ask who told the network to do that.',
      ],
      misconceptions: [
        {
          claim: 'The brain model is worse, so brains learn worse.',
          reply:
            'It is a few hundred neurons with one simple rule and no labels. The deep network here has an answer for each picture. The two were not given the same help.',
        },
        {
          claim: 'The tiles are stored pictures.',
          reply:
            'They are connection strengths. Most come out as a blend of many digits, and no single picture that was shown is in there.',
        },
      ],
      questions: [
        'Which of the two could learn from a million pictures without any answers?',
        'How would you find out whether the order of the pictures matters?',
        'A child learns to tell cats from dogs. Is it told each time?',
      ],
    },
  } satisfies LessonPage as LessonPage,
}
