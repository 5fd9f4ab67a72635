// How the page looks: theme, motion, colours, synapses, panels, keys.
import { Segments, Slider, Switch } from '../controls/fields.tsx'
import { count } from '../panels/format.ts'
import { type PanelName, palettes, panelNames } from '../stage/view.ts'
import { MOST_EDGES } from '../state/address.ts'
import * as store from '../state/store.ts'
import { text } from '../text/text.ts'

export function SettingsFields() {
  const words = text.value.shell
  const edges = store.edges.value
  return (
    <div class="settings-fields">
      <Segments
        label={words.theme}
        value={store.themeChoice.value}
        choices={(['system', 'light', 'dark'] as const).map(value => ({ value, label: words.themes[value] }))}
        onChange={value => {
          store.themeChoice.value = value
        }}
      />
      <Segments
        label={words.motion}
        value={store.motionChoice.value}
        choices={(['system', 'full', 'reduced'] as const).map(value => ({
          value,
          label: words.motions[value],
        }))}
        onChange={value => {
          store.motionChoice.value = value
        }}
      />
      <Segments
        label={words.palette}
        value={store.palette.value}
        choices={palettes.map(value => ({ value, label: words.palettes[value] }))}
        onChange={value => {
          store.palette.value = value
        }}
      />
      <Slider
        label={words.edges}
        told={edges === 0 ? words.noEdges : words.edgesTold(count(edges))}
        value={edges}
        minimum={0}
        maximum={MOST_EDGES}
        step={50}
        onInput={value => {
          store.edges.value = value
        }}
      />
      <Switch
        checked={store.singleKeys.value}
        onChange={checked => {
          store.singleKeys.value = checked
        }}
      >
        {words.singleKeys}
      </Switch>
      <fieldset class="settings-panels">
        <legend>{words.panels}</legend>
        {panelNames.map(panel => (
          <Switch key={panel} checked={!store.hiddenPanels.value.has(panel)} onChange={on => show(panel, on)}>
            {text.value.stage.fullNames[panel]}
          </Switch>
        ))}
      </fieldset>
    </div>
  )
}

function show(panel: PanelName, shown: boolean): void {
  const hidden = new Set(store.hiddenPanels.value)
  if (shown) hidden.delete(panel)
  else hidden.add(panel)
  store.hiddenPanels.value = hidden
}
