// What somebody has drawn so far: strokes, or the ink of a picture.
import { useState } from 'preact/hooks'
import { drawStrokes, type Ink, type Stroke, shrinkInk } from './drawing.ts'

/** The drawing, the image [784] it makes, and the steps that change it. */
export function useDrawing() {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [ink, setInk] = useState<Ink | null>(null)
  const image = ink === null ? drawStrokes(strokes) : shrinkInk(ink)
  return {
    strokes,
    ink,
    image,
    clear() {
      setStrokes([])
      setInk(null)
    },
    undo() {
      setInk(null)
      setStrokes(before => before.slice(0, -1))
    },
    take(drawn: readonly Stroke[]) {
      setInk(null)
      setStrokes(drawn)
    },
    begin(x: number, y: number) {
      setInk(null)
      setStrokes(before => [...before, [{ x, y }]])
    },
    go(points: Stroke) {
      setStrokes(before => [...before.slice(0, -1), [...(before.at(-1) ?? []), ...points]])
    },
    takeInk: setInk,
  }
}

export type Drawing = ReturnType<typeof useDrawing>
