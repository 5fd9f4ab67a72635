// The lab: every parameter of both networks, live, made from their table.
import { useEffect, useId, useRef } from 'preact/hooks'
import {
  initialConfig,
  type LearnerConfig,
  type Parameter,
  type ParameterName,
  parameterNames,
  parameters,
} from '../../experiments/learners/parameters.ts'
import { announce } from '../app/announcer.tsx'
import { requestConfig } from '../app/restarts.ts'
import { NetworkHeading } from '../app/stageGrid.tsx'
import { Button, IconButton } from '../controls/button.tsx'
import { config } from '../state/store.ts'
import { text } from '../text/text.ts'
import { ConfigFile } from './configFile.tsx'
import './lab.css'
import { ChoiceField, ClassesField, FlagField, NumberField } from './parameterFields.tsx'
import { type PresetName, presets } from './presets.ts'
import { plain } from './scales.ts'

const groups = ['run', 'mlp', 'brain'] as const

export function LabScreen() {
  const words = text.value.lab
  return (
    <div class="lab">
      <header class="lab-heading">
        <h1>{words.heading}</h1>
        <p>{words.introduction}</p>
      </header>
      <div class="lab-networks">
        <NetworkHeading kind="mlp" />
        <NetworkHeading kind="brain" />
      </div>
      <Presets />
      <div class="lab-groups">
        {groups.map(group => (
          <section key={group} class={`lab-group lab-${group}`}>
            <h2>{words.groups[group].title}</h2>
            <p>{words.groups[group].says}</p>
            {parameterNames
              .filter(name => parameters[name].group === group)
              .map(name => (
                <ParameterRow key={name} name={name} />
              ))}
          </section>
        ))}
      </div>
      <ConfigFile />
    </div>
  )
}

function Presets() {
  const words = text.value.lab
  const changed = parameterNames.filter(name => config.value[name] !== initialConfig[name]).length
  const said = changed === 0 ? words.unchanged : words.changed(changed)
  const before = useRef(changed)
  useEffect(() => {
    if (before.current !== changed) announce(said)
    before.current = changed
  }, [changed, said])
  return (
    <section class="lab-presets">
      <h2>{words.presetsTitle}</h2>
      <p>{words.presetsSay}</p>
      <ul>
        {(Object.keys(presets) as PresetName[]).map(name => {
          const chosen = parameterNames.every(
            parameter => presets[name][parameter] === config.value[parameter],
          )
          return (
            <li key={name}>
              <button
                type="button"
                class="preset"
                aria-pressed={chosen}
                onClick={() => void requestConfig(presets[name])}
              >
                <strong>{words.presets[name].title}</strong>
                <span>{words.presets[name].says}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <p class="lab-changed">
        {said}
        {changed > 0 && <Button onClick={() => void requestConfig(initialConfig)}>{words.resetAll}</Button>}
      </p>
    </section>
  )
}

function ParameterRow({ name }: { readonly name: ParameterName }) {
  const id = useId()
  const words = text.value.lab
  const parameter: Parameter = parameters[name]
  const { label, says } = words.parameters[name]
  const set = (value: LearnerConfig[ParameterName]) => requestConfig({ ...config.value, [name]: value })
  const differs = config.value[name] !== parameter.initial
  return (
    <div class={differs ? 'parameter parameter-changed' : 'parameter'} data-parameter={name}>
      <Field name={name} describedBy={id} set={set} />
      {differs && (
        <IconButton
          class="parameter-reset"
          icon="restart"
          label={words.reset(label)}
          onClick={() => void set(parameter.initial)}
        />
      )}
      <p id={id} class="parameter-says">
        {says}
        {differs && <span> {words.initial(initialWords(name))}</span>}
        {parameter.effect !== 'keeps' && <strong> {words.restarts[parameter.effect]}</strong>}
      </p>
    </div>
  )
}

interface AnyFieldProps {
  readonly name: ParameterName
  readonly describedBy: string
  readonly set: (value: LearnerConfig[ParameterName]) => Promise<boolean>
}

function Field({ name, describedBy, set }: AnyFieldProps) {
  const parameter: Parameter = parameters[name]
  const value = config.value[name]
  const common = { name, describedBy }
  switch (parameter.type) {
    case 'number':
      return <NumberField {...common} parameter={parameter} value={Number(value)} set={set} />
    case 'choice': {
      const choose = (choice: string) => set(choice as LearnerConfig[ParameterName])
      return <ChoiceField {...common} parameter={parameter} value={String(value)} set={choose} />
    }
    case 'flag':
      return <FlagField {...common} parameter={parameter} value={value === true} set={set} />
    case 'classes':
      return <ClassesField {...common} parameter={parameter} value={String(value)} set={set} />
  }
}

/** A default as it is read, with its unit. */
function initialWords(name: ParameterName): string {
  const parameter: Parameter = parameters[name]
  const words = text.value.lab
  switch (parameter.type) {
    case 'number':
      return `${plain(parameter.initial)} ${words.units[parameter.unit]}`.trim()
    case 'choice': {
      const named = (words.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]
      return named?.[parameter.initial] ?? parameter.initial
    }
    case 'flag':
      return parameter.initial ? words.on : words.off
    case 'classes':
      return words.allDigits
  }
}
