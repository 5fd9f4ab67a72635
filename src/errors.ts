// The typed errors of spikegrad: each says what was wrong, where, and what was expected.

/** Base of every error that spikegrad raises on purpose; a caller can catch this one class. */
export class SpikegradError extends Error {
  override readonly name: string = 'SpikegradError'
}

/** An argument has the wrong value: out of range, not finite, not one of the choices. */
export class InvalidArgumentError extends SpikegradError {
  override readonly name = 'InvalidArgumentError'
}

/** Shapes that do not fit one another; the message names the operation and both shapes. */
export class ShapeError extends SpikegradError {
  override readonly name = 'ShapeError'
}

/** A tensor, population or simulation was used after it was freed. */
export class DisposedError extends SpikegradError {
  override readonly name = 'DisposedError'
}

/** The chosen backend cannot run in this engine. */
export class BackendUnavailableError extends SpikegradError {
  override readonly name = 'BackendUnavailableError'
}

/** Memory ran out; the message says how much was asked for and how much is in use. */
export class OutOfMemoryError extends SpikegradError {
  override readonly name = 'OutOfMemoryError'
}

/** A file's bytes are not what its format demands. */
export class FileFormatError extends SpikegradError {
  override readonly name = 'FileFormatError'
}
