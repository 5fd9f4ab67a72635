// Bars side by side, each with its number: values from 0 up, or of either sign.
import { useId } from 'preact/hooks'

export interface Bar {
  readonly name: string
  readonly value: number
  readonly told: string
  readonly marked?: boolean
}

interface BarsProps {
  readonly title: string
  readonly summary: string
  readonly bars: readonly Bar[]
  /** Value of a full bar. */
  readonly most: number
  readonly kind: 'mlp' | 'brain' | 'sign'
}

/** Horizontal bars; with `sign` they grow from the middle, blue to the right and vermillion to the left. */
export function Bars({ title, summary, bars, most, kind }: BarsProps) {
  const id = useId()
  return (
    <figure class={`bars bars-${kind}`} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div role="img" aria-label={summary}>
        {bars.map(({ name, value, told, marked = false }) => (
          <div key={name} class={marked ? 'bar bar-marked' : 'bar'} aria-hidden="true">
            <span class="bar-name">{name}</span>
            <span class="bar-track">
              <span
                class={value < 0 ? 'bar-fill bar-negative' : 'bar-fill'}
                style={{
                  width: `${(Math.min(Math.abs(value) / most, 1) * (kind === 'sign' ? 50 : 100)).toFixed(2)}%`,
                }}
              />
            </span>
            <span class="bar-told">{told}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}
