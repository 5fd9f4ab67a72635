// Copies a part of the stage's canvas into a picture file.
import { css, type Packed } from './colours.ts'
import type { Rectangle } from './view.ts'

/** Copies a place of the canvas (CSS pixels) onto a background: at once, since a browser clears the canvas after each task. */
export function copyPicture(
  canvas: HTMLCanvasElement,
  { left, top, width, height }: Rectangle,
  pixelRatio: number,
  background: Packed,
): HTMLCanvasElement {
  const copy = document.createElement('canvas')
  copy.width = Math.max(1, Math.round(width * pixelRatio))
  copy.height = Math.max(1, Math.round(height * pixelRatio))
  const context = copy.getContext('2d')
  if (context === null) throw new Error('This browser gives the page no 2D context.')
  context.fillStyle = css(background)
  context.fillRect(0, 0, copy.width, copy.height)
  context.drawImage(canvas, -Math.round(left * pixelRatio), -Math.round(top * pixelRatio))
  return copy
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => {
      if (blob === null) reject(new Error('The picture could not be written as PNG.'))
      else resolve(blob)
    }, 'image/png'),
  )
}
