// A modal dialog on the browser's own element: it keeps the focus inside, and Escape closes it.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'

interface DialogProps {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  readonly class?: string
  readonly children: ComponentChildren
}

export function Dialog({ title, closeLabel, onClose, children, ...rest }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    element.current?.showModal()
    return () => element.current?.close()
  }, [])
  return (
    <dialog
      ref={element}
      class={`dialog ${rest.class ?? ''}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={event => {
        // A press on the veil arrives at the dialog itself.
        if (event.target === event.currentTarget) onClose()
      }}
      onKeyDown={event => event.stopPropagation()}
    >
      <div class="dialog-inside">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
