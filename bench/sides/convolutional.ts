// Our side of a small convolutional network: two layers of 3 x 3 filters, each rectified and pooled, and a linear one.
import {
  Conv2d,
  Flatten,
  Linear,
  MaxPool2d,
  Relu,
  reshape,
  Sequential,
  type Tensor,
} from '../../src/index.ts'
import { SEED, type SideData, type TrainingOptions, TrainingSide } from './training.ts'

export class ConvolutionalSide extends TrainingSide {
  constructor(data: SideData, options: TrainingOptions) {
    const seed = SEED
    const model = new Sequential([
      new Conv2d(1, 8, 3, { seed, name: 'filters1', padding: 'same' }),
      new Relu(),
      new MaxPool2d(2),
      new Conv2d(8, 16, 3, { seed, name: 'filters2', padding: 'same' }),
      new Relu(),
      new MaxPool2d(2),
      new Flatten(),
      new Linear(784, 10, { seed, name: 'output' }),
    ])
    super(data, model, options)
  }

  protected override inputOf(images: Tensor): Tensor {
    return reshape(images, [images.shape[0]!, 1, 28, 28])
  }
}
