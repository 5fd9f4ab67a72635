// One probe serves one simulation: what it keeps would otherwise be a mixture.
import { InvalidArgumentError } from '../../src/index.ts'
import type { Probe } from '../binding.ts'

const bound = new WeakSet<Probe>()

/** @throws InvalidArgumentError when a simulation has this probe already. */
export function claimProbe(probe: Probe): void {
  if (bound.has(probe)) {
    throw new InvalidArgumentError(
      `the probe "${probe.name}" records another simulation: make a new probe, and network, for each`,
    )
  }
  bound.add(probe)
}
