// Checkpoints: all that training depends on as one safetensors file, from which it goes on bit for bit.
import {
  encodeSafetensors,
  inspectSafetensors,
  type NamedTensor,
  type StoredTensor,
} from '../data/safetensors.ts'
import { FileFormatError, InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import { checkPosition, type RandomPosition } from '../nn/randomState.ts'
import type { Optimiser, OptimiserState } from '../optim/optimiser.ts'
import type { Scheduler } from '../optim/schedules.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { DataType, Tensor } from '../tensor.ts'
import { crc32 } from './crc32.ts'

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

const FORMAT = 'spikegrad checkpoint 1'
/** A file begins so after its length, whatever it holds; eight hexadecimal digits follow. */
const CHECKSUM_PREFIX = '{"__metadata__":{"checksum":"'
const CHECKSUM_START = 8 + CHECKSUM_PREFIX.length
const CHECKSUM_END = CHECKSUM_START + 8
const NO_CHECKSUM = new TextEncoder().encode('00000000')
/** What a header may take beside the arrays: so much, and so much for each. */
const HEADER_BYTES = 2 ** 20
const HEADER_BYTES_PER_TENSOR = 4096

const dtypes: Readonly<Record<DataType, string>> = { float32: 'F32', int32: 'I32', uint8: 'U8' }

/** Everything that is saved in arrays, by its name in the file. */
function tensorsOf({ model, optimiser }: CheckpointParts): Map<string, Tensor> {
  // The walk over the model also names the parameters for the optimiser.
  const tensors = new Map([...model.stateDictionary()].map(([name, tensor]) => [`model.${name}`, tensor]))
  const remembered = optimiser?.stateDictionary().tensors ?? new Map<string, Tensor>()
  for (const [name, tensor] of remembered) tensors.set(`optimiser.${name}`, tensor)
  return tensors
}

/** What a model is built of: every module with its class and configuration, by path. */
function topologyOf(model: Module): string {
  const modules = [...model.modules()].map(([path, { kind, configuration }]) => [path, kind, configuration])
  return JSON.stringify(modules)
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
    ...(training != null && { training: JSON.stringify(training) }),
  }
}

function progressOf({ algorithm, steps, learningRate }: Optimiser): OptimiserProgress {
  return { algorithm, steps, learningRate }
}

/**
 * Writes a checkpoint: a safetensors file whose metadata holds the topology and the states as JSON, and a checksum.
 * @param training anything of the caller's own that is plain data: the epoch, say.
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
  const file = encodeSafetensors(arrays, { checksum: '00000000', ...jsonOf(parts, training) })
  file.set(new TextEncoder().encode(crc32(file).toString(16).padStart(8, '0')), CHECKSUM_START)
  return file
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
 * written or memory taken for it.
 * @param name what to call the file in an error.
 * @returns what `encodeCheckpoint` was given as `training`.
 * @throws FileFormatError when the file is truncated, altered, too large for these parts, or no checkpoint.
 * @throws InvalidArgumentError when it is of another topology or optimiser, or lacks one of the parts.
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
  const own = tensorsOf(parts)
  checkLength(bytes, own, name)
  checkChecksum(bytes, name)
  const { tensors, metadata } = inspectSafetensors(bytes, name)
  if (metadata.format !== FORMAT) {
    throw new FileFormatError(
      `${name}: expected the format "${FORMAT}", found ${JSON.stringify(metadata.format)}`,
    )
  }
  checkTopology(parts.model, metadata.topology, name)
  checkTensors(own, tensors, name)
  const { optimiser, scheduler } = parts
  const progress = optimiser && (readJson(metadata, 'optimiser', name) as OptimiserProgress)
  if (progress) optimiser.checkProgress(progress)
  const steps = scheduler && stepsOf(readJson(metadata, 'scheduler', name), name)
  const positions = positionsOf(parts.model, readJson(metadata, 'random', name), name)
  return {
    training: metadata.training === undefined ? undefined : readJson(metadata, 'training', name),
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

function checkLength(bytes: Uint8Array, own: ReadonlyMap<string, Tensor>, name: string): void {
  let most = HEADER_BYTES
  for (const { size, dtype } of own.values()) {
    most += HEADER_BYTES_PER_TENSOR + size * (dtype === 'uint8' ? 1 : 4)
  }
  if (bytes.length <= most) return
  throw new FileFormatError(`${name}: expected at most ${most} bytes for this model, found ${bytes.length}`)
}

function checkChecksum(bytes: Uint8Array, name: string): void {
  const decoder = new TextDecoder()
  // Copies, because a decoder refuses shared memory.
  if (decoder.decode(bytes.slice(8, CHECKSUM_START)) !== CHECKSUM_PREFIX) {
    throw new FileFormatError(
      `${name} is not a checkpoint of spikegrad: expected it to begin with a checksum`,
    )
  }
  const found = decoder.decode(bytes.slice(CHECKSUM_START, CHECKSUM_END))
  const before = crc32(NO_CHECKSUM, crc32(bytes.subarray(0, CHECKSUM_START)))
  const expected = crc32(bytes.subarray(CHECKSUM_END), before).toString(16).padStart(8, '0')
  if (found !== expected) {
    throw new FileFormatError(
      `${name} is truncated or was altered: its bytes have the checksum ${expected}, it says ${found}`,
    )
  }
}

function checkTopology(model: Module, found: string | undefined, name: string): void {
  const expected = topologyOf(model)
  if (found === expected) return
  const [own, other] = [expected, found ?? '[]'].map(text => JSON.parse(text) as readonly unknown[])
  const at = own!.findIndex((module, i) => JSON.stringify(module) !== JSON.stringify(other![i]))
  const place = at < 0 ? own!.length : at
  throw new InvalidArgumentError(
    `${name} is of another topology: expected module ${place} to be ${JSON.stringify(own![place]) ?? 'absent'}, ` +
      `found ${JSON.stringify(other![place]) ?? 'none'}`,
  )
}

function checkTensors(
  own: ReadonlyMap<string, Tensor>,
  stored: ReadonlyMap<string, StoredTensor>,
  name: string,
): void {
  const missing = [...own.keys()].filter(key => !stored.has(key))
  // A file may hold an optimiser that nobody asks for.
  const asked = [...own.keys()].some(key => key.startsWith('optimiser.'))
  const unknown = [...stored.keys()].filter(key => !own.has(key) && (asked || !key.startsWith('optimiser.')))
  if (missing.length > 0 || unknown.length > 0) {
    throw new InvalidArgumentError(
      `${name} is of another topology: missing [${missing.join(', ')}], unknown [${unknown.join(', ')}]`,
    )
  }
  for (const [key, { shape, dtype }] of own) {
    const found = stored.get(key)!
    if (sameShape(found.shape, shape) && found.dtype === dtypes[dtype]) continue
    throw new InvalidArgumentError(
      `${name} is of another topology: "${key}" is ${dtypes[dtype]} ${formatShape(shape)}, ` +
        `found ${found.dtype} ${formatShape(found.shape)}`,
    )
  }
}

function readJson(metadata: Readonly<Record<string, string>>, key: string, name: string): unknown {
  const text = metadata[key]
  if (text === undefined) throw new InvalidArgumentError(`${name}: it was saved without "${key}"`)
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null) return value
  } catch (error) {
    throw new FileFormatError(`${name}: expected "${key}" in the metadata to be JSON`, { cause: error })
  }
  throw new FileFormatError(`${name}: expected "${key}" in the metadata to be something, found null`)
}

function stepsOf(value: unknown, name: string): number {
  const steps = (value as { readonly steps?: unknown } | null)?.steps
  if (Number.isSafeInteger(steps) && (steps as number) >= 0) return steps as number
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
