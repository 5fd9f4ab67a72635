// A button that opens a small panel beside it; Escape, a press elsewhere or leaving it by Tab closes it.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { IconButton } from './button.tsx'
import type { IconName } from './icons.tsx'

interface DisclosureProps {
  readonly icon: IconName
  readonly label: string
  /** Which edges of the button the panel keeps to. */
  readonly place?: 'below' | 'above'
  readonly class?: string
  /** What the panel holds; `close` closes it and gives the focus back. */
  readonly children: (close: () => void) => ComponentChildren
}

export function Disclosure({ icon, label, place = 'below', children, ...rest }: DisclosureProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const whole = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    whole.current?.querySelector('button')?.focus()
  }
  useEffect(() => {
    const element = whole.current
    if (!open || element === null) return
    const ends = new AbortController()
    const { signal } = ends
    addEventListener('pointerdown', event => leave(event.target), { signal })
    element.addEventListener('focusout', event => event.relatedTarget && leave(event.relatedTarget), {
      signal,
    })
    element.addEventListener('keydown', closeOnEscape, { signal })
    return () => ends.abort()

    function leave(to: EventTarget | null): void {
      if (!(to instanceof Node && element?.contains(to))) setOpen(false)
    }
    function closeOnEscape(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
    }
  }, [open])
  return (
    <div ref={whole} class={`disclosure ${rest.class ?? ''}`}>
      <IconButton icon={icon} label={label} expanded={open} controls={id} onClick={() => setOpen(!open)} />
      <div id={id} class={`disclosure-panel disclosure-${place}`} hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  )
}
