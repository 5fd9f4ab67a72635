// Quantisation: a network's linear and convolutional layers are replaced by ones with 8-bit weights.
import { InvalidArgumentError } from '../errors.ts'
import { Conv2d } from '../nn/convolution.ts'
import { Linear } from '../nn/linear.ts'
import { isPlain, Module } from '../nn/module.ts'
import { QuantisedConv2d, QuantisedLinear } from '../nn/quantised.ts'
import { type AccuracyCost, type Evaluate, measured } from './accuracyCost.ts'

/**
 * How to quantise.
 *
 * @example
 * ```ts
 * import { Linear, type QuantisationOptions, quantise, Sequential } from 'spikegrad'
 * const options: QuantisationOptions = { evaluate: () => 1 }
 * const { cost } = await quantise(new Sequential([new Linear(2, 2)]), options)
 * cost!.difference // 0
 * ```
 */
export interface QuantisationOptions {
  /** Measures the network before and after, its accuracy for one. */
  readonly evaluate?: Evaluate
}

/**
 * What quantisation did.
 *
 * @example
 * ```ts
 * import { Linear, type QuantisationReport, quantise, Sequential } from 'spikegrad'
 * const report: QuantisationReport = await quantise(new Sequential([new Linear(8, 2)]))
 * report.bytesAfter // 32
 * ```
 */
export interface QuantisationReport {
  /** Paths of the layers replaced. */
  readonly layers: readonly string[]
  /** Bytes of their weights and biases before. */
  readonly bytesBefore: number
  /** Bytes of their weights, scales and biases now. */
  readonly bytesAfter: number
  /** What it cost; undefined when there was nothing to measure by. */
  readonly cost: AccuracyCost | undefined
  /** Puts the layers from before back, and frees the others. */
  readonly restore: () => void
}

/**
 * Replaces every `Linear` and `Conv2d` within a network, in the field or list that holds it, by a layer with int8 weights and a
 * scale for each output: symmetric, by rounding to nearest. The layers from before are kept for `restore`; to have their
 * memory back, dispose them before. Layers of classes of your own that extend these stay. When `evaluate` fails, the layers from
 * before are put back. A quantised network is not trained: `fit` refuses it.
 * @throws InvalidArgumentError when there is none to replace, or the network is itself such a layer.
 *
 * @example
 * ```ts
 * import { Linear, quantise, Relu, Sequential, zeros } from 'spikegrad'
 * const net = new Sequential([new Linear(4, 8), new Relu(), new Linear(8, 2)])
 * const { layers } = await quantise(net)
 * layers // ['layers.0', 'layers.2']
 * net.forward(zeros([3, 4])).shape // [3, 2]
 * ```
 */
export async function quantise(
  network: Module,
  { evaluate }: QuantisationOptions = {},
): Promise<QuantisationReport> {
  const places = placesOf(network)
  if (places.length === 0) {
    throw new InvalidArgumentError(`quantise: ${network.label} holds no Linear or Conv2d layer to replace`)
  }
  const { result: replaced, cost } = await measured(evaluate, () => replaceAll(places))
  const bytesOf = (layers: readonly Module[]) =>
    layers
      .flatMap(layer => [...layer.stateDictionary().values()])
      .reduce((total, { size, dtype }) => total + size * (dtype === 'uint8' ? 1 : 4), 0)
  return {
    layers: places.map(({ path }) => path),
    bytesBefore: bytesOf(places.map(({ layer }) => layer)),
    bytesAfter: bytesOf(replaced.layers),
    cost,
    restore: replaced.restore,
  }
}

interface Place {
  readonly path: string
  readonly layer: Linear | Conv2d
  readonly put: (layer: Module) => void
}

/** Makes all the new layers before any is put in its place. */
function replaceAll(places: readonly Place[]) {
  const layers: (QuantisedLinear | QuantisedConv2d)[] = []
  const restore = () => {
    for (const { layer, put } of places) put(layer)
    for (const layer of layers) layer.dispose()
  }
  try {
    for (const { layer } of places) {
      layers.push(layer instanceof Linear ? new QuantisedLinear(layer) : new QuantisedConv2d(layer))
    }
  } catch (error) {
    for (const layer of layers) layer.dispose()
    throw error
  }
  for (const [i, { put }] of places.entries()) put(layers[i]!)
  return { result: { layers, restore }, undo: restore }
}

/** Every place in a network that holds a layer to replace. A layer held twice is found twice. */
function placesOf(network: Module): readonly Place[] {
  const places: Place[] = []
  const seen = new Set<object>()
  const walk = (holder: object, path: string): void => {
    if (seen.has(holder)) return
    seen.add(holder)
    const entries = holder instanceof Map ? holder : Object.entries(holder)
    for (const [key, value] of entries) {
      const at = path === '' ? String(key) : `${path}.${key}`
      if (isReplaceable(value)) {
        const put = (layer: Module) => {
          if (holder instanceof Map) holder.set(key, layer)
          else Reflect.set(holder, key, layer)
        }
        places.push({ path: at, layer: value, put })
      } else if (holds(value)) {
        walk(value, at)
      }
    }
  }
  walk(network, '')
  return places
}

/** A class of the user's may do something else, or have more to it. */
function isReplaceable(value: unknown): value is Linear | Conv2d {
  if (!(value instanceof Module)) return false
  if (value.constructor === Linear) return isPlain(value, Linear)
  return value.constructor === Conv2d && isPlain(value, Conv2d)
}

function holds(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Module || Array.isArray(value) || value instanceof Map) return true
  return Object.getPrototypeOf(value) === Object.prototype
}
