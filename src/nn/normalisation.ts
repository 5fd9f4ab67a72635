// Normalisation: of each channel over a batch, with running statistics for evaluation, and of each example over its features.
import { checkCount, checkPositive, checkShare } from '../check.ts'
import { NonFiniteError } from '../errors.ts'
import { add, divide, multiply, subtract } from '../ops/binary.ts'
import { mean } from '../ops/reductions.ts'
import { reshape } from '../ops/rows.ts'
import { sqrt } from '../ops/unary.ts'
import { scope } from '../scope.ts'
import { type Shape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { refuseShape } from './check.ts'
import { type Configuration, Module } from './module.ts'
import { ModuleBuffer, namedPart, Parameter } from './parameter.ts'

/**
 * What normalisations may be told.
 *
 * @example
 * ```ts
 * import { LayerNorm, type NormalisationOptions } from 'spikegrad'
 * const options: NormalisationOptions = { epsilon: 1e-3 }
 * new LayerNorm(4, options).epsilon // 0.001
 * ```
 */
export interface NormalisationOptions {
  /** Added to the variance; by default 1e-5. */
  readonly epsilon?: number
  /** Names the parameters `<name>.weight` and `<name>.bias`; by default the field that holds the layer does. */
  readonly name?: string
}

/**
 * What batch normalisation may be told.
 *
 * @example
 * ```ts
 * import { BatchNorm, type BatchNormOptions } from 'spikegrad'
 * const options: BatchNormOptions = { momentum: 0.01 }
 * new BatchNorm(4, options).momentum // 0.01
 * ```
 */
export interface BatchNormOptions extends NormalisationOptions {
  /** Weight of a new batch in the running statistics; by default 0.1, as PyTorch's. */
  readonly momentum?: number
}

function filledParameter(shape: Shape, value: number, name: string | undefined, part: string): Parameter {
  const parameter = new Parameter(shape, namedPart(name, part))
  parameter.view().fill(value)
  return parameter
}

/** The variance, of which the mean was taken already: the mean of squared differences. */
function varianceOf(centred: Tensor, axes: readonly number[]): Tensor {
  return mean(multiply(centred, centred), axes, { keepDimensions: true })
}

function rootOf(variance: Tensor, epsilon: number): Tensor {
  const constant = new Tensor([], 'float32', variance.backend)
  constant.view().fill(epsilon)
  return sqrt(add(variance, constant))
}

/** What is not finite would stay in the running statistics for ever. */
function checkStatistics(label: string, what: string, statistics: Tensor): void {
  const channel = statistics.view().findIndex(value => !Number.isFinite(value))
  if (channel < 0) return
  throw new NonFiniteError(
    `${label}: the ${what} of channel ${channel} over the batch is ${statistics.view()[channel]}; ` +
      'the running statistics were not changed. Are the inputs finite?',
  )
}

/**
 * Normalises each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers (Ioffe &
 * Szegedy 2015). Of inputs [n, channels] or [n, channels, rows, columns]. In evaluation it normalises by running statistics,
 * of which the variance is the unbiased one, as in PyTorch.
 *
 * @example
 * ```ts
 * import { BatchNorm, tensor } from 'spikegrad'
 * const layer = new BatchNorm(1, { epsilon: 1e-12 })
 * layer.forward(tensor([[3], [5]])).toArray() // [-1, 1]
 * layer.runningMean.item() // 0.4
 * ```
 */
export class BatchNorm extends Module {
  readonly channels: number
  readonly epsilon: number
  readonly momentum: number
  readonly weight: Parameter
  readonly bias: Parameter
  readonly runningMean: ModuleBuffer
  readonly runningVariance: ModuleBuffer
  readonly #name: string | undefined

  /** @throws InvalidArgumentError when the number of channels is not a positive integer, or an option is out of range. */
  constructor(channels: number, options: BatchNormOptions = {}) {
    super()
    const { epsilon = 1e-5, momentum = 0.1, name } = options
    checkCount('BatchNorm: a number of channels', channels)
    checkShare('BatchNorm: momentum', momentum)
    checkPositive('BatchNorm: epsilon', epsilon)
    this.#name = name
    this.channels = channels
    this.epsilon = epsilon
    this.momentum = momentum
    this.weight = filledParameter([channels], 1, name, 'weight')
    this.bias = filledParameter([channels], 0, name, 'bias')
    this.runningMean = new ModuleBuffer([channels], 'float32', namedPart(name, 'runningMean'))
    this.runningVariance = new ModuleBuffer([channels], 'float32', namedPart(name, 'runningVariance'))
    this.runningVariance.view().fill(1)
  }

  override get kind(): string {
    return this.constructor === BatchNorm ? 'BatchNorm' : super.kind
  }

  override get configuration(): Configuration {
    const { channels, epsilon, momentum } = this
    return { channels, epsilon, momentum, ...(this.#name !== undefined && { name: this.#name }) }
  }

  /**
   * @throws ShapeError in training, when there is one value for each channel: it would become 0.
   * @throws NonFiniteError in training, when the mean or variance of a channel is infinite or not a number; the running
   * statistics stay.
   */
  override forward(x: Tensor): Tensor {
    this.outputShape(x.shape)
    return scope(() => {
      const axes = x.shape.length === 2 ? [0] : [0, 2, 3]
      // A number for each channel, to broadcast along all other axes.
      const perChannel = [this.channels, ...x.shape.slice(2).map(() => 1)]
      const along = (numbers: Tensor) => reshape(numbers, perChannel)
      const [centred, variance] = this.training
        ? this.#batchStatistics(x, axes)
        : [subtract(x, along(this.runningMean)), along(this.runningVariance)]
      const scale = divide(along(this.weight), rootOf(variance, this.epsilon))
      return add(multiply(centred, scale), along(this.bias))
    })
  }

  #batchStatistics(x: Tensor, axes: readonly number[]): [centred: Tensor, variance: Tensor] {
    const count = x.size / this.channels
    if (count === 1)
      refuseShape('BatchNorm in training', 'with more than one value for each channel', x.shape)
    const average = mean(x, axes, { keepDimensions: true })
    const centred = subtract(x, average)
    const variance = varianceOf(centred, axes)
    checkStatistics(this.label, 'mean', average)
    checkStatistics(this.label, 'variance', variance)
    this.#follow(this.runningMean, average, 1)
    this.#follow(this.runningVariance, variance, count / (count - 1))
    return [centred, variance]
  }

  /** running = (1 - momentum) * running + momentum * scale * batch. */
  #follow(running: ModuleBuffer, batch: Tensor, scale: number): void {
    const [values, news] = [running.view(), batch.view()]
    for (let i = 0; i < values.length; i++) {
      values[i] = (1 - this.momentum) * values[i]! + this.momentum * scale * news[i]!
    }
  }

  override outputShape(inputShape: Shape): Shape {
    const { length } = inputShape
    if ((length !== 2 && length !== 4) || inputShape[1] !== this.channels) {
      refuseShape(this.label, `[n, ${this.channels}] or [n, ${this.channels}, rows, columns]`, inputShape)
    }
    return inputShape
  }
}

/**
 * Normalises the last axes of each example to mean 0 and variance 1, then scales and shifts each feature by learned numbers
 * (Ba et al. 2016).
 *
 * @example
 * ```ts
 * import { LayerNorm, tensor } from 'spikegrad'
 * new LayerNorm(2, { epsilon: 1e-12 }).forward(tensor([[3, 5], [0, 8]])).toArray() // [-1, 1, -1, 1]
 * ```
 */
export class LayerNorm extends Module {
  readonly features: Shape
  readonly epsilon: number
  readonly weight: Parameter
  readonly bias: Parameter
  readonly #name: string | undefined

  /**
   * @param features lengths of the axes normalised together, or of the last.
   * @throws InvalidArgumentError when one is not a positive integer, or epsilon not positive.
   */
  constructor(features: number | Shape, { epsilon = 1e-5, name }: NormalisationOptions = {}) {
    super()
    this.features = typeof features === 'number' ? [features] : [...features]
    for (const length of this.features) checkCount('LayerNorm: a number of features', length)
    checkPositive('LayerNorm: epsilon', epsilon)
    this.epsilon = epsilon
    this.#name = name
    this.weight = filledParameter(this.features, 1, name, 'weight')
    this.bias = filledParameter(this.features, 0, name, 'bias')
  }

  override get kind(): string {
    return this.constructor === LayerNorm ? 'LayerNorm' : super.kind
  }

  override get configuration(): Configuration {
    const { features, epsilon } = this
    return { features, epsilon, ...(this.#name !== undefined && { name: this.#name }) }
  }

  override forward(x: Tensor): Tensor {
    this.outputShape(x.shape)
    return scope(() => {
      const axes = this.features.map((_, i) => i - this.features.length)
      const centred = subtract(x, mean(x, axes, { keepDimensions: true }))
      const normalised = divide(centred, rootOf(varianceOf(centred, axes), this.epsilon))
      return add(multiply(normalised, this.weight), this.bias)
    })
  }

  override inputShape(): Shape {
    return this.features
  }

  override outputShape(inputShape: Shape): Shape {
    const tail = inputShape.slice(-this.features.length)
    if (!sameShape(tail, this.features)) {
      refuseShape(this.label, `[..., ${this.features.join(', ')}]`, inputShape)
    }
    return inputShape
  }
}
