// Dropout: a layer that forgets, to keep units from relying on one another.
import { checkFraction } from '../check.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import { multiply } from '../ops/binary.ts'
import { scope } from '../scope.ts'
import { Tensor } from '../tensor.ts'
import { Activation } from './activations.ts'
import type { Configuration } from './module.ts'
import { drawsOf, RandomState, type SeedOptions } from './randomState.ts'

const maskProgram = /* @__PURE__ */ defineProgram('dropout mask', program => {
  const mask = program.state('mask')
  const probability = program.scalar('probability')
  program.store(mask, mask.value.less(probability).select(0, program.scalar('scale')))
})

/**
 * In training, sets each entry to 0 with probability p and scales the others by 1 / (1 - p); in evaluation, changes nothing
 * (Srivastava et al. 2014, in the inverted form). Every call draws anew from a stream whose position checkpoints save.
 *
 * @example
 * ```ts
 * import { Dropout, ones } from 'spikegrad'
 * new Dropout(0.5).evaluate().forward(ones([3])).toArray() // [1, 1, 1]
 * ```
 */
export class Dropout extends Activation {
  readonly probability: number
  readonly random: RandomState

  /** @throws InvalidArgumentError unless the probability is from 0 to below 1. */
  constructor(probability = 0.5, options: SeedOptions = {}) {
    super()
    checkFraction('Dropout: probability', probability)
    this.probability = probability
    const { seed, stream } = drawsOf(`dropout ${probability}`, options)
    this.random = new RandomState(seed, `${stream}.dropout`)
  }

  override get kind(): string {
    return this.constructor === Dropout ? 'Dropout' : super.kind
  }

  override get configuration(): Configuration {
    return { probability: this.probability }
  }

  override forward(x: Tensor): Tensor {
    if (!this.training || this.probability === 0) return x
    return scope(() => multiply(x, this.#mask(x)))
  }

  /** 0 where an entry is dropped, else 1 / (1 - p). */
  #mask(x: Tensor): Tensor {
    const mask = new Tensor(x.shape, 'float32', x.backend)
    const { key0, key1 } = this.random.next()
    x.backend.kernels.randomUniform(mask.address, mask.size, key0, key1, 0, 1)
    const scale = 1 / (1 - this.probability)
    compiled(maskProgram, x.backend).run(mask.size, mask.address, this.probability, scale)
    return mask
  }
}
