// The inspector: everything about the unit in focus, whichever network it belongs to.
import './panels.css'
import { Button } from '../controls/button.tsx'
import { focus, source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { shownFrames } from './frames.ts'
import { InspectBrain } from './inspectBrain.tsx'
import { InspectMlp } from './inspectMlp.tsx'

export function InspectorPanel() {
  const words = text.value.panels.inspector
  const unit = focus.value
  return (
    <section class="panel inspector-panel" aria-labelledby="inspector-title">
      <header class="panel-header panel-header-row">
        <div>
          <h3 id="inspector-title">{words.title}</h3>
          {unit !== null && <p class="panel-quiet">{text.value.panels.networks[unit.kind]}</p>}
        </div>
        {unit !== null && (
          <Button
            kind="quiet"
            onClick={() => {
              focus.value = null
            }}
          >
            {words.clear}
          </Button>
        )}
      </header>
      <Inspected />
    </section>
  )
}

function Inspected() {
  const words = text.value.panels.inspector
  const unit = focus.value
  const from = source.value
  const { mlp, brain } = shownFrames()
  if (unit === null) return <p class="panel-quiet panel-empty">{words.none}</p>
  const config = from?.config
  const recorded = from?.origin === 'recording'
  if (unit.kind === 'mlp' && mlp !== null && config !== undefined)
    return <InspectMlp frame={mlp} config={config} layer={unit.layer} unit={unit.unit} recorded={recorded} />
  if (unit.kind === 'brain' && brain !== null && config !== undefined)
    return <InspectBrain frame={brain} config={config} unit={unit.unit} recorded={recorded} />
  return <p class="panel-quiet panel-empty">{text.value.panels.nothingYet}</p>
}
