// A live run whose workers are trainers in this thread, behind channels that copy and transfer as a worker does.
import { BrainTrainer } from '../../viewer/training/brainTrainer.ts'
import { MlpTrainer } from '../../viewer/training/mlpTrainer.ts'
import type { ToWorker } from '../../viewer/training/protocol.ts'
import type { WorkerLike } from '../../viewer/training/workerLink.ts'

export function workerOf(kind: 'mlp' | 'brain'): WorkerLike {
  const channel = new MessageChannel()
  const post = (message: unknown, transfer: ArrayBuffer[]) => channel.port2.postMessage(message, transfer)
  const trainer = kind === 'mlp' ? new MlpTrainer(post) : new BrainTrainer(post)
  channel.port2.onmessage = ({ data }: MessageEvent<ToWorker>) => trainer.receive(data)
  const worker: WorkerLike = {
    postMessage: (message, transfer) => channel.port1.postMessage(message, transfer),
    onmessage: null,
    onerror: null,
    terminate: () => {
      trainer.dispose()
      channel.port1.close()
    },
  }
  channel.port1.onmessage = event => worker.onmessage?.(event)
  return worker
}
