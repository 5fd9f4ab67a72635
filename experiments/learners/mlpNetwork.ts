// The MLP itself: three linear layers, an activation between them, and lesions that silence hidden units.
import {
  crossEntropy,
  keep,
  Linear,
  multiply,
  type Parameter,
  relu,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
} from '../../src/index.ts'
import { CLASSES, PIXELS } from './common.ts'
import { drawLesion } from './lesion.ts'
import type { MlpShape } from './mlpFrame.ts'
import type { LearnerConfig } from './parameters.ts'

export type Activation = LearnerConfig['activation']

const activations = { relu, tanh, sigmoid } as const

/** What a forward pass leaves: the outputs of both hidden layers, and the sums that softmax takes. */
export interface Passed {
  readonly hidden: readonly [Tensor, Tensor]
  readonly logits: Tensor
}

export class MlpNetwork {
  readonly shape: MlpShape
  readonly layers: readonly [Linear, Linear, Linear]
  readonly parameters: readonly Parameter[]
  activation: Activation = 'relu'
  /** Of each layer after the inputs: 1 for a silenced unit. */
  readonly lesions: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]
  /** 0 for each silenced unit and 1 for the others, where there is a lesion. */
  #masks: readonly [Tensor, Tensor] | null = null

  /** He initialisation; most pixels of a digit are zero, and are skipped. */
  constructor({ hidden1, hidden2, seed }: Pick<LearnerConfig, 'hidden1' | 'hidden2' | 'seed'>) {
    this.shape = { layers: [PIXELS, hidden1, hidden2, CLASSES] }
    this.layers = [
      new Linear(PIXELS, hidden1, { seed, name: 'hidden1', sparseInput: true }),
      new Linear(hidden1, hidden2, { seed, name: 'hidden2' }),
      new Linear(hidden2, CLASSES, { seed, name: 'output', initialisation: 'glorotNormal' }),
    ]
    this.parameters = this.layers.flatMap(({ weight, bias }) => [weight, bias])
    this.lesions = [new Uint8Array(hidden1), new Uint8Array(hidden2), new Uint8Array(CLASSES)]
  }

  /** Silences this share of each hidden layer. */
  setLesion(share: number, seed: number): void {
    const [, hidden1, hidden2] = this.shape.layers
    this.lesions[0].set(drawLesion(hidden1, share, seed, 'hidden1'))
    this.lesions[1].set(drawLesion(hidden2, share, seed, 'hidden2'))
    for (const mask of this.#masks ?? []) mask.dispose()
    const hurt = this.lesions.some(marks => marks.includes(1))
    const maskOf = (marks: Uint8Array) => keep(tensor(Float32Array.from(marks, silent => 1 - silent)))
    this.#masks = hurt ? [maskOf(this.lesions[0]), maskOf(this.lesions[1])] : null
  }

  /** @param images float32 [n, 784]. */
  forward(images: Tensor): Passed {
    const first = this.#hidden(0, images)
    const second = this.#hidden(1, first)
    return { hidden: [first, second], logits: this.layers[2].forward(second) }
  }

  loss({ logits }: Passed, labels: Tensor): Tensor {
    return crossEntropy(logits, labels)
  }

  dispose(): void {
    for (const parameter of this.parameters) parameter.dispose()
    for (const mask of this.#masks ?? []) mask.dispose()
  }

  #hidden(index: 0 | 1, x: Tensor): Tensor {
    const layer = this.layers[index]
    const y = this.activation === 'relu' ? layer.rectified(x) : activations[this.activation](layer.forward(x))
    const mask = this.#masks?.[index]
    return mask === undefined ? y : multiply(y, mask)
  }
}
