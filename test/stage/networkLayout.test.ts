// Where the units of the network panels lie: inside their place, apart from one another, and found again under the pointer.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  centreX,
  centreY,
  type Grid,
  gridWidth,
  layOutBrain,
  layOutMlp,
  unitAt,
} from '../../viewer/stage/layout.ts'

const places = fc.record({
  left: fc.integer({ min: 0, max: 500 }),
  top: fc.integer({ min: 0, max: 500 }),
  width: fc.integer({ min: 220, max: 1200 }),
  height: fc.integer({ min: 120, max: 800 }),
})
const pixels = fc.constantFrom(0.5, 1, 4 / 3)
const units = fc.integer({ min: 4, max: 256 })

function inside(grid: Grid, place: { left: number; top: number; width: number; height: number }): boolean {
  const slack = 0.75
  return (
    grid.left >= place.left - slack &&
    grid.top >= place.top - slack &&
    grid.left + gridWidth(grid) <= place.left + place.width + slack &&
    grid.top + grid.rows * grid.pitch <= place.top + place.height + slack
  )
}

function expectFound(grid: Grid): void {
  for (let unit = 0; unit < grid.count; unit++)
    expect(unitAt(grid, centreX(grid, unit), centreY(grid, unit))).toBe(unit)
}

describe('the layout of the deep network', () => {
  it('keeps every block inside the place, from left to right, with every unit findable', () => {
    fc.assert(
      fc.property(places, units, units, pixels, (place, first, second, pixel) => {
        const { input, layers } = layOutMlp(place, [first, second, 10], pixel)
        const blocks = [input, ...layers]
        for (const grid of blocks) {
          expect(inside(grid, place)).toBe(true)
          expectFound(grid)
        }
        for (const [index, grid] of layers.entries())
          expect(grid.left).toBeGreaterThanOrEqual(blocks[index]!.left + gridWidth(blocks[index]!) - 0.75)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the layout of the brain', () => {
  it('keeps both populations inside the place, with every neuron findable', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 16, max: 1600 }), pixels, (place, neurons, pixel) => {
        const { input, excitatory, inhibitory } = layOutBrain(place, neurons, pixel)
        for (const grid of [input, excitatory, inhibitory]) {
          if (grid === null) continue
          expect(inside(grid, place)).toBe(true)
          expectFound(grid)
        }
        expect(excitatory.left).toBeGreaterThanOrEqual(input.left + gridWidth(input) - 0.75)
        if (inhibitory !== null)
          expect(inhibitory.left).toBeGreaterThanOrEqual(excitatory.left + gridWidth(excitatory) - 0.75)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves the inhibitory neurons out of a narrow place', () => {
    const at = (width: number) => layOutBrain({ left: 0, top: 0, width, height: 240 }, 400, 1).inhibitory
    expect(at(280)).toBeNull()
    expect(at(500)).not.toBeNull()
  })

  it('makes the pixels of the image whole pixels of the canvas', () => {
    const { input } = layOutBrain({ left: 10.3, top: 7.1, width: 500, height: 280 }, 400, 4 / 3)
    for (const length of [input.left, input.top, input.pitch])
      expect(Math.abs(length / (4 / 3) - Math.round(length / (4 / 3)))).toBeLessThan(1e-9)
  })
})

describe('the columns of a block', () => {
  /** Columns of the first hidden layer in a panel that has this room for it. */
  const columnsOf = (units: number, width: number, height: number) => {
    const place = { left: 0, top: 0, width: width / 0.17 + 30, height: height + 12 }
    return layOutMlp(place, [units, 64, 10], 1).layers[0].columns
  }

  it('leave no row partly filled where that costs little', () => {
    expect(columnsOf(64, 85, 244)).toBe(4)
    expect(columnsOf(128, 85, 268)).toBe(8)
  })

  it('make cells as large as they can be where it would cost much', () => {
    // Seven in a square: 1 x 7 would be cells of a third of the size.
    expect(columnsOf(7, 60, 60)).toBe(3)
  })
})

describe('a point', () => {
  const grid: Grid = { left: 10, top: 20, columns: 4, rows: 2, pitch: 5, count: 7 }

  it.each([
    [9.9, 21],
    [10.1, 19.9],
    [30.1, 21],
    [11, 30.1],
    [29, 29],
  ])('outside of all cells at %d, %d is no unit', (x, y) => {
    expect(unitAt(grid, x, y)).toBe(-1)
  })
})
