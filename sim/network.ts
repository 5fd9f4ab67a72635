// A network described: its sources, populations, projections and probes, before anything is allocated.
import { InvalidArgumentError } from '../src/index.ts'
import type { Probe, SpikeSource } from './binding.ts'
import { Population } from './population.ts'
import { Simulation, type SimulationOptions } from './simulation.ts'
import type { Projection } from './synapses/projection.ts'

/**
 * A network in the making.
 * @example
 * ```ts
 * import { conductanceLif, dense, Network, PoissonInput, Population, SpikeProbe } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(new PoissonInput('input', 784, 700))
 * const cells = network.add(new Population('cells', 100, conductanceLif))
 * network.connect(dense({ from: input, to: cells, into: 'gExc', weights: { low: 0, high: 0.3 } }))
 * const spikes = network.probe(new SpikeProbe(cells))
 * const simulation = network.compile({ dt: 0.5, seed: 1 })
 * simulation.run(700)
 * spikes.length // 0
 * ```
 */
export class Network {
  readonly sources: SpikeSource[] = []
  readonly populations: Population[] = []
  readonly projections: Projection[] = []
  readonly probes: Probe[] = []

  /**
   * Adds a population or a source of spikes, and returns it.
   * @throws InvalidArgumentError when the name is taken: names key the random streams.
   */
  add<Part extends Population | SpikeSource>(part: Part): Part {
    if ([...this.sources, ...this.populations].some(other => other.name === part.name)) {
      throw new InvalidArgumentError(`the network already has a part named "${part.name}"`)
    }
    if (part instanceof Population) this.populations.push(part)
    else this.sources.push(part)
    return part
  }

  /**
   * Adds a projection, and returns it.
   * @throws InvalidArgumentError when one of its ends is not part of the network, or its name is taken: names key the
   * random streams.
   */
  connect(projection: Projection): Projection {
    const { name, from, to } = projection
    const known: readonly unknown[] = [...this.sources, ...this.populations]
    for (const end of [from, to]) {
      if (!known.includes(end)) {
        throw new InvalidArgumentError(`projection "${name}": "${end.name}" was not added to this network`)
      }
    }
    if (this.projections.some(other => other.name === name)) {
      throw new InvalidArgumentError(
        `the network already has a projection named "${name}": give this one a \`name\` of its own`,
      )
    }
    this.projections.push(projection)
    return projection
  }

  /**
   * Adds a probe, and returns it.
   * @throws InvalidArgumentError when it was added before.
   */
  probe<P extends Probe>(probe: P): P {
    if (this.probes.includes(probe)) {
      throw new InvalidArgumentError(`the probe "${probe.name}" was added to this network before`)
    }
    this.probes.push(probe)
    return probe
  }

  /**
   * Allocates everything and lays the network out, as it stands now, as a flat plan of kernel calls.
   * @throws InvalidArgumentError when a probe serves another simulation already.
   */
  compile(options: SimulationOptions): Simulation {
    return new Simulation(this, options)
  }
}
