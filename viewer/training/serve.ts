// What both workers are: a trainer that takes the page's messages and posts its own.
import { currentBackend } from '../../src/index.ts'
import type { FrameOf } from '../frames/source.ts'
import type { ToWorker } from './protocol.ts'
import type { Post, Trainer } from './trainer.ts'

/** The scope of a dedicated worker, as far as it is used. */
interface WorkerScope<Kind extends keyof FrameOf> {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage: Post<Kind>
}

export function serve<Kind extends keyof FrameOf>(create: (post: Post<Kind>) => Trainer<Kind>): void {
  const scope = globalThis as unknown as WorkerScope<Kind>
  const trainer = create((message, transfer) => scope.postMessage(message, transfer))
  scope.onmessage = ({ data }) => trainer.receive(data)
  const { name } = currentBackend()
  scope.postMessage({ type: 'backend', name }, [])
  if (name === 'js') scope.postMessage({ type: 'problem', problem: 'slowBackend', detail: name }, [])
}
