// A model: a network together with what trains it, in the manner of Keras.
import { ImageSet } from '../data/batches.ts'
import { type Examples, examplesOf, type Inputs, type Targets } from '../data/examples.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { inEvaluation, type Module } from '../nn/module.ts'
import type { Parameter } from '../nn/parameter.ts'
import { summarise } from '../nn/summary.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import { keep, scope } from '../scope.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import type { TrainedModel } from './callback.ts'
import { encodeCheckpoint, openCheckpoint } from './checkpoint.ts'
import { type Compiled, type CompileOptions, checkCompileOptions, compiledFor } from './compileOptions.ts'
import { evaluated, Fit, type LoopOptions, type Progress, placesFrom } from './fit.ts'
import { checkFitOptions, checkInteger, type FitOptions } from './fitOptions.ts'
import type { History, Logs } from './history.ts'
import { lossPlan } from './losses.ts'
import { TrainingPosition } from './position.ts'
import { Turn } from './yielding.ts'

/**
 * A network together with its optimiser and loss. `sequential` makes one of layers; the constructor takes any `Module`.
 *
 * @example
 * ```ts
 * import { Linear, Model, tensor } from 'spikegrad'
 * const model = new Model(new Linear(1, 1)).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * await model.fit(tensor([[0], [1], [2]]), tensor([1, 3, 5]), { epochs: 300, batchSize: 3 })
 * const predicted = await model.predict(tensor([[10]]))
 * Math.abs(predicted.item() - 21) < 3 // true
 * ```
 */
export class Model<Network extends Module = Module> implements TrainedModel {
  #network: Network | undefined
  readonly #build: ((inputShape: Shape) => Network) | undefined
  readonly #takesImages: boolean
  #inputShape: Shape | undefined
  #options: CompileOptions | undefined
  #compiled: Compiled | undefined
  #fitting = false
  readonly #progress: Progress = { position: new TrainingPosition() }

  /**
   * @param network a module, or how to build one when the shape of an input is known.
   * @param inputShape of one input; by default what the network says, or the first data.
   */
  constructor(
    network: Network | { readonly build: (inputShape: Shape) => Network; readonly takesImages: boolean },
    { inputShape }: { readonly inputShape?: Shape | undefined } = {},
  ) {
    this.#inputShape = inputShape
    if ('build' in network && typeof network.build === 'function' && 'takesImages' in network) {
      this.#build = network.build
      this.#takesImages = network.takesImages
      if (inputShape !== undefined) this.build(inputShape)
    } else {
      this.#network = network as Network
      this.#takesImages = false
      this.#inputShape ??= this.#network.inputShape()
    }
  }

  /**
   * The network itself.
   * @throws InvalidArgumentError when it is not built yet, since nothing has told the shape of its input.
   */
  get network(): Network {
    if (this.#network !== undefined) return this.#network
    throw new InvalidArgumentError(
      'the model is not built: say its inputShape, call build(inputShape), or fit it to data',
    )
  }

  /** Whether the shape of its input is known, and it has parameters. */
  get built(): boolean {
    return this.#network !== undefined
  }

  /** @throws InvalidArgumentError before `compile`, or before the model is built. */
  get optimiser(): Optimiser {
    return this.#needCompiled('optimiser').optimiser
  }

  /**
   * Makes the layers for inputs of a shape; does nothing when they are made for it already.
   * @param inputShape of one input, without the batch's axis.
   * @throws ShapeError when a layer does not take what the one before gives, or the model is built for another shape.
   */
  build(inputShape: Shape): this {
    if (this.#network === undefined) {
      this.#network = this.#build!(inputShape)
      this.#inputShape = [...inputShape]
    } else if (this.#inputShape !== undefined && !sameShape(this.#inputShape, inputShape)) {
      throw new ShapeError(
        `build: the model takes inputs of shape ${formatShape(this.#inputShape)}, got ${formatShape(inputShape)}`,
      )
    }
    return this
  }

  /**
   * Says what to train with. A model may be compiled anew: its parameters stay, its optimiser begins anew.
   * @throws InvalidArgumentError for an unknown optimiser, loss or metric.
   */
  compile(options: CompileOptions): this {
    checkCompileOptions(options)
    this.#compiled?.optimiser.dispose()
    this.#compiled = undefined
    this.#options = options
    this.#progress.position = new TrainingPosition()
    return this
  }

  #needCompiled(operation: string): Compiled {
    if (this.#options === undefined) {
      throw new InvalidArgumentError(
        `${operation}: the model is not compiled: call compile({ optimiser, loss })`,
      )
    }
    this.#compiled ??= compiledFor(this.network, this.#options)
    return this.#compiled
  }

  /** Examples in the form that the network takes, which is built for them if it was not. */
  #examples(operation: string, inputs: Inputs, targets: Targets | undefined): Examples {
    if (targets === undefined && operation !== 'predict' && !(inputs instanceof ImageSet)) {
      throw new InvalidArgumentError(`${operation}: expected targets beside the inputs`)
    }
    const loss = this.#options?.loss
    const examples = examplesOf(inputs, targets, {
      operation,
      inputShape: this.#inputShape,
      imagesAsPlanes: this.#takesImages,
      targetKind: loss === undefined ? 'asGiven' : lossPlan(loss).targetKind,
    })
    if (this.#network === undefined) this.build(examples.inputShape)
    return examples
  }

  /**
   * Trains on examples, giving way to the event loop some thirty times a second. A further call goes on where the last ended:
   * five epochs are bit for bit two and then three. An epoch that was left in its middle is taken up there when the
   * batches are the same (as many examples, batch size, seed and shuffling), else begun again.
   * @param images which have labels.
   * @throws InvalidArgumentError before `compile`, while another `fit` runs, or when an option is out of range.
   * @throws ShapeError when examples do not fit the network.
   * @throws NonFiniteError when the loss or a gradient stops being finite; the parameters are those from before.
   */
  fit(images: ImageSet, options?: FitOptions): Promise<History>
  /**
   * Trains on inputs and targets, as on images.
   * @param targets one for each input.
   */
  fit(inputs: Inputs, targets: Targets, options?: FitOptions): Promise<History>
  async fit(inputs: Inputs, second?: Targets | FitOptions, third?: FitOptions): Promise<History> {
    const [targets, options = {}] = isTargets(second) ? [second, third] : [undefined, second]
    if (this.#fitting)
      throw new InvalidArgumentError('fit: the model is being fitted already: wait for it to end')
    checkFitOptions(options)
    this.#fitting = true
    const open: Examples[] = []
    try {
      return await new Fit(this, this.#progress, ...this.#prepare(inputs, targets, options, open)).run()
    } finally {
      this.#fitting = false
      for (const examples of open) examples.dispose()
    }
  }

  /** What to fit with; notes in `open` which examples are to be freed. */
  #prepare(
    inputs: Inputs,
    targets: Targets | undefined,
    options: FitOptions,
    open: Examples[],
  ): [Compiled, LoopOptions] {
    const use = (...given: [Inputs, Targets?]) => {
      open.push(this.#examples('fit', ...given))
      return open.at(-1)!
    }
    const { validationSplit = 0, validationData } = options
    const examples = use(inputs, targets)
    const held = Math.floor(examples.count * validationSplit)
    const count = examples.count - held
    let validation = held > 0 ? { examples, start: count, count: held } : undefined
    if (validationData !== undefined) {
      const separate = validationData instanceof ImageSet ? use(validationData) : use(...validationData)
      validation = { examples: separate, start: 0, count: separate.count }
    }
    const { epochs = 1, batchSize = 32, seed = 0, shuffle = true, callbacks = [], verbose = false } = options
    const { signal, onProgress } = options
    const train = { examples, count }
    return [
      this.#needCompiled('fit'),
      { epochs, batchSize, seed, shuffle, train, validation, callbacks, signal, onProgress, verbose },
    ]
  }

  /**
   * Loss and metrics over examples, in the mode of evaluation.
   * @param images which have labels.
   * @throws InvalidArgumentError, ShapeError as `fit`.
   */
  evaluate(images: ImageSet, options?: { readonly batchSize?: number }): Promise<Logs>
  /**
   * Loss and metrics over inputs and targets.
   * @param targets one for each input.
   */
  evaluate(inputs: Inputs, targets: Targets, options?: { readonly batchSize?: number }): Promise<Logs>
  async evaluate(
    inputs: Inputs,
    second?: Targets | { readonly batchSize?: number },
    third?: { readonly batchSize?: number },
  ): Promise<Logs> {
    const [targets, options = {}] = isTargets(second) ? [second, third] : [undefined, second]
    const { batchSize = 256 } = options
    checkInteger('evaluate: batchSize', batchSize, 1)
    const examples = this.#examples('evaluate', inputs, targets)
    try {
      const compiled = this.#needCompiled('evaluate')
      return await evaluated(this, compiled, examples, 0, examples.count, { batchSize })
    } finally {
      examples.dispose()
    }
  }

  /**
   * The network's outputs for inputs, in the mode of evaluation.
   * @returns [n, ...], which belongs to no scope: dispose it when done.
   * @throws ShapeError when inputs do not fit the network.
   */
  async predict(inputs: Inputs, { batchSize = 256 }: { readonly batchSize?: number } = {}): Promise<Tensor> {
    checkInteger('predict: batchSize', batchSize, 1)
    const examples = this.#examples('predict', inputs, undefined)
    const turn = new Turn()
    let outputs: Tensor | undefined
    try {
      for (let start = 0; start < examples.count; start += batchSize) {
        const places = placesFrom(start, Math.min(batchSize, examples.count - start))
        inEvaluation(this.network, () =>
          scope(() => {
            const part = this.network.forward(examples.batch(places).inputs)
            outputs ??= keep(new Tensor([examples.count, ...part.shape.slice(1)], 'float32', part.backend))
            outputs.view().set(part.view(), (outputs.size / examples.count) * start)
          }),
        )
        if (turn.over) await turn.end()
      }
    } catch (error) {
      outputs?.dispose()
      throw error
    } finally {
      examples.dispose()
    }
    return outputs!
  }

  /**
   * A text table of the layers, as `summarise`.
   * @throws InvalidArgumentError when the shape of an input is not known.
   */
  summary(): string {
    return summarise(this.network, this.#inputShape)
  }

  /** Epochs completed since `compile`. */
  get epochs(): number {
    return this.#progress.position.epoch
  }

  /** The parameters of the network. */
  parameters(): readonly Parameter[] {
    return this.network.parameters()
  }

  /**
   * A checkpoint: the network's state, the optimiser's, and how far training has come, down to the batch.
   * @throws InvalidArgumentError when the model is not built and compiled.
   */
  save(): Uint8Array<ArrayBuffer> {
    this.#needCompiled('save')
    return encodeCheckpoint({ model: this.network, optimiser: this.optimiser }, this.#progress.position)
  }

  /**
   * Goes back to a checkpoint of the same layers and optimiser: training from here is bit for bit what it would have been.
   * Everything is checked before anything is written.
   * @throws FileFormatError, InvalidArgumentError as `restoreCheckpoint`.
   */
  load(bytes: Uint8Array, name = 'the checkpoint'): this {
    this.#needCompiled('load')
    const { training, apply } = openCheckpoint(
      bytes,
      { model: this.network, optimiser: this.optimiser },
      name,
    )
    const position = TrainingPosition.fromJson(training, name)
    apply()
    this.#progress.position = position
    return this
  }

  /** Frees the network's and the optimiser's memory. */
  dispose(): void {
    this.#network?.dispose()
    this.#compiled?.optimiser.dispose()
  }
}

/** Options are plain objects; targets are numbers, arrays or tensors. */
function isTargets(value: unknown): value is Targets {
  if (typeof value === 'number' || Array.isArray(value)) return true
  return value instanceof Tensor || ArrayBuffer.isView(value)
}
