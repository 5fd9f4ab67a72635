// English: lesson 3, one pass and 350 ms.
import type { LessonPage } from '../../lessons/page.ts'
import { count, fixed, percent } from '../../panels/format.ts'

export const lesson3 = {
  page: {
    title: 'One pass and 350 ms',
    question: 'How does an answer come about: in one pass, or in time?',
    minutes: 5,
    predict: {
      setting: [
        'The deep network reads a digit in one pass: input, first layer, second layer, answer. Each layer waits for the one before it. There is no clock in it.',
        'The brain model is shown the digit for 350 ms of simulated time. Bright pixels send more spikes than dark ones, at random moments. Each excitatory spike is a vote for a digit.',
      ],
      question:
        'We stop the clock early and count the votes so far. When are they about as good as at the end?',
      choices: ['Within the first 100 ms', 'After about 200 ms', 'Only near the end, at 350 ms'],
    },
    run: {
      instructions: [
        'Play slowly. Watch the layers light up one by one on the left, while spikes gather on the right.',
        'Move the clock below. It counts the votes of the trained brain model up to that moment, for every test picture in the recorded set.',
      ],
      watch: [
        'How few neurons fire at all, and how soon the first one does.',
        'What happens to the others after the first spikes.',
        'The votes: do they change their mind?',
      ],
    },
    reveal: {
      answer: ({ moment }) =>
        `Half of the final accuracy is there after ${count(moment.toHalf)} ms, nine tenths of it after ${count(moment.toNineTenths)} ms.`,
      verdicts: [
        'The first spikes come soon, and soon after them one neuron takes over and fires most of the rest.',
        'Earlier. Inhibition soon leaves most of the votes to one neuron, and the decision is mostly made by then.',
        'Much earlier. Most of the 350 ms only repeat what the first 100 ms said.',
      ],
      paragraphs: ({ moment }) => [
        `For one digit about ${count(moment.inputSpikes)} input spikes arrive, but only about ${fixed(moment.excitatorySpikes, 0)} spikes leave the excitatory layer, from ${fixed(moment.neuronsFiring, 1)} neurons on average. The first spikes come from ${fixed(moment.firstNeurons, 1)} neurons within 5 ms. For ${percent(moment.winnerAmongFirst, 0)} of the pictures the neuron that fires most is one of these; it fires ${percent(moment.winnerShare, 0)} of all spikes, since each spike silences the others for a while, as lesson 5 shows.`,
        `At 350 ms the vote is right for ${percent(moment.accuracy, 0)} of ${count(moment.testImages)} test pictures in this recording. A longer look helps little, since the winner goes on winning.`,
        'The deep network has no such curve. Before its pass ends it has no answer, afterwards it has the whole. But its pass is a list of operations that a chip must do in order, so it takes time too: just not a time that means anything to the network.',
      ],
      same: 'Both turn 784 pixels into ten numbers, and the largest one is the answer.',
      differs:
        'One answer comes in a single pass, exactly the same each time. The other grows in time out of random spikes, can be asked for early, and may differ from one look to the next.',
      caution:
        '350 ms is simulated time. How long the computer takes for it is another matter, and the figure says nothing about how fast a brain or a chip is. People can tell within about 150 ms whether a picture holds an animal, by other means than this network’s.',
      sources: [
        {
          text: 'Thorpe, Fize & Marlot 1996, Speed of processing in the human visual system',
          address: 'https://doi.org/10.1038/381520a0',
        },
        {
          text: 'Diehl & Cook 2015, section 2',
          address: 'https://doi.org/10.3389/fncom.2015.00099',
        },
      ],
    },
    teacher: {
      goal: 'Tell apart three times: simulated time, the order of operations in a pass, and the time that a computer takes.',
      lead: [
        'Play one digit at a tenth of an image a second. Have somebody call out the first excitatory spike.',
        'Before moving the clock, let everybody draw the curve they expect. Most draw a straight line.',
        'Then ask what the other 250 ms are good for. (Among others: enough spikes for learning.)',
      ],
      misconceptions: [
        {
          claim: 'The brain model is slow, it needs 350 ms.',
          reply:
            'That is the time in its own world. The computer need not take as long, and a decision is mostly there after a fraction of it.',
        },
        {
          claim: 'More spikes are better answers.',
          reply:
            'Here the spikes of the first 100 ms carry most of the information. Later ones mostly repeat.',
        },
      ],
      questions: [
        'When would you want an answer that can be asked for early?',
        'Why do two looks at the same digit not give the same spikes?',
        'What would happen with a very dim digit?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    clock: 'Stop the clock at',
    chartTitle: 'Accuracy of the votes so far',
    chartLabel: (time: number, accuracy: string) => `At ${time} ms the vote is right for ${accuracy}`,
    time: 'time since the digit came on, ms',
    accuracy: 'test accuracy',
    now: (time: number, accuracy: string) => `At ${time} ms: ${accuracy} right`,
    guessing: 'guessing',
  },
}
