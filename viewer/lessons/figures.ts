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
        brain: 0.563333,
      },
      {
        images: 9984,
        mlp: 0.8925,
        brain: 0.83,
      },
    ],
  },
  moment: {
    testImages: 1000,
    excitatorySpikes: 9.88,
    neuronsFiring: 2.398,
    firstNeurons: 1.714,
    winnerShare: 0.739536,
    winnerAmongFirst: 0.921,
    accuracy: 0.806,
    toHalf: 40,
    toNineTenths: 65,
    inputSpikes: 2266.12,
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
      accuracy: 0.483333,
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
      brain: 0.106,
      mlp: 0.254,
    },
    {
      labels: 30,
      brain: 0.341,
      mlp: 0.52,
    },
    {
      labels: 100,
      brain: 0.512,
      mlp: 0.645,
    },
    {
      labels: 300,
      brain: 0.723,
      mlp: 0.754,
    },
    {
      labels: 1000,
      brain: 0.806,
      mlp: 0.857,
    },
  ],
  bill: {
    mlpReading: 24618,
    mlpLearning: 23386,
    brainReading: 1000330,
    brainLearning: 959127,
    membraneUpdates: 800000,
  },
  lesions: [
    {
      share: 0,
      mlp: 0.8945,
      brain: 0.825,
    },
    {
      share: 0.25,
      mlp: 0.7015,
      brain: 0.81,
    },
    {
      share: 0.5,
      mlp: 0.582,
      brain: 0.780556,
    },
    {
      share: 0.75,
      mlp: 0.3225,
      brain: 0.718889,
    },
    {
      share: 0.9,
      mlp: 0.098,
      brain: 0.6,
    },
  ],
  noise: [
    {
      level: 0,
      mlp: 0.8945,
      brain: 0.821667,
    },
    {
      level: 0.25,
      mlp: 0.7365,
      brain: 0.577778,
    },
    {
      level: 0.5,
      mlp: 0.3655,
      brain: 0.171111,
    },
    {
      level: 0.75,
      mlp: 0.2135,
      brain: 0.118333,
    },
    {
      level: 1,
      mlp: 0.1795,
      brain: 0.112222,
    },
  ],
  forgetting: {
    imagesBefore: 6016,
    imagesAfter: 6016,
    before: {
      mlp: 0.977186,
      brain: 0.911419,
    },
    after: {
      mlp: 0,
      brain: 0.836518,
    },
    newDigits: {
      mlp: 0.902954,
      brain: 0.209716,
    },
  },
}
