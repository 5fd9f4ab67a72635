// English: lesson 4, who tells a synapse.
import type { LessonPage } from '../../lessons/page.ts'
import { signed } from '../../panels/format.ts'

export const lesson4 = {
  page: {
    title: 'Who tells a synapse',
    question: 'A synapse must change. How does it know in which direction?',
    minutes: 6,
    predict: {
      setting: [
        'In the deep network, an error is computed at the output and sent back through the weights, layer by layer. That is backpropagation. What arrives at a unit is called delta. How a weight of this unit is changed follows from delta times that weight’s own input.',
        'In the brain model nothing comes back. A synapse knows only when the two neurons it joins have fired. The rule is called spike-timing-dependent plasticity, STDP: what matters is which one fired first, and how much later the other did.',
      ],
      question: 'The input neuron fires just after its target has fired. What does the pair rule of STDP do?',
      choices: [
        'It makes the synapse stronger',
        'It makes the synapse weaker',
        'Nothing: the order does not matter',
      ],
    },
    run: {
      instructions: [
        'Drag the two spikes along the time line, or select one and press the arrow keys. Put the input before the target, then after it.',
        'Switch to the triplet rule, the one that the brain model on the stage uses. It needs a second target spike.',
        'On the left change the right answer and leave everything else as it is.',
      ],
      watch: [
        'The sign of the change when the order turns around.',
        'How the effect fades when the spikes are far apart.',
        'On the left: the same input, the same activity, and yet the opposite change when the answer is another.',
      ],
    },
    reveal: {
      answer: ({ timing }) =>
        `It weakens the synapse. Input 10 ms before target changes a weight of 0.5 by ${signed(timing.pairBefore, 2)}, input 10 ms after target by ${signed(timing.pairAfter, 2)}.`,
      verdicts: [
        'That happens when the input comes first. Then it may have helped to make the target fire.',
        'An input that comes too late cannot have caused the spike, and the synapse is weakened.',
        'Order is the heart of the rule. Turn it around and the change has the other sign.',
      ],
      paragraphs: ({ timing }) => [
        'One way to read STDP: an input that comes just before its target’s spike may have helped to cause it, and is strengthened. One that comes just after cannot have, and is weakened.',
        `The brain model here uses a rule with three spikes. A single pair with the input first changes ${timing.tripletPair === 0 ? 'nothing' : signed(timing.tripletPair, 2)}; only if the target had fired shortly before as well does the synapse grow, in the example by ${signed(timing.tripletTriple, 2)}. Weakening is a hundred times smaller than the most that a triplet adds. Instead, all weights into a neuron are scaled to a fixed sum before each picture. That makes synapses compete.`,
        'Backpropagation needs to know the right answer, and needs the error to travel back through the same weights that the signal came by. STDP needs neither. But nobody tells it whether the digit was a 3 or a 5.',
      ],
      same: 'Both changes are a product of something on the input side and something on the target side, and in the end both of these are there at the synapse.',
      differs:
        'What the target side brings. Delta carries the error from the output and can have either sign. In STDP it is the target’s own spikes, whatever the answer.',
      caution:
        'STDP was measured in cultures and slices of brain tissue, and comes in many shapes. It is one hypothesis on how synapses learn, and in animals it depends on firing rate, voltage, place on the dendrite and chemical signals too. Whether brains do something like backpropagation is an open question.',
      sources: [
        {
          text: 'Bi & Poo 1998, Synaptic modifications in cultured hippocampal neurons',
          address: 'https://doi.org/10.1523/JNEUROSCI.18-24-10464.1998',
        },
        {
          text: 'Pfister & Gerstner 2006, Triplets of spikes in a model of spike timing-dependent plasticity',
          address: 'https://doi.org/10.1523/JNEUROSCI.1425-06.2006',
        },
        {
          text: 'Song, Miller & Abbott 2000, Competitive Hebbian learning through spike-timing-dependent synaptic plasticity',
          address: 'https://doi.org/10.1038/78829',
        },
        {
          text: 'Lillicrap, Santoro, Marris, Akerman & Hinton 2020, Backpropagation and the brain',
          address: 'https://doi.org/10.1038/s41583-020-0277-3',
        },
      ],
    },
    teacher: {
      goal: 'Explain what information a synapse uses under each rule, and where it comes from.',
      lead: [
        'Play it with people: one is a synapse, two are neurons that clap. The synapse steps forward or back by the order of the claps alone.',
        'Then play backpropagation: somebody at the front sees the answer and passes a card “more” or “less” back through the rows.',
        'Ask which of the two games needs somebody who knows the answer.',
      ],
      misconceptions: [
        {
          claim: 'Neurons that fire together wire together.',
          reply:
            'In STDP it matters who fires first. Strictly together is the border between stronger and weaker.',
        },
        {
          claim: 'The brain model checks whether its answer was right.',
          reply:
            'It does not know that there is an answer. It only makes a firing neuron more like what made it fire.',
        },
      ],
      questions: [
        'What goes wrong if synapses only ever get stronger?',
        'How could a reward turn STDP into learning what is useful?',
        'Why is “the same weights backwards” a problem for a real nerve?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    gradientTitle: 'Deep network: told by the error',
    timingTitle: 'Brain model: told by timing',
    answer: 'Right answer',
    classes: ['A', 'B', 'C'],
    input: 'Input x',
    hidden: 'Activity of the unit',
    probability: 'It says',
    error: 'Error',
    delta: 'delta, what comes back',
    gradient: 'dL/dw = delta × x',
    change: 'Change of the weight',
    rule: 'Rule',
    rules: { pair: 'Pair rule', triplet: 'Triplet rule (stage)' },
    pre: 'Input spike',
    post: 'Target spike',
    firstPost: 'Earlier target spike',
    at: (time: string) => `${time} ms`,
    order: (delay: number) =>
      delay > 0
        ? `Input ${delay} ms before target`
        : delay < 0
          ? `Input ${-delay} ms after target`
          : 'Both at the same time',
    course: 'Weight over time',
    courseLabel: (change: string) => `The weight over 100 ms; at the end it has changed by ${change}`,
    window: 'Change for each delay, pair rule',
    windowLabel: (delay: number, change: string) =>
      `At a delay of ${delay} ms the weight changes by ${change}`,
    timeAxis: 'time, ms',
    delayAxis: 'target after input, ms',
    keys: 'Arrow keys move the spike by 1 ms, Page Up and Page Down by 10 ms.',
  },
}
