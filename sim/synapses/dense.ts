// Dense synapses: every neuron of one group reaches every neuron of the other through a weight of its own.
import { InvalidArgumentError, RandomStream, type Tensor } from '../../src/index.ts'
import type { Binding } from '../binding.ts'
import { bindRule } from '../plasticity/bindRule.ts'
import type { PlasticityRule } from '../plasticity/rule.ts'
import { checkFinite, defineProjection, type Projection, type ProjectionEnds } from './projection.ts'

export interface DenseOptions extends ProjectionEnds {
  /**
   * Starting weights: float32 [from, to] row by row, or the bounds of a uniform draw from the stream
   * "weights/<projection name>" of the simulation's seed.
   */
  readonly weights: Float32Array | { readonly low: number; readonly high: number }
  readonly plasticity?: PlasticityRule
  /** What `Simulation.normaliseWeights` scales each neuron's incoming weights to sum to. */
  readonly incomingTotal?: number
}

/** @throws InvalidArgumentError when given weights do not fit the ends or are not finite. */
export function dense(options: DenseOptions): Projection {
  const { from, to, into, plasticity, incomingTotal } = options
  checkWeights(options)
  return defineProjection(options, (binding, name) => {
    const { kernels, arena } = binding.backend
    const spikes = binding.spikesOf(from)
    const target = binding.stateOf(to, into).address
    const weights = binding.allocate([from.size, to.size])
    fillWeights(weights, name, options, binding)
    const { address } = weights
    return {
      weights,
      deliver: () => {
        if (spikes.count > 0) {
          kernels.propagateDense(address, to.size, spikes.address, spikes.count, target)
        }
      },
      ...(incomingTotal !== undefined && {
        normalise: () => {
          kernels.normaliseColumns(address, from.size, to.size, incomingTotal, arena.scratch(4 * to.size))
        },
      }),
      ...(plasticity && { learning: bindRule(plasticity, { binding, from, to, weights, target }) }),
    }
  })
}

function checkWeights({ weights, from, to, incomingTotal }: DenseOptions): void {
  const name = `${from.name} to ${to.name}`
  if (incomingTotal !== undefined) checkFinite(`incomingTotal of "${name}"`, incomingTotal)
  if (weights instanceof Float32Array) {
    if (weights.length !== from.size * to.size) {
      throw new InvalidArgumentError(
        `weights of "${name}": expected ${from.size} x ${to.size} = ${from.size * to.size} values, got ${weights.length}`,
      )
    }
    const wrong = weights.findIndex(weight => !Number.isFinite(weight))
    if (wrong >= 0)
      throw new InvalidArgumentError(`weights of "${name}": entry ${wrong} is ${weights[wrong]}`)
    return
  }
  checkFinite(`lowest weight of "${name}"`, weights.low)
  checkFinite(`highest weight of "${name}"`, weights.high)
}

function fillWeights(tensor: Tensor, name: string, { weights }: DenseOptions, binding: Binding): void {
  const { kernels, memory } = binding.backend
  if (weights instanceof Float32Array) {
    memory.float32.set(weights, tensor.address >>> 2)
    return
  }
  const { key0, key1 } = new RandomStream(binding.seed, `weights/${name}`).key
  kernels.randomUniform(tensor.address, tensor.size, key0, key1, weights.low, weights.high)
}
