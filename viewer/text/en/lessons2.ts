// English: lesson 2, a rectified sum and a leaky membrane.
import type { LessonPage } from '../../lessons/page.ts'

export const lesson2 = {
  page: {
    title: 'One unit',
    question: 'A sum that is cut off at zero, and a membrane that leaks. What can each tell apart?',
    minutes: 5,
    predict: {
      setting: [
        'A unit of the deep network multiplies each input by a weight, adds everything up, and puts out the sum, or 0 if the sum is negative. That cut is called ReLU.',
        'A neuron of the brain model also has weights. But its inputs come as spikes, one after another. Each spike lifts its membrane potential a little, and between spikes the potential leaks back to rest. If it crosses a threshold, the neuron fires and starts again.',
      ],
      question:
        'The same 20 spikes reach a leaky neuron: first all within 20 ms, then spread over 330 ms. When does it fire?',
      choices: [
        'Both times: 20 spikes are 20 spikes',
        'Only when they come close together',
        'Only when they are spread out',
      ],
    },
    run: {
      instructions: [
        'Move “spread”. The inputs and weights stay the same, only the timing changes.',
        'Then make the leak slower (a longer time constant) and try again.',
        'Make a weight negative. Both units go quiet, each in its own way.',
      ],
      watch: [
        'The sum on the left does not know about time: it never moves when you move “spread”.',
        'The trace on the right climbs with each spike and sinks in between.',
        'How many spikes leave the neuron. The unit on the left gives one number, the neuron gives moments.',
      ],
    },
    reveal: {
      answer: () =>
        'It fires only when the spikes come close together. Spread out, most of each spike has leaked away before enough others have come.',
      verdicts: [
        'That is how the unit of the deep network counts. The membrane forgets: a spike’s effect fades within a few tens of milliseconds.',
        'The membrane adds up what comes within its time constant, and forgets the rest.',
        'The other way round. A leaky membrane needs spikes that come together.',
      ],
      paragraphs: () => [
        'Both units weigh their inputs and both are silent below a point. So a rate of spikes, averaged over time, can play the part of a ReLU’s number. This is why spiking networks can imitate ordinary ones.',
        'But the membrane has a memory of its own, set by its time constant. It can tell “together” from “one after the other”. To a single ReLU these are the same.',
        'The trace you moved was computed in this page by the simulator, step by step of half a millisecond. The neurons on the stage are a richer kind: their synapses open conductances, and their threshold rises with each spike they fire.',
      ],
      same: 'Both weigh inputs, add them, and stay silent below a point.',
      differs:
        'A ReLU gives a number, at once, and has no memory. The membrane lives in time: it adds, leaks, fires and starts again.',
      caution:
        'Real neurons are not points. They have branches that compute on their own, many kinds of channels, and synapses that fail. “Leaky integrate-and-fire” keeps the sum, the leak and the threshold, and drops the rest.',
      sources: [
        {
          text: 'Gerstner, Kistler, Naud & Paninski 2014, Neuronal Dynamics, section 1.3',
          address: 'https://neuronaldynamics.epfl.ch/online/Ch1.S3.html',
        },
        {
          text: 'Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines',
          address: 'https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf',
        },
      ],
    },
    teacher: {
      goal: 'Explain why a leaky neuron reacts to timing and a weighted sum does not.',
      lead: [
        'Use a leaking bucket: pour ten cups quickly, then ten cups slowly.',
        'Let one half of the class find the widest spread at which the neuron still fires, the other half the slowest leak at which it does not. Compare.',
        'Ask what a negative weight means on each side before anyone moves it.',
      ],
      misconceptions: [
        {
          claim: 'A stronger input makes a bigger spike.',
          reply:
            'Spikes are all alike. A stronger input makes them earlier and more frequent. The height of the trace is the potential, not the spike.',
        },
        {
          claim: 'ReLU is a simplified neuron.',
          reply:
            'It is a good function for learning by gradients. That it resembles a firing rate is a loose likeness, not a derivation.',
        },
      ],
      questions: [
        'What would a neuron with no leak do with spikes over a whole day?',
        'How could a neuron use a fast leak to notice that two ears hear at the same moment?',
        'Where in the deep network could one put time?',
      ],
    },
  } satisfies LessonPage as LessonPage,
  bench: {
    inputs: 'Inputs',
    input: (place: number) => `Input ${place}`,
    strength: 'Strength',
    weight: 'Weight',
    spread: 'Spread of the spikes',
    tauMem: 'Membrane time constant',
    sumTitle: 'Deep network: one sum',
    membraneTitle: 'Brain model: one membrane',
    sum: (value: string) => `Weighted sum ${value}`,
    output: (value: string) => `Output ${value}`,
    spikes: (number: number) =>
      number === 0 ? 'It does not fire.' : number === 1 ? 'It fires once.' : `It fires ${number} times.`,
    arrivals: (number: number) => `${number} input spikes`,
    threshold: 'threshold',
    rest: 'rest',
    traceLabel: (spikes: number, highest: string) =>
      `Membrane potential over 350 ms: highest ${highest} mV, ${spikes} ${spikes === 1 ? 'spike' : 'spikes'}`,
    sumLabel: (terms: string, output: string) => `Bars of ${terms}; output ${output}`,
    together: 'Together',
    apart: 'Spread out',
  },
}
