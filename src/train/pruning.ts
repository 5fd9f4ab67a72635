// Pruning: the weights of least magnitude are set to 0, and kept there if wanted.
import { checkFraction } from '../check.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import type { Parameter } from '../nn/parameter.ts'
import { keep, scope } from '../scope.ts'
import { Tensor } from '../tensor.ts'
import { type AccuracyCost, type Evaluate, measured } from './accuracyCost.ts'

/**
 * How to prune.
 *
 * @example
 * ```ts
 * import { Linear, pruneByMagnitude, type PruningOptions } from 'spikegrad'
 * const options: PruningOptions = { fraction: 0.25, over: 'layer' }
 * const { pruned } = await pruneByMagnitude(new Linear(4, 4), options)
 * pruned // 4
 * ```
 */
export interface PruningOptions {
  /** Share of the weights to set to 0, from 0 to below 1. */
  readonly fraction: number
  /** Whether the share is of each weight by itself, or of all together; by default `all`. */
  readonly over?: 'layer' | 'all'
  /** Which parameters take part; by default those with two axes or more, which leaves biases out. */
  readonly choose?: (parameter: Parameter) => boolean
  /** Measures the network before and after, its accuracy for one. */
  readonly evaluate?: Evaluate
}

/**
 * What pruning did.
 *
 * @example
 * ```ts
 * import { Linear, pruneByMagnitude, type PruningReport } from 'spikegrad'
 * const report: PruningReport = await pruneByMagnitude(new Linear(4, 2), { fraction: 0.5 })
 * report.weights // 8
 * ```
 */
export interface PruningReport {
  readonly masks: PruningMasks
  /** Weights that took part. */
  readonly weights: number
  /** How many of them are 0 now. */
  readonly pruned: number
  /** The share that is 0 of each parameter that took part. */
  readonly shares: ReadonlyMap<string, number>
  /** What it cost; undefined when there was nothing to measure by. */
  readonly cost: AccuracyCost | undefined
}

const maskProgram = /* @__PURE__ */ defineProgram('mask', program => {
  const weight = program.state('weight')
  // Not a product: NaN times 0 is NaN.
  program.store(weight, program.input('mask').equal(0).select(0, weight.value))
})

/**
 * Which weights stay: 1 or 0 for each entry.
 *
 * @example
 * ```ts
 * import { Linear, pruneByMagnitude } from 'spikegrad'
 * const layer = new Linear(2, 2)
 * const { masks } = await pruneByMagnitude(layer, { fraction: 0.75 })
 * layer.weight.write([1, 1, 1, 1])
 * masks.apply()
 * layer.weight.toArray().filter(weight => weight === 1).length // 1
 * ```
 */
export class PruningMasks {
  readonly #masks: ReadonlyMap<Parameter, Tensor>

  constructor(masks: ReadonlyMap<Parameter, Tensor>) {
    this.#masks = masks
    for (const mask of masks.values()) keep(mask)
  }

  /** The mask of each parameter, by its name. */
  get masks(): ReadonlyMap<string, Tensor> {
    return new Map([...this.#masks].map(([{ name }, mask]) => [name, mask]))
  }

  /** Sets the pruned weights to 0: to be called after each step of an optimiser, as `KeepPruned` does. */
  apply(): void {
    for (const [{ backend, size, address }, mask] of this.#masks) {
      compiled(maskProgram, backend).run(size, address, mask.address)
    }
  }

  /** Frees the masks. */
  dispose(): void {
    for (const mask of this.#masks.values()) mask.dispose()
  }
}

/**
 * Sets the weights of least magnitude to 0 (Han et al. 2015); of equals, those that come first. When `evaluate` fails, the weights
 * are put back.
 * @throws InvalidArgumentError when an option is out of range, or no parameter takes part.
 *
 * @example
 * ```ts
 * import { Linear, pruneByMagnitude } from 'spikegrad'
 * const layer = new Linear(2, 2)
 * layer.weight.write([1, -4, 3, -2])
 * const { cost } = await pruneByMagnitude(layer, { fraction: 0.5, evaluate: () => Math.max(...layer.weight.toArray()) })
 * layer.weight.toArray() // [0, -4, 3, 0]
 * cost!.difference // 0
 * ```
 */
export async function pruneByMagnitude(network: Module, options: PruningOptions): Promise<PruningReport> {
  const { fraction, over = 'all', choose = ({ shape }) => shape.length >= 2, evaluate } = options
  checkFraction('pruneByMagnitude: fraction', fraction)
  if (over !== 'all' && over !== 'layer') {
    throw new InvalidArgumentError(`pruneByMagnitude: over is layer or all, got ${JSON.stringify(over)}`)
  }
  const chosen = network.parameters().filter(choose)
  if (chosen.length === 0) throw new InvalidArgumentError('pruneByMagnitude: no parameter takes part')
  const groups = over === 'all' ? [chosen] : chosen.map(parameter => [parameter])
  const { result: masks, cost } = await measured(evaluate, () => {
    const before = evaluate && chosen.map(parameter => parameter.toArray())
    const made = new PruningMasks(new Map(scope(() => groups.flatMap(group => masksOf(group, fraction)))))
    made.apply()
    const undo = () => {
      made.dispose()
      for (const [i, weights] of (before ?? []).entries()) chosen[i]!.write(weights)
    }
    return { result: made, undo }
  })
  const zeros = chosen.map(countZeros)
  return {
    masks,
    weights: chosen.reduce((total, { size }) => total + size, 0),
    pruned: zeros.reduce((total, count) => total + count, 0),
    shares: new Map(chosen.map(({ name, size }, i) => [name, zeros[i]! / size])),
    cost,
  }
}

function countZeros(parameter: Parameter): number {
  let zeros = 0
  for (const weight of parameter.view()) if (weight === 0) zeros++
  return zeros
}

/** Masks for parameters that share one threshold. */
function masksOf(group: readonly Parameter[], fraction: number): readonly (readonly [Parameter, Tensor])[] {
  const magnitudes = new Float32Array(group.reduce((total, { size }) => total + size, 0))
  let end = 0
  for (const parameter of group) {
    for (const weight of parameter.view()) magnitudes[end++] = Math.abs(weight)
  }
  const count = Math.floor(fraction * magnitudes.length)
  // What is not a number sorts last, and stays.
  const sorted = magnitudes.slice().sort()
  const threshold = sorted[count]!
  // As many of those at the threshold go as are among the `count` smallest.
  let equals = count - sorted.indexOf(threshold)
  return group.map(parameter => {
    const mask = new Tensor(parameter.shape, 'float32', parameter.backend)
    const [weights, values] = [parameter.view(), mask.view()]
    for (let i = 0; i < weights.length; i++) {
      const magnitude = Math.abs(weights[i]!)
      const goes = magnitude < threshold || (magnitude === threshold && equals-- > 0)
      values[i] = goes ? 0 : 1
    }
    return [parameter, mask] as const
  })
}
