// The menu of a picture: its numbers, its files, and how to hide it.
import { Button } from '../controls/button.tsx'
import { Disclosure } from '../controls/disclosure.tsx'
import type { PanelName } from '../stage/view.ts'
import { hiddenPanels, notify } from '../state/store.ts'
import { text } from '../text/text.ts'
import { lazy } from './lazy.tsx'

const ExportItems = lazy(async () => (await import('./exportItems.tsx')).ExportItems)

interface FigureMenuProps {
  readonly panel: PanelName
  readonly tabled: boolean
  readonly onTable: (tabled: boolean) => void
}

export function FigureMenu({ panel, tabled, onTable }: FigureMenuProps) {
  const words = text.value.stage
  const name = words.fullNames[panel]
  return (
    <Disclosure icon="more" label={words.menu(name)} class="figure-menu">
      {close => (
        <div class="menu">
          <Button
            kind="quiet"
            icon={tabled ? 'picture' : 'table'}
            onClick={() => {
              onTable(!tabled)
              close()
            }}
          >
            {tabled ? words.picture : words.table}
          </Button>
          <ExportItems panel={panel} close={close} />
          <Button
            kind="quiet"
            icon="hide"
            onClick={() => {
              hiddenPanels.value = new Set(hiddenPanels.value).add(panel)
              notify('information', words.hidden(name))
            }}
          >
            {words.hide}
          </Button>
        </div>
      )}
    </Disclosure>
  )
}
