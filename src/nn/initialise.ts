// Initial weights, drawn outside the kernels so that every backend starts from the same bits.
import { InvalidArgumentError } from '../errors.ts'
import { RandomStream } from '../random/stream.ts'

/**
 * How weights [inputs, outputs] start. He et al. 2015 (for relu): variance 2 / inputs. Glorot & Bengio 2010 (for
 * what is linear near 0): variance 2 / (inputs + outputs). The uniform forms have the same variances.
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
 * Draws weights [inputs, outputs], row-major, from the random stream `name` under `seed`.
 * @throws InvalidArgumentError for an unknown initialisation.
 */
export function initialWeights(
  initialisation: Initialisation,
  inputs: number,
  outputs: number,
  seed: number,
  name: string,
): Float32Array<ArrayBuffer> {
  if (!Object.hasOwn(draws, initialisation)) {
    throw new InvalidArgumentError(
      `unknown initialisation "${initialisation}": expected one of ${Object.keys(draws).join(', ')}`,
    )
  }
  const stream = new RandomStream(seed, name)
  const weights = new Float32Array(inputs * outputs)
  for (let i = 0; i < weights.length; i++) weights[i] = draws[initialisation](stream, inputs, outputs)
  return weights
}
