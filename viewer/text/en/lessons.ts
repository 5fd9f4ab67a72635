// English: the frame around the lessons, and what the models here are not.
export const lessons = {
  heading: 'Lessons',
  introduction: 'Eight lessons of about five minutes. Predict, run, then see what happened.',
  number: (lesson: number) => `Lesson ${lesson}`,
  titles: [
    'Two learners, one digit',
    'One unit',
    'One pass and 350 ms',
    'Who tells a synapse',
    'Competition',
    'Labels',
    'The bill',
    'Break it',
  ],
  minutes: (minutes: number) => `${minutes} minutes`,
  done: 'done',
  navigation: 'All lessons',
  stepsLabel: 'Steps of this lesson',
  steps: { predict: 'Predict', run: 'Run', reveal: 'Reveal', limits: 'Limits' },
  yourAnswer: 'Your prediction',
  notAnswered: 'You made no prediction. That is fine; the reveal says what happened.',
  choose: 'Choose one answer first.',
  keepAndRun: 'Keep my prediction and run',
  toReveal: 'Reveal',
  toRun: 'Back to the run',
  next: (title: string) => `Next: ${title}`,
  toLimits: 'Last page: what this model is not',
  backToFirst: 'Begin again with lesson 1',
  handOver: 'Open live with these settings',
  handOverHint: 'Opens the stage with the same settings, and trains both networks from the start.',
  right: 'As you predicted.',
  wrong: 'Not as you predicted.',
  watchFor: 'Look out for',
  tryThis: 'Do this',
  whatHappened: 'What happened',
  same: 'The same',
  differs: 'Different',
  caution: 'Careful',
  sources: 'Sources',
  teacher: 'For teachers',
  goal: 'Goal',
  lead: 'How to lead it',
  misconceptions: 'Often thought',
  questions: 'Questions to go on with',
  loadingRecording: 'Fetching the recording…',
  recordingMissing:
    'The recording of this lesson could not be fetched. The text and the experiment below work without it; open the lesson again to try once more.',
  measured: 'Figures are from one recorded run each, with seed 1, unless a sentence says otherwise.',
  limits: {
    title: 'What this model is not',
    introduction:
      'A model leaves things out; that is its use. These are the things to remember before carrying anything from this page over to brains, or to deep networks at large.',
    items: [
      {
        title: 'It is not a brain',
        text: 'It has a few hundred excitatory neurons of one kind, in one layer. A human brain has about 86 billion neurons of many kinds, in circuits that send signals back as well as on. “Brain” is short for “a small model of one idea about brains”.',
      },
      {
        title: 'STDP is one hypothesis',
        text: 'That the order of spikes changes synapses was measured in cultures and slices. What decides in a living animal also depends on firing rates, voltage, place on the dendrite and chemical signals. The rule here is a short formula that fits part of the data.',
      },
      {
        title: 'Its inputs are simple',
        text: 'Each pixel becomes a train of random spikes: the brighter, the more. This is a rate code with Poisson statistics. An eye does far more than that before a single spike leaves it, and its spikes are not independent of each other.',
      },
      {
        title: 'Its inhibition is a device',
        text: 'Each excitatory neuron has one inhibitory partner that silences all the others alike. That makes them compete. The wiring of a cortex is not like that: inhibitory cells are about one in five, come in many kinds, and reach mostly near neighbours.',
      },
      {
        title: 'The read-out uses labels',
        text: 'The network learns without labels. But its neurons are named with labelled training images, and the vote that is counted as its answer is made by us, outside of it. An accuracy is that of both together.',
      },
      {
        title: 'Its time is simulated',
        text: '350 ms is time within the model. The computer may take a millisecond or a minute for it. Nothing here measures how fast a brain or a chip would be.',
      },
      {
        title: 'It learns in larger steps than the paper',
        text: 'The network of Diehl and Cook learns for hours. For a page that is watched for minutes, potentiation is twice as large here, and a spike raises the threshold three times as much. The Lab has the constants of the paper.',
      },
      {
        title: 'Its energy is a calculation',
        text: 'Joules here are counts of operations times prices from a table. They leave out most of what a real machine pays for, above all moving data. They are not measurements and say nothing about a brain.',
      },
      {
        title: 'The deep network is a small one',
        text: 'Two hidden layers on 28 by 28 pixels, from before the age of large models. What it does badly here, forgetting say, larger ones and better training can do better. Whether anything like backpropagation happens in brains is an open question.',
      },
      {
        title: 'The task is easy',
        text: 'MNIST digits are centred, of one size, and grey on black. Methods that stand far apart on harder pictures look alike here. An order of merit on this task does not carry over.',
      },
      {
        title: 'One run is one run',
        text: 'What you watch has one seed. Another seed gives other figures. Where a difference matters, run several seeds and look at the spread: the command-line comparison of this project does so.',
      },
    ],
    sourcesTitle: 'Where to read on',
    sources: [
      {
        text: 'Diehl & Cook 2015, the network that is rebuilt here',
        address: 'https://doi.org/10.3389/fncom.2015.00099',
      },
      {
        text: 'Azevedo et al. 2009, Equal numbers of neuronal and nonneuronal cells make the human brain an isometrically scaled-up primate brain',
        address: 'https://doi.org/10.1002/cne.21974',
      },
      {
        text: 'Feldman 2012, The spike-timing dependence of plasticity',
        address: 'https://doi.org/10.1016/j.neuron.2012.08.001',
      },
      {
        text: 'Lillicrap, Santoro, Marris, Akerman & Hinton 2020, Backpropagation and the brain',
        address: 'https://doi.org/10.1038/s41583-020-0277-3',
      },
      {
        text: 'Horowitz 2014, Computing’s energy problem (and what we can do about it)',
        address: 'https://doi.org/10.1109/ISSCC.2014.6757323',
      },
    ],
  },
}
