// One picture of the stage in the page: title, numbers, place on the canvas, table, menu, and the unit in focus.
import { untracked } from '@preact/signals'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { shownFrames } from '../panels/frames.ts'
import type { PanelName } from '../stage/view.ts'
import { focus, hiddenPanels, hover, source } from '../state/store.ts'
import { loadWords, text } from '../text/text.ts'
import { captionOf } from './captions.ts'
import { FigureMenu } from './figureMenu.tsx'
import { lazy } from './lazy.tsx'
import { RasterNote } from './rasterNote.tsx'
import { settled } from './settled.ts'
import { pick, registerPicture, stageState } from './stageHost.ts'
import { type Arrow, moveFocus } from './unitFocus.ts'

const TableView = lazy(async () => (await import('../panels/tableView.tsx')).TableView)

/** Milliseconds between two descriptions of a picture. */
const DESCRIBING = 5000

/** What scrolls by itself has to be reached by keys. */
const scrolling = { tabIndex: 0 }

export function Figure({ panel }: { readonly panel: PanelName }) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  if (hiddenPanels.value.has(panel)) return null
  const words = text.value.stage
  const tabled = asTable || stageState.value === 'unavailable' || stageState.value === 'failed'
  return (
    <figure class={`figure figure-${panel}`} data-panel={panel} aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>
          <span aria-hidden="true">{words.panels[panel]}</span>
          <span class="visually-hidden">{words.fullNames[panel]}</span>
        </h3>
        <Caption panel={panel} />
        <FocusLink panel={panel} />
        <FigureMenu panel={panel} tabled={asTable} onTable={setAsTable} />
      </figcaption>
      {tabled ? (
        <section class="figure-table" aria-label={words.fullNames[panel]} {...scrolling}>
          <TableView panel={panel} />
        </section>
      ) : (
        <div class="figure-body">
          <Picture panel={panel} />
          {panel === 'brainTime' && <RasterNote />}
        </div>
      )}
    </figure>
  )
}

function Caption({ panel }: { readonly panel: PanelName }) {
  return <p class="figure-caption">{captionOf(panel)}</p>
}

/** Leads from a network to the numbers of its unit in focus. */
function FocusLink({ panel }: { readonly panel: PanelName }) {
  const unit = focus.value
  if (unit === null || panel !== `${unit.kind}Network`) return null
  return (
    <button
      type="button"
      class="focus-link"
      onClick={() => {
        const inspector = document.querySelector<HTMLElement>('#panel-inspector')
        inspector?.scrollIntoView({ block: 'start' })
        inspector?.focus({ preventScroll: true })
      }}
    >
      {text.value.stage.measures}
    </button>
  )
}

const pointed = {
  onPointerMove: (event: PointerEvent) => point(event, false),
  onClick: (event: MouseEvent) => point(event, true),
  onPointerLeave: () => {
    hover.value = null
  },
}

/** An empty place: the stage draws on the canvas below it. */
function Picture({ panel }: { readonly panel: PanelName }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => (element.current ? registerPicture(panel, element.current) : undefined), [panel])
  const description = useDescription(panel)
  const id = useId()
  const kind = panel === 'mlpNetwork' ? 'mlp' : panel === 'brainNetwork' ? 'brain' : undefined
  const words = text.value.stage
  const moves = kind && {
    role: 'application' as const,
    tabIndex: 0,
    'aria-roledescription': words.roles.network,
    onKeyDown: (event: KeyboardEvent) => {
      if (!event.key.startsWith('Arrow')) return
      event.preventDefault()
      moveFocus(event.key as Arrow, kind)
    },
  }
  return (
    <div
      ref={element}
      class={kind ? 'picture picture-network' : 'picture'}
      role="img"
      aria-label={words.fullNames[panel]}
      aria-describedby={id}
      {...pointed}
      {...moves}
    >
      <span id={id} class="visually-hidden">
        {description}
        {kind && ` ${words.focusHint}`}
      </span>
    </div>
  )
}

/** Pressing a unit puts it in focus, pressing it again lets it go; a touch that scrolls the page presses nothing. */
function point(event: MouseEvent, pressed: boolean): void {
  const target = pick(event.clientX, event.clientY)
  const unit = target === null || target.kind === 'pixel' ? null : target
  const before = hover.value
  if (unit?.kind !== before?.kind || unit?.layer !== before?.layer || unit?.unit !== before?.unit)
    hover.value = unit
  if (!pressed || unit === null) return
  const focused = focus.value
  const same = focused?.kind === unit.kind && focused.layer === unit.layer && focused.unit === unit.unit
  focus.value = same ? null : unit
}

/** What the picture shows, in a sentence: made anew every five seconds, since a reader may be in the middle of it. */
function useDescription(panel: PanelName): string {
  const [description, setDescription] = useState('')
  const words = text.value
  useEffect(() => {
    const describe = async () => {
      const [{ describePanel }] = await Promise.all([import('../panels/describe.ts'), loadWords()])
      const series = source.peek()?.history.mlp ?? null
      setDescription(untracked(() => describePanel(panel, shownFrames(), series, text.value)))
    }
    let timer: ReturnType<typeof setInterval> | undefined
    let shown = true
    void settled.then(() => {
      if (!shown) return
      void describe()
      timer = setInterval(describe, DESCRIBING)
    })
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [panel, words])
  return description
}
