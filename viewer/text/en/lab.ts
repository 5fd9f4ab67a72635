// English: the lab and its parameters.
export const lab = {
  heading: 'Lab',
  introduction:
    'Every number both networks learn by. A change takes effect at once, on the run that is going; one that makes a network begin anew says so and asks first.',
  groups: {
    run: { title: 'Both', says: 'What both networks are given.' },
    mlp: { title: 'Deep network', says: 'Layers of units, trained by backpropagation.' },
    brain: { title: 'Brain', says: 'Leaky integrate-and-fire neurons, trained by STDP.' },
  },
  restarts: {
    restartsMlp: 'Begins the deep network anew.',
    restartsBrain: 'Begins the brain anew.',
    restartsBoth: 'Begins both anew.',
  },
  initial: (value: string) => `Default: ${value}.`,
  reset: (label: string) => `Back to the default: ${label}`,
  range: (minimum: string, maximum: string) => `${minimum} to ${maximum}`,
  outside: (minimum: string, maximum: string) => `A number from ${minimum} to ${maximum}, please.`,
  units: { '': '', ms: 'ms', mV: 'mV', Hz: 'Hz' },
  digit: (digit: string) => `Digit ${digit}`,
  on: 'on',
  off: 'off',
  allDigits: 'all ten',
  oneDigit: 'At least one digit has to stay.',
  changed: (count: number) =>
    count === 1 ? '1 parameter differs from its default.' : `${count} parameters differ from their defaults.`,
  unchanged: 'All parameters are at their defaults.',
  resetAll: 'Reset all',
  presetsTitle: 'Presets',
  presetsSay: 'Each sets all parameters: those it does not name go to their defaults.',
  presets: {
    page: {
      title: 'As the page opens',
      says: 'Diehl and Cook’s network with larger steps, so that a minute is enough, and a deep network with Adam.',
    },
    published: {
      title: 'As published',
      says: 'The brain with Diehl and Cook’s own constants, which suit a run of hours.',
    },
    fast: { title: 'Fast', says: '100 neurons and small layers: the first shapes appear within seconds.' },
    noCompetition: {
      title: 'Competition off',
      says: 'No inhibition between neurons: all of them learn much the same.',
    },
    noThreshold: {
      title: 'No adaptive threshold',
      says: 'Neurons do not tire, so that a few of them win every image.',
    },
    plainDescent: {
      title: 'Plain gradient descent',
      says: 'No momentum, no adaptive steps: the textbook rule.',
    },
    noisy: { title: 'Noisy pixels', says: 'Noise of a third of full brightness on every pixel.' },
    halfLesion: {
      title: 'Half silenced',
      says: 'Half of the hidden units and half of the neurons are silent.',
    },
    firstFive: {
      title: 'Only 0 to 4',
      says: 'The stream leaves out 5 to 9; bring them in later and watch 0 to 4.',
    },
  },
  configTitle: 'Configuration',
  configSays:
    'All parameters as one file, to keep or to pass on. The link in the address bar holds the same.',
  exportConfig: 'Save as JSON',
  importConfig: 'Open JSON',
  imported: (name: string) => `${name} is open.`,
  importedWithProblems: (name: string, fields: string) =>
    `${name} is open. Not usable, so that the limits or defaults stand instead: ${fields}.`,
  notJson: (name: string) =>
    `${name} is not a configuration: it has to be JSON with the parameters by their names.`,
  parameters: {
    seed: {
      label: 'Seed',
      says: 'Where all random draws begin: the same seed gives the same run, to the bit.',
    },
    classes: { label: 'Digits', says: 'Which digits come; the others are left out of the stream.' },
    pixelNoise: {
      label: 'Pixel noise',
      says: 'Standard deviation of the noise on each pixel, as a share of full brightness.',
    },
    hidden1: { label: 'First hidden layer', says: 'How many units look at the pixels.' },
    hidden2: { label: 'Second hidden layer', says: 'How many units look at the first layer.' },
    activation: { label: 'Activation', says: 'What a unit makes of the sum that reaches it.' },
    optimiser: { label: 'Optimiser', says: 'How a gradient becomes a change of the weights.' },
    learningRate: { label: 'Learning rate', says: 'How far each update moves the weights.' },
    momentum: {
      label: 'Momentum',
      says: 'How much of the steps before the next one keeps: in SGD, and for Adam its first decay rate.',
    },
    batchSize: { label: 'Batch size', says: 'How many images share one update.' },
    weightDecay: { label: 'Weight decay', says: 'How strongly each update pulls the weights towards zero.' },
    mlpLesion: { label: 'Silenced units', says: 'The share of hidden units that put out nothing.' },
    mlpLearning: { label: 'Learns', says: 'Off: the deep network only looks.' },
    neurons: {
      label: 'Neurons',
      says: 'How many excitatory neurons there are; each has an inhibitory partner.',
    },
    potentiationRate: {
      label: 'Potentiation rate',
      says: 'How much a neuron’s spike strengthens the inputs that fired just before it; 0.01 in the paper.',
    },
    depressionRate: {
      label: 'Depression rate',
      says: 'How much an input’s spike weakens its synapse when the neuron fired just before.',
    },
    tauPre: { label: 'Trace of the input', says: 'How long an input’s spike is remembered.' },
    tauPostFast: {
      label: 'Fast trace of the neuron',
      says: 'How long a neuron’s spike counts for depression.',
    },
    tauPostSlow: {
      label: 'Slow trace of the neuron',
      says: 'How long a neuron’s earlier spike counts for potentiation, in the triplet rule.',
    },
    thetaStep: {
      label: 'Threshold step',
      says: 'How much each spike raises a neuron’s own threshold, so that others get their turn; 0.05 mV in the paper.',
    },
    incomingTotal: {
      label: 'Sum of weights',
      says: 'What the weights into each neuron are scaled to add up to.',
    },
    inhibition: { label: 'Inhibition', says: 'How strongly a neuron that fires holds back all the others.' },
    excitation: {
      label: 'Drive of inhibition',
      says: 'How strongly a neuron drives its inhibitory partner.',
    },
    tauMem: { label: 'Membrane time constant', says: 'How slowly the membrane leaks back to rest.' },
    initialIntensity: {
      label: 'Brightness',
      says: 'How fast inputs fire: a white pixel fires at 32 Hz times this.',
    },
    minimumSpikes: {
      label: 'Fewest spikes',
      says: 'An image that draws fewer spikes is shown again, brighter.',
    },
    brainLesion: { label: 'Silenced neurons', says: 'The share of excitatory neurons that cannot fire.' },
    brainLearning: { label: 'Learns', says: 'Off: the brain only looks.' },
  },
  choices: {
    activation: { relu: 'ReLU', tanh: 'tanh', sigmoid: 'Sigmoid' },
    optimiser: {
      adam: 'Adam',
      sgd: 'SGD with momentum',
      gradientDescent: 'Gradient descent',
      rmsProp: 'RMSProp',
    },
  },
}
