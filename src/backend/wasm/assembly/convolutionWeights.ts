// The gradient of a convolution by its weights: each the sum over all images of gradients times the entries under one tap.
import { gradientTile } from './convolutionTiles'
import { clearFrame, fillFrame, Frame, frameOffset, Geometry, planeBytes, rowBytes, setInputFrame } from './geometry'

const input = changetype<Frame>(memory.data(offsetof<Frame>(), 16))
const output = changetype<Frame>(memory.data(offsetof<Frame>(), 16))

/** Bytes of the sums of one tile: four filters by two taps, a vector each. */
const TILE_BYTES: usize = 128

/** The gradient of one image with rows of whole vectors, the last of which ends in zeros. */
function frameOutput(g: Geometry): void {
  output.planes = g.filters
  output.rows = g.outRows
  output.columns = g.outColumns
  output.top = 0
  output.left = 0
  output.phases = 1
  output.phaseLength = (g.outColumns + 3) & ~3
  output.frameRows = g.outRows
}

/** Writes the offset of every tap, and the last once more if their number is odd; returns how many pairs there are. */
function writeOffsets(g: Geometry, offsets: usize): i32 {
  let tap = 0
  let offset: usize = 0
  for (let channel = 0; channel < g.channels; channel++) {
    for (let r = 0; r < g.windowRows; r++) {
      for (let c = 0; c < g.windowColumns; c++, tap++) {
        offset = frameOffset(input, channel, r * g.dilationRows, c * g.dilationColumns)
        store<i32>(offsets + (<usize>tap << 2), <i32>offset)
      }
    }
  }
  store<i32>(offsets + (<usize>tap << 2), <i32>offset)
  return (tap + 1) >> 1
}

/** Adds one image to all sums. A filter beyond the last repeats the last; nobody reads its sums. */
function addImage(g: Geometry, gradients: usize, offsets: usize, pairs: i32, sums: usize): void {
  const vectors = output.phaseLength >> 2
  const plane = planeBytes(output)
  const row = rowBytes(output)
  const step = rowBytes(input) * <usize>g.strideRows
  const last = g.filters - 1
  for (let filter = 0; filter < g.filters; filter += 4) {
    const g0 = gradients + plane * <usize>filter
    const g1 = gradients + plane * <usize>min(filter + 1, last)
    const g2 = gradients + plane * <usize>min(filter + 2, last)
    const g3 = gradients + plane * <usize>min(filter + 3, last)
    for (let pair = 0; pair < pairs; pair++, sums += TILE_BYTES) {
      const left = input.start + <usize>load<i32>(offsets + (<usize>pair << 3))
      const right = input.start + <usize>load<i32>(offsets + (<usize>pair << 3), 4)
      gradientTile(g0, g1, g2, g3, row, left, right, step, g.outRows, vectors, sums)
    }
  }
}

/** Adds up the lanes of each vector of sums, into `out` [filters, taps]. */
function gather(sums: usize, pairs: i32, filters: i32, taps: i32, out: usize): void {
  for (let filter = 0; filter < filters; filter++) {
    const group = sums + <usize>(filter >> 2) * <usize>pairs * TILE_BYTES + (<usize>(filter & 3) << 5)
    for (let tap = 0; tap < taps; tap++, out += 4) {
      const lanes = v128.load(group + <usize>(tap >> 1) * TILE_BYTES + (<usize>(tap & 1) << 4))
      const halves = f32x4.add(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 2, 3))
      store<f32>(out, f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1))
    }
  }
}

export function convolve2dWeightGradient(
  x: usize,
  gradient: usize,
  out: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry)
  const taps = g.channels * g.windowRows * g.windowColumns
  const offsets = scratch
  const sums = (offsets + (<usize>taps << 2) + 31) & ~15
  setInputFrame(input, g)
  frameOutput(g)
  const pairs = writeOffsets(g, offsets)
  const sumBytes = <usize>((g.filters + 3) >> 2) * <usize>pairs * TILE_BYTES
  memory.fill(sums, 0, sumBytes)
  input.start = sums + sumBytes
  output.start = clearFrame(input)
  clearFrame(output)
  const inputBytes = <usize>(g.channels * g.rows * g.columns) << 2
  const outputBytes = <usize>(g.filters * g.outRows * g.outColumns) << 2
  const aligned = (g.outColumns & 3) == 0
  for (let image = 0; image < g.images; image++, x += inputBytes, gradient += outputBytes) {
    fillFrame(input, x)
    if (!aligned) fillFrame(output, gradient)
    addImage(g, aligned ? gradient : output.start, offsets, pairs, sums)
  }
  gather(sums, pairs, g.filters, taps, out)
}
