// The width of an element as it changes, so that a drawing keeps its type at its size.
import { useEffect, useState } from 'preact/hooks'

/** CSS pixels; `initial` until the element has been measured. */
export function useWidth(element: { readonly current: Element | null }, initial: number): number {
  const [width, setWidth] = useState(initial)
  useEffect(() => {
    const observed = element.current
    if (observed === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(160, Math.round(entry.contentRect.width)))
    })
    observer.observe(observed)
    return () => observer.disconnect()
  }, [])
  return width
}
