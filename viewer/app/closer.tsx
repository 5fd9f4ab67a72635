// What there is to see below the stage: accuracy, confusions, the unit in focus, the bill; fetched when scrolled to.
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../text/text.ts'
import { lazy } from './lazy.tsx'

const panels: readonly { readonly name: string; readonly Panel: ComponentType }[] = [
  { name: 'accuracy', Panel: lazy(async () => (await import('../panels/accuracy.tsx')).AccuracyPanel) },
  { name: 'inspector', Panel: lazy(async () => (await import('../panels/inspector.tsx')).InspectorPanel) },
  { name: 'confusion', Panel: lazy(async () => (await import('../panels/confusion.tsx')).ConfusionPanel) },
  { name: 'cost', Panel: lazy(async () => (await import('../panels/cost.tsx')).CostPanel) },
]

export function Closer() {
  return (
    <section class="closer" aria-labelledby="closer-title">
      <h2 id="closer-title">{text.value.stage.measures}</h2>
      <div class="closer-panels">
        {panels.map(({ name, Panel }) => (
          <Near key={name} name={name} Panel={Panel} />
        ))}
      </div>
    </section>
  )
}

/** A panel that is made when it first comes near the window. */
function Near({ name, Panel }: { readonly name: string; readonly Panel: ComponentType }) {
  const element = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (near || element.current === null) return
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) setNear(true)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [near])
  return (
    <div ref={element} id={`panel-${name}`} class={`closer-panel closer-${name}`} tabIndex={-1}>
      {near && <Panel />}
    </div>
  )
}
