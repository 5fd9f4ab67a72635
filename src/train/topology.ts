// What a network is built of, as checkpoints hold it: every module with its class and configuration, by path.
import { FileFormatError, InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import { type CheckpointFile, readJson } from './checkpointFile.ts'

/** One module of a topology, as a file holds it. */
export type TopologyEntry = readonly [path: string, kind: string, configuration: object]

/** A network's topology as JSON, outermost first. */
export function topologyOf(network: Module): string {
  const modules = [...network.modules()].map(([path, { kind, configuration }]) => [path, kind, configuration])
  return JSON.stringify(modules)
}

/** @throws FileFormatError when it is no list of modules. */
export function readTopology(file: CheckpointFile): readonly TopologyEntry[] {
  const topology = readJson(file, 'topology')
  if (Array.isArray(topology) && topology.every(isEntry)) return topology
  throw new FileFormatError(`${file.name}: expected "topology" to be a list of modules`)
}

function isEntry(value: unknown): value is TopologyEntry {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [path, kind, configuration]: readonly unknown[] = value
  const record = typeof configuration === 'object' && configuration !== null && !Array.isArray(configuration)
  return typeof path === 'string' && typeof kind === 'string' && record
}

/** @throws InvalidArgumentError naming the first module that differs. */
export function checkTopology(network: Module, file: CheckpointFile): void {
  const found = readTopology(file)
  const own = JSON.parse(topologyOf(network)) as readonly TopologyEntry[]
  const length = Math.max(own.length, found.length)
  for (let place = 0; place < length; place++) {
    const [expected, other] = [own[place], found[place]].map(module => JSON.stringify(module))
    if (expected === other) continue
    throw new InvalidArgumentError(
      `${file.name} is of another topology: expected module ${place} to be ${expected ?? 'absent'}, ` +
        `found ${other ?? 'none'}`,
    )
  }
}
