// English: lesson 7, the bill.

import { brainBill, horowitz, mlpBill } from '../../lessons/laboratory/bill.ts'
import type { LessonPage } from '../../lessons/page.ts'
import { compact, energy } from '../../panels/format.ts'

export const lesson7 = {
  page: {
    title: 'The bill',
    question: 'What does an answer cost: in operations, in time, in joules?',
    minutes: 6,
    predict: {
      setting: [
        'The deep network multiplies and adds: one multiply-accumulate for each weight whose input is not zero. At its synapses the brain model only adds: when a spike comes, its weights are added to the neurons they lead to.',
        'Spikes are rare, and adding is cheaper than multiplying. One often reads that spiking networks therefore save energy.',
      ],
      question: 'To read one digit, which of these two networks does more operations at its synapses?',
      choices: ['The deep network', 'The brain model', 'About the same'],
    },
    run: {
      instructions: [
        'The counts are measured on the recorded runs. Choose reading or learning.',
        'Then set the price of each operation, and watch the bill. The first prices are from a well-known table for 45 nm chips.',
        'Add the price of fetching a weight from memory, which most such bills leave out.',
      ],
      watch: [
        'Which part of the brain model’s bill is largest.',
        'What must hold for the brain model to be the cheaper one.',
        'How far the answer depends on prices that nobody measured here.',
      ],
    },
    reveal: {
      answer: ({ bill }) =>
        `The brain model: ${compact(bill.brainReading)} additions for a digit, against ${compact(bill.mlpReading)} multiply-accumulates of the deep network.`,
      verdicts: [
        'It has fewer units and looks once. The brain model looks for 350 ms, with hundreds of neurons and thousands of input spikes.',
        'Each of about two thousand input spikes reaches every excitatory neuron.',
        'They are far apart, since the brain model looks for 350 ms and each input spike reaches all of its neurons.',
      ],
      paragraphs: ({ bill }) => [
        `With the first prices, reading a digit comes to ${energy(mlpBill(bill, horowitz, false).total)} for the deep network and ${energy(brainBill(bill, horowitz, false).total)} for the brain model. Most of the latter is membranes: they are updated every half millisecond, whether a spike comes or not.`,
        'That is the bill of this simulation, not of a brain and not of a neuromorphic chip. A chip with analogue membranes pays nothing for updating them step by step, and pays for other things.',
        'Counting spikes alone does not show that a spiking network saves energy. Studies that count memory and data movement too find that it does so only when spikes are very rare and few time steps are needed.',
      ],
      same: 'Both are counted in the same way: one operation for each input that is not zero and each weight it meets.',
      differs:
        'The deep network multiplies, and once. The brain model adds, and again and again over the 700 steps that a picture is on; besides, its membranes must be kept up, through the 300 steps of rest after it too.',
      caution:
        'The joules are a model: counts times prices for single operations in one old technology. Moving data often costs more than computing. The two networks do not reach the same accuracy, so even a true price would not be a price for the same thing. And the energy of a brain says nothing about this model’s.',
      sources: [
        {
          text: 'Horowitz 2014, Computing’s energy problem (and what we can do about it)',
          address: 'https://doi.org/10.1109/ISSCC.2014.6757323',
        },
        {
          text: 'Yik et al. 2025, The NeuroBench framework for benchmarking neuromorphic computing algorithms and systems',
          address: 'https://doi.org/10.1038/s41467-025-56739-4',
        },
        {
          text: 'Yan, Bai & Wong 2024, Reconsidering the energy efficiency of spiking neural networks',
          address: 'https://arxiv.org/abs/2409.08290',
        },
      ],
    },
    teacher: {
      goal: 'Tell a count from a model, and name the assumptions that a claim about energy rests on.',
      lead: [
        'Ask for the cost of a journey before saying whether fuel, time or money is meant. The same holds here.',
        'Give two groups the job of making “their” network look cheaper by choosing prices. Let them defend the prices.',
        'End with the list of what was left out.',
      ],
      misconceptions: [
        {
          claim: 'The brain uses 20 watts, so spiking networks are efficient.',
          reply:
            'The figure for the brain is about right. It does not carry over to a program that imitates a few neurons on an ordinary chip.',
        },
        {
          claim: 'Fewer operations are always less energy.',
          reply:
            'Only if they cost the same and nothing else is paid for. Fetching a number from far memory can cost hundreds of times the addition.',
        },
      ],
      questions: [
        'What would you have to measure to really compare joules?',
        'How would the bill change with one spike per input in place of many?',
        'Is “per digit” the right unit? What about “per digit read right”?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    reading: 'Reading a digit',
    learning: 'Learning from a digit',
    task: 'Task',
    counts: 'Counted per digit',
    prices: 'Prices, picojoules',
    multiplyAccumulate: 'A multiply-accumulate',
    accumulate: 'An addition',
    membraneUpdate: 'A membrane update',
    memory: 'Fetching a weight',
    mlp: 'Deep network',
    brain: 'Brain model',
    synapses: 'synapses',
    membranes: 'membranes',
    memoryPart: 'memory',
    mlpOperations: 'multiply-accumulates',
    brainOperations: 'additions at synapses',
    updates: 'membrane updates',
    billLabel: (mlp: string, brain: string) => `Deep network ${mlp}, brain model ${brain} per digit`,
    ratio: (times: string, mlpCheaper: boolean) =>
      mlpCheaper
        ? `Under these prices the deep network costs ${times} times less.`
        : `Under these prices the brain model costs ${times} times less.`,
    model: 'A model: counts times the prices you set. Accuracy is not the same on both sides.',
    reset: 'Back to the first prices',
  },
}
