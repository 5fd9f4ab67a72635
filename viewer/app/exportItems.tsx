// What can be saved of a picture, or of the whole run: fetched when its menu opens.
import { Button } from '../controls/button.tsx'
import { panelExports, runExports } from '../export/exports.ts'
import type { PanelName } from '../stage/view.ts'
import { stage } from './stageHost.ts'

/** @param panel null for the whole run. */
export function ExportItems({
  panel,
  close,
}: {
  readonly panel: PanelName | null
  readonly close: () => void
}) {
  const items = panel === null ? runExports(stage.value) : panelExports(panel, stage.value)
  return (
    <>
      {items.map(({ label, run }) => (
        <Button
          key={label}
          kind="quiet"
          icon="save"
          onClick={() => {
            close()
            run()
          }}
        >
          {label}
        </Button>
      ))}
    </>
  )
}
