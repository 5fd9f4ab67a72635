// Models of layers one after another, built when the shape of their input is known.
import { InvalidArgumentError } from '../errors.ts'
import { Module } from '../nn/module.ts'
import { Sequential } from '../nn/sequential.ts'
import type { Shape } from '../shape.ts'
import type { LayerPlan } from './layerPlan.ts'
import { Model } from './model.ts'

/**
 * What `sequential` may be told.
 *
 * @example
 * ```ts
 * import { dense, sequential, type SequentialOptions } from 'spikegrad'
 * const options: SequentialOptions = { inputShape: [3], seed: 1 }
 * sequential([dense(2)], options).built // true
 * ```
 */
export interface SequentialOptions {
  /** Of one input; by default what the first layer was told, else that of the first data. */
  readonly inputShape?: Shape
  /** Of all initial weights and dropout, and the order of examples; by default that of `manualSeed`. */
  readonly seed?: number
}

/**
 * A model of layers one after another, as Keras' `Sequential`.
 * @param layers plans such as `dense`, and modules such as `new Relu()`.
 * @throws InvalidArgumentError when there is no layer.
 *
 * @example
 * ```ts
 * import { dense, sequential } from 'spikegrad'
 * const model = sequential([dense(64, { activation: 'relu' }), dense(10)], { inputShape: [784] })
 * model.network.outputShape([32, 784]) // [32, 10]
 * ```
 */
export function sequential(
  layers: readonly (LayerPlan | Module)[],
  { inputShape, seed }: SequentialOptions = {},
): Model<Sequential> {
  const [first] = layers
  if (first === undefined) throw new InvalidArgumentError('sequential: expected at least one layer')
  const shape = inputShape ?? (first instanceof Module ? first.inputShape() : first.inputShape)
  const takesImages = layers.some(layer => !(layer instanceof Module) && layer.takesImages)
  const build = (input: Shape) => new Sequential(modulesOf(layers, input, seed))
  return new Model({ build, takesImages }, { inputShape: shape, seed })
}

function modulesOf(
  layers: readonly (LayerPlan | Module)[],
  input: Shape,
  seed: number | undefined,
): readonly Module[] {
  const counts = new Map<string, number>()
  const modules: Module[] = []
  let inputShape: Shape = [1, ...input]
  for (const layer of layers) {
    let made: readonly Module[]
    if (layer instanceof Module) {
      made = [layer]
    } else {
      const count = counts.get(layer.kind) ?? 0
      counts.set(layer.kind, count + 1)
      const name = layer.name ?? (count === 0 ? layer.kind : `${layer.kind}${count}`)
      made = layer.build({ inputShape, seed, name })
    }
    modules.push(...made)
    inputShape = made.reduce((shape, module) => module.outputShape(shape), inputShape)
  }
  return modules
}
