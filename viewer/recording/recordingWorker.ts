// The worker in which recordings are written.
import type { ToRecorder } from './protocol.ts'
import { type PostRecorder, RecordingSession } from './session.ts'

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToRecorder>) => void) | null
  postMessage: PostRecorder
}

const scope = globalThis as unknown as WorkerScope
const session = new RecordingSession((message, transfer) => scope.postMessage(message, transfer))
scope.onmessage = ({ data }) => session.receive(data)
