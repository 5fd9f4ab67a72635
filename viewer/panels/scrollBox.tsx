// A place for a table that may be larger than it: scrolled by finger, wheel or, once in focus, the arrow keys.
import type { ComponentChildren } from 'preact'

/** What scrolls has to be reachable by keyboard. */
const focusable: { readonly tabIndex?: number } = { tabIndex: 0 }

interface ScrollBoxProperties {
  readonly label: string
  readonly children: ComponentChildren
}

export function ScrollBox({ label, children }: ScrollBoxProperties) {
  return (
    <section class="paged-table-scroll" aria-label={label} {...focusable}>
      {children}
    </section>
  )
}
