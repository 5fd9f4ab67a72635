// The ten digits as one small texture, for the few labels that belong inside a picture; all other words and numbers are the page's.
import { CanvasSource } from 'pixi.js'

/** Pixels of a digit in the texture. */
export const DIGIT_WIDTH = 32
export const DIGIT_HEIGHT = 48

let shared: CanvasSource | null = null

/** White digits 0 to 9 side by side; one texture for all batches of the page, as long as it lives. */
export function digitTexture(): CanvasSource {
  shared ??= new CanvasSource({ resource: drawDigits(), autoGenerateMipmaps: true, scaleMode: 'linear' })
  return shared
}

function drawDigits(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = DIGIT_WIDTH * 10
  canvas.height = DIGIT_HEIGHT
  const context = canvas.getContext('2d')
  if (context === null) return canvas
  context.font = `500 ${DIGIT_HEIGHT * 0.86}px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.fillStyle = '#fff'
  for (let digit = 0; digit < 10; digit++)
    context.fillText(String(digit), (digit + 0.5) * DIGIT_WIDTH, DIGIT_HEIGHT * 0.81)
  return canvas
}
