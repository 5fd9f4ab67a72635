// Written by make/main.ts: what the lessons quote.
import type { Figures } from './figureTypes.ts'

export const figures: Figures = {
  first: {
    neurons: 400,
    images: 9984,
    course: [
      {
        images: 1024,
        mlp: 0.671,
        brain: 0.383333,
      },
      {
        images: 9984,
        mlp: 0.8735,
        brain: 0.65,
      },
    ],
  },
  moment: {
    testImages: 1000,
    excitatorySpikes: 22.662,
    neuronsFiring: 8.835,
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
      mlp: 0.26,
    },
    {
      labels: 30,
      brain: 0.328,
      mlp: 0.508,
    },
    {
      labels: 100,
      brain: 0.482,
      mlp: 0.63,
    },
    {
      labels: 300,
      brain: 0.627,
      mlp: 0.738,
    },
    {
      labels: 1000,
      brain: 0.682,
      mlp: 0.845,
    },
  ],
  bill: {
    mlpReading: 13067,
    mlpLearning: 17164,
    brainReading: 937977,
    brainLearning: 895547,
    membraneUpdates: 800000,
  },
  lesions: [
    {
      share: 0,
      mlp: 0.8865,
      brain: 0.648889,
    },
    {
      share: 0.25,
      mlp: 0.6415,
      brain: 0.625,
    },
    {
      share: 0.5,
      mlp: 0.529,
      brain: 0.589444,
    },
    {
      share: 0.75,
      mlp: 0.364,
      brain: 0.513333,
    },
    {
      share: 0.9,
      mlp: 0.137,
      brain: 0.354444,
    },
  ],
  noise: [
    {
      level: 0,
      mlp: 0.8865,
      brain: 0.658333,
    },
    {
      level: 0.25,
      mlp: 0.762,
      brain: 0.430556,
    },
    {
      level: 0.5,
      mlp: 0.4155,
      brain: 0.132222,
    },
    {
      level: 0.75,
      mlp: 0.273,
      brain: 0.0977778,
    },
    {
      level: 1,
      mlp: 0.214,
      brain: 0.103333,
    },
  ],
  forgetting: {
    imagesBefore: 6016,
    imagesAfter: 6016,
    before: {
      mlp: 0.970532,
      brain: 0.826455,
    },
    after: {
      mlp: 0,
      brain: 0.751046,
    },
    newDigits: {
      mlp: 0.898734,
      brain: 0.450176,
    },
  },
}
