// Checkpoints: all that training depends on as one safetensors file, from which it goes on bit for bit.
import { isWhole } from '../check.ts'
import { encodeSafetensors, type NamedTensor } from '../data/safetensors.ts'
import { FileFormatError, InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import { checkPosition, type RandomPosition } from '../nn/randomState.ts'
import type { Optimiser, OptimiserState } from '../optim/optimiser.ts'
import type { Scheduler } from '../optim/schedules.ts'
import type { Tensor } from '../tensor.ts'
import { checkStored, FORMAT, readCheckpoint, readJson, withChecksum } from './checkpointFile.ts'
import { checkTopology, topologyOf } from './topology.ts'

/**
 * What a checkpoint is made of, or restored into.
 *
 * @example
 * ```ts
 * import { Adam, type CheckpointParts, encodeCheckpoint, Linear } from 'spikegrad'
 * const model = new Linear(2, 2)
 * const parts: CheckpointParts = { model, optimiser: new Adam(model.parameters()) }
 * encodeCheckpoint(parts) instanceof Uint8Array // true
 * ```
 */
export interface CheckpointParts {
  /** Its parameters, buffers and random states. */
  readonly model: Module
  readonly optimiser?: Optimiser
  readonly scheduler?: Scheduler
}

/** What an optimiser remembers beside its tensors. */
type OptimiserProgress = Omit<OptimiserState, 'tensors'>

/** Everything that is saved in arrays, by its name in the file; the optimiser's go by the names that the model gives its parameters. */
function tensorsOf({ model, optimiser }: CheckpointParts): Map<string, Tensor> {
  const state = [...model.stateDictionary()]
  const remembered = optimiser?.stateDictionary(
    new Map(state.map(([name, tensor]) => [tensor, name])),
  ).tensors
  return new Map([
    ...state.map(([name, tensor]) => [`model.${name}`, tensor] as const),
    ...[...(remembered ?? [])].map(([name, tensor]) => [`optimiser.${name}`, tensor] as const),
  ])
}

/** Everything that is saved as JSON, by its name in the file. */
function jsonOf(parts: CheckpointParts, training: unknown): Record<string, string> {
  const { model, optimiser, scheduler } = parts
  const random = [...model.randomStates()].map(([path, { position }]) => [path, position] as const)
  return {
    format: FORMAT,
    topology: topologyOf(model),
    random: JSON.stringify(Object.fromEntries(random)),
    ...(optimiser && { optimiser: JSON.stringify(progressOf(optimiser)) }),
    ...(scheduler && { scheduler: JSON.stringify({ steps: scheduler.steps }) }),
    ...(training != null && { training: plainJson(training) }),
  }
}

function progressOf({ algorithm, steps, learningRate, configuration }: Optimiser): OptimiserProgress {
  return { algorithm, steps, learningRate, configuration }
}

/** What JSON has no text for could not be read back. */
function plainJson(training: unknown): string {
  let text: string | undefined
  let cause: unknown
  try {
    text = JSON.stringify(training)
  } catch (error) {
    cause = error
  }
  if (text !== undefined && text !== 'null') return text
  throw new InvalidArgumentError(
    'encodeCheckpoint: expected training to be plain data, which JSON can hold',
    {
      cause,
    },
  )
}

/**
 * Writes a checkpoint: a safetensors file whose metadata holds the topology and the states as JSON, and a checksum.
 * @param training anything of the caller's own that is plain data: the epoch, say.
 * @throws InvalidArgumentError when `training` is not, or all that is not in arrays comes to more than 100 MB, which the format does
 * not allow.
 *
 * @example
 * ```ts
 * import { Adam, encodeCheckpoint, Linear, restoreCheckpoint } from 'spikegrad'
 * const model = new Linear(2, 2)
 * const optimiser = new Adam(model.parameters())
 * const file = encodeCheckpoint({ model, optimiser }, { epoch: 3 })
 * restoreCheckpoint(file, { model, optimiser }) // { epoch: 3 }
 * ```
 */
export function encodeCheckpoint(parts: CheckpointParts, training?: unknown): Uint8Array<ArrayBuffer> {
  const arrays: NamedTensor[] = [...tensorsOf(parts)].map(([name, tensor]) => ({
    name,
    shape: tensor.shape,
    data: tensor.view(),
  }))
  return withChecksum(checksum => encodeSafetensors(arrays, { checksum, ...jsonOf(parts, training) }))
}

/** A checkpoint that was found whole and fitting. */
export interface OpenedCheckpoint {
  /** What `encodeCheckpoint` was given beside the parts. */
  readonly training: unknown
  /** Writes it into the parts. */
  readonly apply: () => void
}

/**
 * Puts a checkpoint back. The file is checked whole, against its checksum and against the parts it is for, before anything is
 * written or memory taken for it. It may hold an optimiser and a scheduler that are not asked for.
 * @param name what to call the file in an error.
 * @returns what `encodeCheckpoint` was given as `training`.
 * @throws FileFormatError when the file is truncated, altered, longer than it says, or no checkpoint.
 * @throws InvalidArgumentError when it is of another topology, of another optimiser or one made with other options, or lacks one of
 * the parts.
 *
 * @example
 * ```ts
 * import { encodeCheckpoint, Linear, restoreCheckpoint } from 'spikegrad'
 * const model = new Linear(2, 2)
 * const file = encodeCheckpoint({ model })
 * model.weight.view().fill(7)
 * restoreCheckpoint(file, { model })
 * model.weight.toArray().includes(7) // false
 * ```
 */
export function restoreCheckpoint(bytes: Uint8Array, parts: CheckpointParts, name?: string): unknown {
  const { training, apply } = openCheckpoint(bytes, parts, name)
  apply()
  return training
}

/** The first half of `restoreCheckpoint`: checks everything and writes nothing. */
export function openCheckpoint(
  bytes: Uint8Array,
  parts: CheckpointParts,
  name = 'the checkpoint',
): OpenedCheckpoint {
  const file = readCheckpoint(bytes, name)
  const { tensors } = file
  const own = tensorsOf(parts)
  checkTopology(parts.model, file)
  checkStored(own, file)
  const { optimiser, scheduler } = parts
  const progress = optimiser && (readJson(file, 'optimiser') as OptimiserProgress)
  if (progress) optimiser.checkProgress(progress)
  const steps = scheduler && stepsOf(readJson(file, 'scheduler'), name)
  const positions = positionsOf(parts.model, readJson(file, 'random'), name)
  return {
    training: file.metadata.training === undefined ? undefined : readJson(file, 'training'),
    apply() {
      for (const [key, { address, backend }] of own) {
        backend.memory.uint8.set(tensors.get(key)!.bytes, address)
      }
      for (const [path, state] of parts.model.randomStates()) state.position = positions.get(path)!
      if (scheduler && steps !== undefined) scheduler.steps = steps
      // After the schedule, whose rate of that step may be another than the one that was in use.
      if (progress) optimiser.setProgress(progress)
    },
  }
}

function stepsOf(value: unknown, name: string): number {
  const steps = (value as { readonly steps?: unknown } | null)?.steps
  if (isWhole(steps)) return steps
  throw new FileFormatError(`${name}: expected a scheduler's number of steps, found ${JSON.stringify(value)}`)
}

function positionsOf(model: Module, value: unknown, name: string): Map<string, RandomPosition> {
  const saved = (value ?? {}) as Readonly<Record<string, unknown>>
  return new Map(
    [...model.randomStates().keys()].map(path => [
      path,
      checkPosition(`${name}: random state "${path}"`, saved[path]),
    ]),
  )
}
