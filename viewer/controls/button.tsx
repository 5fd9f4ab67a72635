// Buttons: with words, or with an icon whose words are its name and its hint.
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons.tsx'

interface ButtonProps {
  readonly onClick: () => void
  readonly icon?: IconName
  readonly kind?: 'primary' | 'plain' | 'quiet'
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly children: ComponentChildren
}

export function Button({ onClick, icon, kind = 'plain', disabled = false, pressed, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}

interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
  readonly pressed?: boolean
  readonly expanded?: boolean
  readonly controls?: string
  readonly disabled?: boolean
  /** The key that does the same, shown in the hint. */
  readonly shortcut?: string
  readonly class?: string
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, pressed, expanded, controls, disabled = false, shortcut } = props
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-keyshortcuts={shortcut}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
