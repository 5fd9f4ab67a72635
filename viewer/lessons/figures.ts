// Written by make/main.ts: what the lessons quote.
import type { Figures } from './figureTypes.ts'

export const figures: Figures = {
  first: {
    neurons: 400,
    images: 9984,
    course: [
      {
        images: 1024,
        mlp: 0.706,
        brain: 0.46,
      },
      {
        images: 9984,
        mlp: 0.8925,
        brain: 0.666667,
      },
    ],
  },
  moment: {
    testImages: 1000,
    excitatorySpikes: 22.662,
    neuronsFiring: 8.835,
    firstNeurons: 6.47,
    winnerShare: 0.665886,
    winnerAmongFirst: 0.261,
    accuracy: 0.682,
    toHalf: 35,
    toNineTenths: 75,
    inputSpikes: 2182.07,
  },
  timing: {
    pairBefore: 0.00606531,
    pairAfter: -0.00636858,
    tripletPair: 0,
    tripletTriple: 0.0028283,
  },
  competition: {
    neurons: 100,
    images: 3000,
    with: {
      accuracy: 0.503333,
      likeness: 0.526089,
      neuronsFiring: 2.6,
    },
    without: {
      accuracy: 0.426667,
      likeness: 0.955366,
      neuronsFiring: 42.7,
    },
  },
  labels: [
    {
      labels: 10,
      brain: 0.125,
      mlp: 0.254,
    },
    {
      labels: 30,
      brain: 0.328,
      mlp: 0.52,
    },
    {
      labels: 100,
      brain: 0.482,
      mlp: 0.645,
    },
    {
      labels: 300,
      brain: 0.627,
      mlp: 0.754,
    },
    {
      labels: 1000,
      brain: 0.682,
      mlp: 0.857,
    },
  ],
  bill: {
    mlpReading: 24618,
    mlpLearning: 23386,
    brainReading: 937977,
    brainLearning: 895547,
    membraneUpdates: 800000,
  },
  lesions: [
    {
      share: 0,
      mlp: 0.8945,
      brain: 0.652222,
    },
    {
      share: 0.25,
      mlp: 0.7015,
      brain: 0.623333,
    },
    {
      share: 0.5,
      mlp: 0.582,
      brain: 0.587778,
    },
    {
      share: 0.75,
      mlp: 0.3225,
      brain: 0.505,
    },
    {
      share: 0.9,
      mlp: 0.098,
      brain: 0.357222,
    },
  ],
  noise: [
    {
      level: 0,
      mlp: 0.8945,
      brain: 0.651667,
    },
    {
      level: 0.25,
      mlp: 0.7365,
      brain: 0.430556,
    },
    {
      level: 0.5,
      mlp: 0.3655,
      brain: 0.135,
    },
    {
      level: 0.75,
      mlp: 0.2135,
      brain: 0.101111,
    },
    {
      level: 1,
      mlp: 0.1795,
      brain: 0.105,
    },
  ],
  forgetting: {
    imagesBefore: 6016,
    imagesAfter: 6016,
    before: {
      mlp: 0.977186,
      brain: 0.829242,
    },
    after: {
      mlp: 0,
      brain: 0.750531,
    },
    newDigits: {
      mlp: 0.902954,
      brain: 0.440758,
    },
  },
}
