// A model: a network together with what trains it, in the manner of Keras.
import { checkInteger } from '../check.ts'
import { type Examples, examplesOf, type Inputs, type Targets } from '../data/examples.ts'
import { ImageSet } from '../data/imageSet.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import type { Parameter } from '../nn/parameter.ts'
import { currentSeed } from '../nn/randomState.ts'
import { summarise } from '../nn/summary.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { TrainedModel } from './callback.ts'
import { encodeCheckpoint, openCheckpoint } from './checkpoint.ts'
import { Compilation } from './compilation.ts'
import type { Compiled, CompileOptions } from './compileOptions.ts'
import { evaluated, predicted } from './evaluation.ts'
import { Fit, type LoopOptions, type Progress } from './fit.ts'
import { checkFitOptions, completed, type FitOptions, rangesOf, targetsAndOptions } from './fitOptions.ts'
import type { History, Logs } from './history.ts'
import { checkInputShape, checkSmallestBatch } from './inputChecks.ts'
import { TrainingPosition } from './position.ts'

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
  readonly #seed: number
  #inputShape: Shape | undefined
  #compilation: Compilation | undefined
  #fitting = false
  readonly #progress: Progress = { position: new TrainingPosition() }

  /**
   * @param network a module, or how to build one when the shape of an input is known.
   * @param options `inputShape` of one input, by default what the network says, or the first data; `seed` of the order in which `fit` goes
   * through examples, by default that of `manualSeed`.
   */
  constructor(
    network: Network | { readonly build: (inputShape: Shape) => Network; readonly takesImages: boolean },
    {
      inputShape,
      seed = currentSeed(),
    }: { readonly inputShape?: Shape | undefined; readonly seed?: number | undefined } = {},
  ) {
    this.#seed = seed
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

  /** @throws InvalidArgumentError before `compile`, before the model is built, or when it has no parameters to train. */
  get optimiser(): Optimiser {
    return this.#compiledModel('optimiser').optimiser(this.network)
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
   * Says what to train with. A model may be compiled anew: its parameters stay, its optimiser begins anew, unless it is one that was
   * given ready made.
   * @throws InvalidArgumentError for an unknown optimiser, loss or metric; for a metric or a last layer that does not go with the loss;
   * while `fit` runs.
   */
  compile(options: CompileOptions): this {
    this.#refuseWhileFitting('compile')
    const compilation = new Compilation(options, this.#network)
    this.#compilation?.dispose()
    this.#compilation = compilation
    this.#progress.position = new TrainingPosition()
    return this
  }

  #refuseWhileFitting(operation: string): void {
    if (!this.#fitting) return
    throw new InvalidArgumentError(`${operation}: the model is being fitted already: wait for it to end`)
  }

  #compiledModel(operation: string): Compilation {
    if (this.#compilation !== undefined) return this.#compilation
    throw new InvalidArgumentError(
      `${operation}: the model is not compiled: call compile({ optimiser, loss })`,
    )
  }

  /** Examples in the form that the network takes, which is built for them if it was not. */
  #examples(operation: string, inputs: Inputs, targets: Targets | undefined): Examples {
    if (targets === undefined && operation !== 'predict' && !(inputs instanceof ImageSet)) {
      throw new InvalidArgumentError(`${operation}: expected targets beside the inputs`)
    }
    const examples = examplesOf(inputs, targets, {
      operation,
      inputShape: this.#inputShape,
      imagesAsPlanes: this.#takesImages,
      targetKind: this.#compilation?.targetKind ?? 'asGiven',
    })
    try {
      if (this.#network === undefined) this.build(examples.inputShape)
      else if (this.#inputShape !== undefined) {
        checkInputShape(operation, this.#network, this.#inputShape, examples.inputShape)
      }
    } catch (error) {
      examples.dispose()
      throw error
    }
    return examples
  }

  /**
   * Trains on examples, giving way to the event loop some thirty times a second. A further call goes on where the last ended:
   * five epochs are bit for bit two and then three. An epoch that was left in its middle is taken up there when the
   * batches are the same (as many examples, batch size, seed and shuffling), else begun again.
   * @param images which have labels.
   * @throws InvalidArgumentError before `compile`, while another `fit` runs, when an option is out of range, when a batch of one example
   * would come to a `BatchNorm`, or when the network lacks parameters that its optimiser trains, as after `quantise`.
   * @throws ShapeError when examples do not fit the network.
   * @throws NonFiniteError when the loss or a gradient stops being finite; parameters, buffers and random streams are those from before
   * the step.
   */
  fit(images: ImageSet, options?: FitOptions): Promise<History>
  /**
   * Trains on inputs and targets, as on images.
   * @param targets one for each input.
   */
  fit(inputs: Inputs, targets: Targets, options?: FitOptions): Promise<History>
  async fit(inputs: Inputs, second?: Targets | FitOptions, third?: FitOptions): Promise<History> {
    const [targets, options] = targetsAndOptions(second, third)
    this.#refuseWhileFitting('fit')
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
    const examples = use(inputs, targets)
    const ranges = rangesOf(examples, options, use)
    const compilation = this.#compiledModel('fit')
    const compiled = compilation.compiled(this.network)
    compilation.checkTrainable(this.network)
    const loop = completed(options, { ...ranges, seed: this.#seed })
    checkSmallestBatch(this.network, examples.inputShape, { ...loop, count: loop.train.count })
    return [compiled, loop]
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
    const [targets, { batchSize = 256 }] = targetsAndOptions(second, third)
    checkInteger('evaluate: batchSize', batchSize, 1)
    const examples = this.#examples('evaluate', inputs, targets)
    try {
      const compiled = this.#compiledModel('evaluate').compiled(this.network)
      const all = { examples, start: 0, count: examples.count }
      return (await evaluated(this.network, compiled, all, { batchSize }))!
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
    try {
      return await predicted(this.network, examples, batchSize)
    } finally {
      examples.dispose()
    }
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
    return encodeCheckpoint(this.#compiledModel('save').parts(this.network), this.#progress.position)
  }

  /**
   * Goes back to a checkpoint of the same layers and optimiser: training from here is bit for bit what it would have been.
   * Everything is checked before anything is written.
   * @throws FileFormatError, InvalidArgumentError as `restoreCheckpoint`; InvalidArgumentError while `fit` runs.
   */
  load(bytes: Uint8Array, name = 'the checkpoint'): this {
    this.#refuseWhileFitting('load')
    const parts = this.#compiledModel('load').parts(this.network)
    const { training, apply } = openCheckpoint(bytes, parts, name)
    const position = TrainingPosition.fromJson(training, name)
    apply()
    this.#progress.position = position
    return this
  }

  /**
   * Frees the network's memory, and the optimiser's unless it was given ready made.
   * @throws InvalidArgumentError while `fit` runs.
   */
  dispose(): void {
    this.#refuseWhileFitting('dispose')
    this.#network?.dispose()
    this.#compilation?.dispose()
  }
}
