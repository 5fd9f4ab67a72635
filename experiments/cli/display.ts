// Chooses between bars and plain lines.
import { BarDisplay } from './bars.ts'
import { LineDisplay } from './lines.ts'
import type { ProgressDisplay, ProgressStream } from './progress.ts'

/** Bars on a terminal; lines under continuous integration, or when the output goes to a file or a pipe. */
export function createDisplay(stream: ProgressStream, continuousIntegration: boolean): ProgressDisplay {
  return stream.isTTY === true && !continuousIntegration ? new BarDisplay(stream) : new LineDisplay(stream)
}
