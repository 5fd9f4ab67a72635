// The button that saves a panel's chart as a drawing; what draws it is fetched when it is first pressed.
import { IconButton } from '../controls/button.tsx'
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'

type Exports = typeof import('../export/exports.ts')

interface SaveChartProperties {
  /** What the chart shows. */
  readonly what: string
  readonly save: (exports: Exports) => void
}

export function SaveChart({ what, save }: SaveChartProperties) {
  const words = text.value.panels.exports
  return (
    <IconButton
      icon="save"
      label={words.chart(what)}
      onClick={() => {
        import('../export/exports.ts').then(save, () => notify('problem', words.failed))
      }}
    />
  )
}
