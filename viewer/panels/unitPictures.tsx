// The incoming weights of a unit that sees pixels, and what the last change added to them, as two pictures.
import { text } from '../text/text.ts'
import { type Colouring, PixelPicture } from './pixelPicture.tsx'

interface Properties {
  readonly weights: Float32Array
  readonly change: Float32Array | null
  readonly colouring: Colouring
  readonly version: string
}

export function UnitPictures({ weights, change, colouring, version }: Properties) {
  const words = text.value.panels.inspector
  return (
    <div class="unit-pictures">
      <figure>
        <PixelPicture
          values={weights}
          most={largest(weights)}
          colouring={colouring}
          label={words.weightsPicture}
          version={version}
        />
        <figcaption>{words.weights}</figcaption>
      </figure>
      {change !== null && (
        <figure>
          <PixelPicture values={change} most={largest(change)} colouring="sign" label={words.changePicture} />
          <figcaption>{words.change}</figcaption>
        </figure>
      )}
    </div>
  )
}

function largest(values: Float32Array): number {
  let most = 1e-9
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
