// The worker thread's entry: runs the tasks it was started with.
import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerJob } from './messages.ts'
import { runJob } from './taskRunner.ts'
import { runControls } from './tasks/controls.ts'
import { runMlp } from './tasks/mlp.ts'
import { runSpiking } from './tasks/spiking.ts'

runJob(workerData as WorkerJob, { mlp: runMlp, snn: runSpiking, controls: runControls }, message => {
  parentPort?.postMessage(message)
})
