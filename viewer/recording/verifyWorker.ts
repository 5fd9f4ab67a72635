// The worker in which a recorded run is run again.
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { verifyRecording } from '../../experiments/recording/verify.ts'
import { availableBackends, createBackend, useBackend } from '../../src/index.ts'
import type { FromVerifier, ToVerifier } from './verification.ts'

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToVerifier>) => void) | null
  postMessage(message: FromVerifier): void
}

const scope = globalThis as unknown as WorkerScope

async function verify({ file, data }: ToVerifier): Promise<void> {
  try {
    const recording = await openRecording(file)
    computeAs(recording.information.backend)
    const result = await verifyRecording(
      recording,
      (kind, config) => (kind === 'mlp' ? new MlpLearner(config, data) : new BrainLearner(config, data)),
      { progress: share => scope.postMessage({ type: 'progress', share }) },
    )
    scope.postMessage({ type: 'result', result })
  } catch (error) {
    scope.postMessage({ type: 'failed', detail: error instanceof Error ? error.message : String(error) })
  }
}

/** Some backends round a product and a sum at once, others each by itself: the same run needs the same one, if it is here. */
function computeAs(name: string): void {
  const same = availableBackends().find(available => available === name)
  if (same !== undefined) useBackend(createBackend(same))
}

scope.onmessage = ({ data }) => void verify(data)
