// Our side of the perceptron 784-hidden-hidden-10.
import { Linear, Relu, Sequential, type Tensor } from '../../src/index.ts'
import { SEED, type SideData, type TrainingOptions, TrainingSide } from './training.ts'

export class PerceptronSide extends TrainingSide {
  constructor(data: SideData, hidden: number, options: TrainingOptions) {
    const seed = SEED
    const model = new Sequential([
      new Linear(784, hidden, { seed, name: 'hidden1', sparseInput: true }),
      new Relu(),
      new Linear(hidden, hidden, { seed, name: 'hidden2' }),
      new Relu(),
      new Linear(hidden, 10, { seed, name: 'output' }),
    ])
    super(data, model, options)
  }

  protected override inputOf(images: Tensor): Tensor {
    return images
  }
}
