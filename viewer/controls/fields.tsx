// Fields of a form: a slider with its number, a list, a row of choices, a switch.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface SliderProps {
  readonly label: string
  /** Visible beside the slider and read with it. */
  readonly told: string
  readonly value: number
  readonly minimum: number
  readonly maximum: number
  readonly step: number
  readonly describedBy?: string
  readonly onInput: (value: number) => void
}

export function Slider(props: SliderProps) {
  const { label, told, value, minimum, maximum, step, describedBy, onInput } = props
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <output for={id} class="field-value">
        {told}
      </output>
      <input
        id={id}
        type="range"
        min={minimum}
        max={maximum}
        step={step}
        value={value}
        aria-valuetext={told}
        aria-describedby={describedBy}
        onInput={event => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly Choice<Value>[]
  readonly describedBy?: string
  /** The label is for screen readers only. */
  readonly bare?: boolean
  readonly onChange: (value: Value) => void
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, choices, describedBy, bare = false, onChange } = props
  const id = useId()
  return (
    <div class={bare ? 'field field-bare' : 'field'}>
      <label for={id} class={bare ? 'visually-hidden' : ''}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        title={bare ? label : undefined}
        aria-describedby={describedBy}
        onChange={event => {
          const chosen = choices.find(choice => choice.value === event.currentTarget.value)
          // What was chosen may be refused: the list shows what is.
          event.currentTarget.value = value
          if (chosen) onChange(chosen.value)
        }}
      >
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly Choice<Value>[]
  readonly onChange: (value: Value) => void
}

/** A few choices, all of them in view: radio buttons in a row. */
export function Segments<Value extends string>({ label, value, choices, onChange }: SegmentsProps<Value>) {
  const name = useId()
  return (
    <fieldset class="segments">
      <legend>{label}</legend>
      <div class="segments-row">
        {choices.map(choice => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface SwitchProps {
  readonly checked: boolean
  readonly describedBy?: string
  readonly onChange: (checked: boolean) => void
  readonly children: ComponentChildren
}

export function Switch({ checked, describedBy, onChange, children }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        aria-describedby={describedBy}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  )
}
