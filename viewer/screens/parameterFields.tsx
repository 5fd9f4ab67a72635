// One field for each kind of parameter: a slider with its number, a list, a switch, ten digits.
import { useId, useState } from 'preact/hooks'
import type {
  ChoiceParameter,
  ClassesParameter,
  NumberParameter,
  ParameterName,
} from '../../experiments/learners/parameters.ts'
import { Select, Switch } from '../controls/fields.tsx'
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'
import { fromPlace, plain, STEPS, toPlace } from './scales.ts'

interface FieldProps<Kind, Value> {
  readonly name: ParameterName
  readonly parameter: Kind
  readonly value: Value
  readonly describedBy: string
  /** Takes the value, or asks first; false leaves the one before. */
  readonly set: (value: Value) => Promise<boolean>
}

/** A slider for the hand and a number for the exact value. A restart is asked for once, when the slider is let go. */
export function NumberField(props: FieldProps<NumberParameter, number>) {
  const { name, parameter, value, describedBy, set } = props
  const [dragged, setDragged] = useState<number | null>(null)
  const id = useId()
  const { label } = text.value.lab.parameters[name]
  const live = parameter.effect === 'keeps'
  const shown = dragged ?? value
  const commit = async (next: number) => {
    await set(next)
    setDragged(null)
  }
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      <NumberInput id={id} parameter={parameter} value={shown} describedBy={describedBy} commit={commit} />
      {/* On a slider of four thousand million seeds no one could be chosen. */}
      {name !== 'seed' && (
        <input
          type="range"
          aria-label={label}
          aria-describedby={describedBy}
          aria-valuetext={`${plain(shown)} ${parameter.unit}`}
          min={0}
          max={STEPS}
          value={toPlace(parameter, shown)}
          onInput={event => {
            const next = fromPlace(parameter, event.currentTarget.valueAsNumber)
            setDragged(next)
            if (live) void set(next)
          }}
          onChange={event => void commit(fromPlace(parameter, event.currentTarget.valueAsNumber))}
        />
      )}
    </div>
  )
}

interface NumberInputProps {
  readonly id: string
  readonly parameter: NumberParameter
  readonly value: number
  readonly describedBy: string
  readonly commit: (value: number) => Promise<void>
}

function NumberInput({ id, parameter, value, describedBy, commit }: NumberInputProps) {
  const words = text.value.lab
  const { minimum, maximum, integer, unit } = parameter
  return (
    <span class="number-input">
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={minimum}
        max={maximum}
        step={integer ? 1 : 'any'}
        value={plain(value)}
        aria-describedby={describedBy}
        onChange={event => {
          const field = event.currentTarget
          const next = field.valueAsNumber
          if (Number.isNaN(next) || next < minimum || next > maximum) {
            notify('information', words.outside(plain(minimum), plain(maximum)))
            field.value = plain(value)
            return
          }
          void commit(integer ? Math.round(next) : next).then(() => {
            // Refused, the field goes back to what is.
            field.value = plain(value)
          })
        }}
      />
      {unit !== '' && <span class="number-unit">{words.units[unit]}</span>}
    </span>
  )
}

export function ChoiceField(props: FieldProps<ChoiceParameter, string>) {
  const { name, parameter, value, describedBy, set } = props
  const words = text.value.lab
  const named = (words.choices as Readonly<Record<string, Readonly<Record<string, string>>>>)[name] ?? {}
  return (
    <Select
      label={words.parameters[name].label}
      value={value}
      choices={parameter.choices.map(choice => ({ value: choice, label: named[choice] ?? choice }))}
      describedBy={describedBy}
      onChange={next => void set(next)}
    />
  )
}

export function FlagField({ name, value, describedBy, set }: FieldProps<unknown, boolean>) {
  return (
    <Switch checked={value} describedBy={describedBy} onChange={next => void set(next)}>
      {text.value.lab.parameters[name].label}
    </Switch>
  )
}

export function ClassesField({ name, value, describedBy, set }: FieldProps<ClassesParameter, string>) {
  const words = text.value.lab
  const flip = (digit: number) => {
    const next = [...value]
      .map((flag, index) => (index === digit ? (flag === '1' ? '0' : '1') : flag))
      .join('')
    if (next.includes('1')) void set(next)
    else notify('information', words.oneDigit)
  }
  return (
    <fieldset class="classes-field" aria-describedby={describedBy}>
      <legend>{words.parameters[name].label}</legend>
      <div>
        {[...value].map((flag, digit) => (
          <button
            // The place is the digit.
            key={`digit ${digit}`}
            type="button"
            aria-label={words.digit(String(digit))}
            aria-pressed={flag === '1'}
            onClick={() => flip(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
