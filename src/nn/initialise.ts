// Initial weights, drawn outside the kernels so that every backend starts from the same bits.
import { InvalidArgumentError } from '../errors.ts'
import { RandomStream } from '../random/stream.ts'

/**
 * How weights start. He et al. 2015 (for relu): variance 2 / inputs. Glorot & Bengio 2010 (for what is linear near 0):
 * variance 2 / (inputs + outputs). The uniform forms have the same variances. `inputs` and `outputs` are those of one unit:
 * in a convolution, channels times the kernel's area.
 *
 * @example
 * ```ts
 * import { type Initialisation, initialWeights } from 'spikegrad'
 * const initialisation: Initialisation = 'zeros'
 * initialWeights(initialisation, 1, 2, 1, 'output.weight') // [0, 0]
 * ```
 */
export type Initialisation = 'heNormal' | 'heUniform' | 'glorotNormal' | 'glorotUniform' | 'zeros'

/** One draw of each distribution. */
const draws: Readonly<
  Record<Initialisation, (stream: RandomStream, inputs: number, outputs: number) => number>
> = {
  heNormal: (stream, inputs) => Math.sqrt(2 / inputs) * stream.normal(),
  heUniform: (stream, inputs) => Math.sqrt(6 / inputs) * (2 * stream.uniform() - 1),
  glorotNormal: (stream, inputs, outputs) => Math.sqrt(2 / (inputs + outputs)) * stream.normal(),
  glorotUniform: (stream, inputs, outputs) => Math.sqrt(6 / (inputs + outputs)) * (2 * stream.uniform() - 1),
  zeros: () => 0,
}

/**
 * Draws weights, row-major, from the random stream `name` under `seed`.
 * @param inputs numbers that each unit takes.
 * @param outputs numbers that each input goes to.
 * @param size how many weights; by default [inputs, outputs].
 * @throws InvalidArgumentError for an unknown initialisation.
 *
 * @example
 * ```ts
 * import { initialWeights } from 'spikegrad'
 * initialWeights('heNormal', 784, 64, 1, 'hidden.weight').length // 50176
 * ```
 */
export function initialWeights(
  initialisation: Initialisation,
  inputs: number,
  outputs: number,
  seed: number,
  name: string,
  size: number = inputs * outputs,
): Float32Array<ArrayBuffer> {
  if (!Object.hasOwn(draws, initialisation)) {
    throw new InvalidArgumentError(
      `unknown initialisation "${initialisation}": expected one of ${Object.keys(draws).join(', ')}`,
    )
  }
  const stream = new RandomStream(seed, name)
  const weights = new Float32Array(size)
  for (let i = 0; i < weights.length; i++) weights[i] = draws[initialisation](stream, inputs, outputs)
  return weights
}
