// Reads a picture file that somebody dropped, pasted or picked as a drawing.
import { type Ink, inkOf } from './drawing.ts'

/** Longest side at which a picture is looked at, and the largest file, bytes. */
const LONGEST_SIDE = 280
const LARGEST_FILE = 30_000_000

/** A picture that cannot be read as a digit. */
export class PictureError extends Error {
  override readonly name = 'PictureError'
  readonly code: 'tooLarge' | 'unreadable'

  constructor(code: PictureError['code']) {
    super(code)
    this.code = code
  }
}

/** @throws PictureError when the file is too large, or no picture that the browser knows. */
export async function readPicture(file: Blob): Promise<Ink> {
  if (file.size > LARGEST_FILE) throw new PictureError('tooLarge')
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new PictureError('unreadable')
  })
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new PictureError('unreadable')
    context.drawImage(bitmap, 0, 0, width, height)
    return inkOf(width, height, context.getImageData(0, 0, width, height).data)
  } finally {
    bitmap.close()
  }
}
