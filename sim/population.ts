// A population: so many neurons of one model with one set of parameters.
import { InvalidArgumentError } from '../src/index.ts'
import { type NeuronModel, type ParameterValues, resolveParameters } from './neurons/model.ts'
import type { SpikingGroup } from './spikes.ts'

/**
 * So many neurons of one model with one set of parameters.
 *
 * @example
 * ```ts
 * import { currentLif, Population } from 'spikegrad/sim'
 * const cells = new Population('cells', 100, currentLif, { tauMem: 10 })
 * cells.parameters.tauMem // 10
 * new Population('cells', 0, currentLif) // throws InvalidArgumentError
 * ```
 */
export class Population<Parameter extends string = string, State extends string = string>
  implements SpikingGroup
{
  readonly name: string
  readonly size: number
  readonly model: NeuronModel<Parameter, State>
  readonly parameters: ParameterValues<Parameter>

  /** @throws InvalidArgumentError for a size that is no positive integer, or parameters that the model refuses. */
  constructor(
    name: string,
    size: number,
    model: NeuronModel<Parameter, State>,
    parameters: Partial<ParameterValues<Parameter>> = {},
  ) {
    if (!Number.isInteger(size) || size < 1) {
      throw new InvalidArgumentError(`population "${name}": size must be a positive integer, got ${size}`)
    }
    this.name = name
    this.size = size
    this.model = model
    this.parameters = resolveParameters(model, parameters)
  }
}
