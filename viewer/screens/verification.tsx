// The button that runs a recording again and says whether the same was learned.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { count, percent } from '../panels/format.ts'
import { type Text, text } from '../text/text.ts'
import type { OpenRecording } from './replayState.ts'
import { type Verdict, verify } from './verify.ts'

export function Verification({ recording }: { readonly recording: OpenRecording }) {
  const words = text.value.replay
  const [share, setShare] = useState<number | null>(null)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const control = new AbortController()
    running.current = control
    setVerdict(null)
    setShare(0)
    const found = await verify(recording.file, setShare, control.signal)
    if (running.current !== control) return
    running.current = null
    setShare(null)
    setVerdict(found)
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
      <p role="status">
        {share !== null
          ? words.verifying(percent(share, 0))
          : verdict === null
            ? words.verifyMeans
            : sentenceOf(verdict, text.value)}
      </p>
    </div>
  )
}

function sentenceOf(verdict: Verdict, { replay: words, panels }: Text): string {
  switch (verdict.outcome) {
    case 'equal':
      return words.verified(verdict.compared)
    case 'differs':
      return words.differs(panels.networks[verdict.kind], count(verdict.samples))
    case 'stopped':
      return words.verifyMeans
    default:
      return words[verdict.outcome]
  }
}
