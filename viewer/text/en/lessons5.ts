// English: lesson 5, competition by softmax and by inhibition.
import type { LessonPage } from '../../lessons/page.ts'
import { count, fixed, percent } from '../../panels/format.ts'

export const lesson5 = {
  page: {
    title: 'Competition',
    question: 'How do many units come to one answer, and to different tasks?',
    minutes: 5,
    predict: {
      setting: [
        'The deep network ends in a softmax: the ten sums become ten shares that add up to 1. If one share grows, the others shrink.',
        'In the brain model each neuron that fires silences all others for a while, through an inhibitory neuron of its own. This is lateral inhibition. So only a few of them learn much from a picture.',
      ],
      question:
        'We switch inhibition off and let the brain model learn again. What will its neurons have learned?',
      choices: [
        'The same pictures, only faster',
        'Nearly all of them the same blurred picture',
        'Nothing: their tiles stay noise',
      ],
    },
    run: {
      instructions: [
        'Below are two recorded runs, with inhibition and without. Move through them and compare the tiles.',
        'Then move the inhibition of the eight cells. They get eight drives of different strength.',
        'Turn up the sharpness of the softmax until one share takes nearly everything.',
      ],
      watch: [
        'How many of the eight cells fire at all.',
        'Is the winner always the cell with the strongest drive? Make the lead small.',
        'The tiles: how much do two neurons differ?',
      ],
    },
    reveal: {
      answer: ({ competition }) =>
        `Without inhibition nearly all neurons learn the same blurred picture. The mean correlation of two receptive fields is ${fixed(competition.without.likeness, 2)}; with inhibition it is ${fixed(competition.with.likeness, 2)}.`,
      verdicts: [
        'It is inhibition that makes them differ. Without it many neurons learn from each picture, and much the same.',
        'Many neurons fire at each digit, and all digits come by, so that they all learn the average of all digits.',
        'They do learn. Without inhibition many neurons fire at each picture, and those that fire change, all alike.',
      ],
      paragraphs: ({ competition }) => [
        `With inhibition, on average ${fixed(competition.with.neuronsFiring, 1)} of ${count(competition.neurons)} neurons fire at a picture; without, ${fixed(competition.without.neuronsFiring, 0)}. Those that stay silent do not learn, and keep what they have for another digit.`,
        `After ${count(competition.images)} pictures the vote is right for ${percent(competition.with.accuracy, 0)} with inhibition and for ${percent(competition.without.accuracy, 0)} without.`,
        'A second thing keeps one neuron from winning always. Each spike raises the neuron’s own threshold a little, and it sinks again only very slowly. Who has won often must be driven harder.',
        'Softmax is not a contest in time. All shares are computed at once, and units that “lose” learn as well: the error tells each of them to be lower next time.',
      ],
      same: 'Both turn many strengths into an answer in which the strongest stands out, and in both one can win only at the cost of the others.',
      differs:
        'Softmax works on the output alone and keeps the order of the sums. Inhibition works among the neurons that learn, in time, and chance may let another than the strongest win.',
      caution:
        'One inhibitory partner for each neuron, reaching all others with the same strength, was made so that competition works. In the cortex, inhibitory cells are about one in five, come in many kinds, and do more than choose a winner.',
      sources: [
        {
          text: 'Diehl & Cook 2015, sections 2.2 and 2.4',
          address: 'https://doi.org/10.3389/fncom.2015.00099',
        },
        {
          text: 'Tremblay, Lee & Rudy 2016, GABAergic interneurons in the neocortex: from cellular properties to circuits',
          address: 'https://doi.org/10.1016/j.neuron.2016.06.033',
        },
        {
          text: 'Maass 2000, On the computational power of winner-take-all',
          address: 'https://doi.org/10.1162/089976600300014827',
        },
      ],
    },
    teacher: {
      goal: 'See that competition is what makes neurons specialise, and that softmax and inhibition do different jobs.',
      lead: [
        'Show a picture; whoever stands up makes all others stay seated for a moment. Ask how to keep the same person from always winning. (That is the adaptive threshold.)',
        'Let the class set inhibition so that exactly one, exactly two, exactly three cells fire.',
        'Compare the two mosaics in silence for ten seconds before talking.',
      ],
      misconceptions: [
        {
          claim: 'The winner is the neuron that fits best.',
          reply: 'Mostly, not always: spikes come at random, and each one silences the rest for a while.',
        },
        {
          claim: 'Softmax gives the probability of being right.',
          reply:
            'It gives shares that add up to 1. Whether a share of 0.9 is right nine times in ten has to be measured.',
        },
      ],
      questions: [
        'What would very strong inhibition without an adaptive threshold lead to?',
        'Where else does competition make things differ?',
        'Could the deep network’s hidden layers use competition too?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    softmaxTitle: 'Deep network: shares by softmax',
    inhibitionTitle: 'Brain model: spikes under inhibition',
    lead: 'Lead of the strongest drive',
    sharpness: 'Sharpness of the softmax',
    inhibition: 'Inhibition',
    published: 'published: 17',
    firing: (cells: number) => (cells === 1 ? 'One cell fires.' : `${cells} of 8 cells fire.`),
    winner: (cell: number, best: boolean) =>
      best
        ? `Cell ${cell} wins, the one driven most.`
        : `Cell ${cell} wins, though it is not the one driven most.`,
    tie: 'No single cell wins.',
    rasterLabel: (counts: string) => `Spikes of cells 1 to 8 over 350 ms: ${counts}`,
    sharesLabel: (shares: string) => `Shares of cells 1 to 8: ${shares}`,
    drive: 'drive',
    with: 'With inhibition',
    without: 'Without inhibition',
    fields: (name: string, images: string) => `${name}: receptive fields after ${images} images`,
    images: 'Images seen',
    timeAxis: 'time, ms',
  },
}
