// What a learner cannot do where it runs.
import { SpikegradError } from '../../src/index.ts'

/** The engine offers no cryptography, so nothing can be digested. */
export class InsecureContextError extends SpikegradError {
  override readonly name = 'InsecureContextError'
}
