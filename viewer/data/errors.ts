// What can be wrong with the images that come with the page, beside their format.
import { SpikegradError } from '../../src/index.ts'

/** A file of the page that could not be fetched; the message names its address and what the server said. */
export class FetchError extends SpikegradError {
  override readonly name = 'FetchError'
}
