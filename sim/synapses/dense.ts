// Dense synapses: every neuron of one group reaches every neuron of the other through a weight of its own.
import { streamKey, type Tensor } from '../../src/index.ts'
import type { Binding } from '../binding.ts'
import { bindRule } from '../plasticity/bindRule.ts'
import { type PlasticityRule, problemsOf } from '../plasticity/rule.ts'
import { checkProjection, defineProjection, type Projection, type ProjectionEnds } from './projection.ts'

/**
 * What dense synapses are made of.
 *
 * @example
 * ```ts
 * import { currentLif, type DenseOptions, dense, PoissonInput, Population } from 'spikegrad/sim'
 * const [input, cells] = [new PoissonInput('input', 4, 10), new Population('cells', 2, currentLif)]
 * const options: DenseOptions = { from: input, to: cells, into: 'i', weights: new Float32Array(8) }
 * dense(options).name // 'input to cells'
 * ```
 */
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

/**
 * Synapses from every neuron of one group to every neuron of the other, each with a weight of its own.
 * @throws InvalidArgumentError naming all that is wrong with the ends, the weights, their total and the rule.
 *
 * @example
 * ```ts
 * import { currentLif, dense, Network, Population, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 2, [{ index: 1, time: 0 }]))
 * const cells = network.add(new Population('cells', 2, currentLif))
 * const weights = Float32Array.of(0.1, 0.2, 0.25, 0.5)
 * const synapses = network.connect(dense({ from: input, to: cells, into: 'i', weights }))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.run(1)
 * simulation.state(cells, 'i').toArray() // [0.25, 0.5]
 * simulation.weights(synapses).shape // [2, 2]
 * ```
 */
export function dense(options: DenseOptions): Projection {
  const { from, to, into, plasticity, incomingTotal } = options
  checkDense(options)
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

function checkDense(options: DenseOptions): void {
  const { weights, from, to, incomingTotal, plasticity } = options
  const problems: string[] = []
  const given = weights instanceof Float32Array ? extremes(weights) : [weights.low, weights.high]
  if (weights instanceof Float32Array) {
    const size = from.size * to.size
    if (weights.length !== size) {
      problems.push(`expected ${from.size} x ${to.size} = ${size} weights, got ${weights.length}`)
    }
  } else if (weights.low > weights.high) {
    problems.push(`the lowest weight, ${weights.low}, is above the highest, ${weights.high}`)
  }
  if (incomingTotal !== undefined) {
    if (!(incomingTotal > 0 && Number.isFinite(incomingTotal))) {
      problems.push(`incomingTotal must be a finite number above 0, got ${incomingTotal}`)
    }
    if (Math.min(...given) < 0) problems.push('weights with an incomingTotal must not be negative')
  }
  if (plasticity) problems.push(...problemsOf(plasticity))
  checkProjection(options, plasticity ? [...given, plasticity.minimum] : given, problems)
}

/** The least and the largest value; one that is not finite stands for all. */
function extremes(values: Float32Array): number[] {
  let least = values[0] ?? 0
  let largest = least
  for (const value of values) {
    if (!Number.isFinite(value)) return [value]
    least = Math.min(least, value)
    largest = Math.max(largest, value)
  }
  return [least, largest]
}

function fillWeights(tensor: Tensor, name: string, { weights }: DenseOptions, binding: Binding): void {
  const { kernels, memory } = binding.backend
  if (weights instanceof Float32Array) {
    memory.float32.set(weights, tensor.address >>> 2)
    return
  }
  const { key0, key1 } = streamKey(binding.seed, `weights/${name}`)
  kernels.randomUniform(tensor.address, tensor.size, key0, key1, weights.low, weights.high)
}
