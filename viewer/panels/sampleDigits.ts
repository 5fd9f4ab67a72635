// The ten digits as strokes, for whoever would rather choose one than draw it.
import type { Stroke } from './drawing.ts'

/** An arc of an ellipse, angles in turns, clockwise from the right. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Stroke {
  const points = 24
  return Array.from({ length: points + 1 }, (_, index) => {
    const angle = 2 * Math.PI * (from + ((to - from) * index) / points)
    return { x: x + width * Math.cos(angle), y: y + height * Math.sin(angle) }
  })
}

const line = (...coordinates: readonly (readonly [number, number])[]): Stroke =>
  coordinates.map(([x, y]) => ({ x, y }))

/** The strokes of each digit, 0 to 9. */
export const sampleDigits: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.23, 0.36, -0.2, 0.8)],
  [line([0.56, 0.14], [0.46, 0.86])],
  [
    [
      ...arc(0.5, 0.33, 0.2, 0.19, 0.5, 1.05),
      ...line([0.62, 0.52], [0.3, 0.84], [0.36, 0.84], [0.5, 0.83], [0.74, 0.83]),
    ],
  ],
  [[...arc(0.47, 0.31, 0.2, 0.18, 0.58, 1.22), ...arc(0.47, 0.67, 0.24, 0.19, 0.78, 1.4)]],
  [line([0.36, 0.16], [0.3, 0.52], [0.72, 0.5]), line([0.68, 0.16], [0.6, 0.88])],
  [
    [...line([0.4, 0.16], [0.34, 0.46]), ...arc(0.46, 0.64, 0.22, 0.22, 0.68, 1.42)],
    line([0.4, 0.16], [0.72, 0.14]),
  ],
  [[...line([0.6, 0.13], [0.46, 0.3], [0.36, 0.5]), ...arc(0.5, 0.67, 0.17, 0.19, 0.55, 1.55)]],
  [line([0.28, 0.18], [0.72, 0.18], [0.58, 0.5], [0.46, 0.87])],
  [arc(0.5, 0.32, 0.17, 0.17, 0.25, 1.25), arc(0.5, 0.68, 0.2, 0.19, -0.25, 0.75)],
  [[...arc(0.48, 0.33, 0.18, 0.18, 0, -1), ...line([0.66, 0.33], [0.63, 0.58], [0.56, 0.87])]],
]
