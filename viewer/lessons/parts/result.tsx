// What an experiment comes to, in a line; when it changes it is said on the page's one live line.
import { useEffect, useRef } from 'preact/hooks'
import { announce } from '../../app/announcer.tsx'

interface ResultProps {
  /** The outcome. */
  readonly main: string
  /** What comes before or after it, if anything. */
  readonly before?: string
  readonly after?: string
  /** Colours a change by its sign. */
  readonly sign?: number
}

export function Result({ main, before, after, sign = 0 }: ResultProps) {
  const said = [before, main, after].filter(part => part !== undefined).join(' ')
  const first = useRef(true)
  useEffect(() => {
    // The first outcome is there before anything was done.
    if (!first.current) announce(said)
    first.current = false
  }, [said])
  return (
    <p class="bench-result">
      {before}
      <strong class={sign > 0 ? 'sign-positive' : sign < 0 ? 'sign-negative' : ''}>{main}</strong>
      {after}
    </p>
  )
}
