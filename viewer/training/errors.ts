// What a training worker could not answer.
import { SpikegradError } from '../../src/index.ts'

/** A request to a worker that has gone, or has no network yet; the message says which. */
export class TrainingError extends SpikegradError {}
