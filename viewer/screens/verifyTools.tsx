// The button that runs a recording again and says whether the same was learned.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Verification } from '../../experiments/recording/verify.ts'
import { announce } from '../app/announcer.tsx'
import { imagesAtHand } from '../app/session.ts'
import { Button } from '../controls/button.tsx'
import { percent } from '../panels/format.ts'
import { allImages, differenceOf } from '../recording/dataAtHand.ts'
import { verifyInWorker } from '../recording/verification.ts'
import { text } from '../text/text.ts'
import type { OpenRecording } from './replayState.ts'

type Outcome =
  | Exclude<Verification, { readonly outcome: 'differs' }>
  | (Extract<Verification, { readonly outcome: 'differs' }> & { readonly sameImages: boolean })
  | { readonly outcome: 'otherData' | 'otherImages' | 'failed' }

export function VerifyTools({ recording }: { readonly recording: OpenRecording }) {
  const words = text.value.replay
  const [share, setShare] = useState<number | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const control = new AbortController()
    running.current = control
    setOutcome(null)
    setShare(0)
    const found = await verify(recording, setShare, control.signal)
    if (running.current !== control) return
    running.current = null
    setShare(null)
    setOutcome(found)
    announce(sentenceOf(found))
  }
  return (
    <div class="verification">
      {share === null ? (
        <Button icon="check" onClick={() => void start()}>
          {words.verify}
        </Button>
      ) : (
        <Button icon="stop" onClick={() => running.current?.abort()}>
          {words.stop}
        </Button>
      )}
      {share !== null && <progress value={share} max={1} aria-label={words.verify} />}
      {/* What comes of it is told; how far it is can be asked of the bar. */}
      {share === null ? (
        <p>{outcome === null ? words.verifyMeans : sentenceOf(outcome)}</p>
      ) : (
        <p>{words.verifying(percent(share, 0))}</p>
      )}
    </div>
  )
}

async function verify(
  { file, source: { recording } }: OpenRecording,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  if (recording.digests.length === 0) return { outcome: 'nothing' }
  const loader = imagesAtHand.peek()
  const { data: recorded } = recording.information
  try {
    const data = await allImages(loader, signal)
    const difference = await differenceOf(recorded, loader.name, data)
    if (difference !== null) return { outcome: difference }
    const found = await verifyInWorker(file, data, { progress, signal })
    return found.outcome === 'differs' ? { ...found, sameImages: recorded.sha256 !== '' } : found
  } catch {
    return { outcome: signal.aborted ? 'stopped' : 'failed' }
  }
}

function sentenceOf(result: Outcome): string {
  const words = text.value.recording.verify
  if (result.outcome === 'failed') return text.value.replay.verifyFailed
  if (result.outcome === 'differs') return words.differs(result.kind, result.samples, result.sameImages)
  return words[result.outcome]
}
