// Lesson 4: the gradient of one synapse of a small rectified network, by the core's own automatic differentiation.
import { add, crossEntropy, matmul, relu, softmax, tensor, valueAndGradients } from '../../../src/index.ts'
import { onBench } from './bench.ts'

/** What the hidden unit tells each of three classes. */
export const OUTGOING = [1.2, -0.8, 0.3] as const
export const START_WEIGHT = 0.5
export const BIAS = 0.2
export const LEARNING_RATE = 0.1

export interface GradientStory {
  readonly hidden: number
  readonly probabilities: readonly number[]
  /** Derivative of the loss by each output's sum: probability - target. */
  readonly errors: readonly number[]
  readonly loss: number
  /** Derivative of the loss by the sum that enters the hidden unit: what has come back from the outputs. */
  readonly delta: number
  /** Derivative by the weight: delta times the input. */
  readonly gradient: number
  /** What a step of gradient descent adds to the weight. */
  readonly change: number
}

/** One pass forward and one back, of the input `x`, when the right class is `label`. */
export function gradientStory(x: number, label: number): GradientStory {
  return onBench(() => {
    const input = tensor([[x]])
    const weight = tensor([[START_WEIGHT]])
    const bias = tensor([[BIAS]])
    const outgoing = tensor([OUTGOING])
    const forward = () => relu(add(matmul(input, weight), bias))
    const logits = () => matmul(forward(), outgoing)
    const { value, gradients } = valueAndGradients(
      () => crossEntropy(logits(), tensor(Int32Array.of(label))),
      [weight, bias],
    )
    const probabilities = [...softmax(logits()).toArray()]
    const gradient = gradients[0]!.item()
    return {
      hidden: forward().item(),
      probabilities,
      errors: probabilities.map((probability, output) => probability - (output === label ? 1 : 0)),
      loss: value,
      delta: gradients[1]!.item(),
      gradient,
      change: -LEARNING_RATE * gradient,
    }
  })
}
