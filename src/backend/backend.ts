// The contract every backend honours: memory with an arena, and one table of kernels. Imports no implementation.
import type { Arena } from './arena.ts'
import type { Address, Memory } from './memory.ts'

export type { Address }

/**
 * What runs: plain loops, WebAssembly SIMD, or WebAssembly SIMD with fused multiply-add in gradient kernels.
 *
 * @example
 * ```ts
 * import { availableBackends, type BackendName } from 'spikegrad'
 * const reference: BackendName = 'js'
 * availableBackends().includes(reference) // true
 * ```
 */
export type BackendName = 'js' | 'wasm-simd' | 'wasm-relaxed-simd'

/**
 * Memory, and the kernels that work on it.
 *
 * @example
 * ```ts
 * import { type Backend, createBackend } from 'spikegrad'
 * const backend: Backend = createBackend('js')
 * backend.name // 'js'
 * ```
 */
export interface Backend {
  readonly name: BackendName
  readonly memory: Memory
  readonly arena: Arena
  readonly kernels: Kernels
}

/**
 * A backend whose matrix products are computed by several threads; the bits are those of one.
 *
 * @example
 * ```ts
 * import { createThreadedBackend, type ThreadedBackend } from 'spikegrad'
 * async function countThreads(): Promise<number> {
 *   const backend: ThreadedBackend = await createThreadedBackend({ threads: 2 })
 *   backend.stopThreads()
 *   return backend.threads
 * }
 * countThreads.name // 'countThreads'
 * ```
 */
export interface ThreadedBackend extends Backend {
  /** How many, the one that calls included. */
  readonly threads: number
  /** Ends the other threads; the backend goes on with the one that calls. */
  stopThreads(): void
}

/**
 * `bit-equal`: every backend writes the same bits (no sum is reordered, nothing is fused).
 * `close`: backends may reorder sums, fuse multiply-adds and differ in the last bits of exp and log.
 *
 * @example
 * ```ts
 * import { type Exactness, kernelExactness } from 'spikegrad'
 * const promise: Exactness = kernelExactness.matmul
 * promise.length // 5
 * ```
 */
export type Exactness = 'bit-equal' | 'close'

/**
 * All kernels, on float32 arrays unless said otherwise. Arguments are addresses, element counts and scalars.
 * Arrays are row-major and contiguous unless a stride is given; strides count elements. An output may not
 * overlap an input, except where a kernel says "in place". Kernels trust their caller: shapes are checked above.
 *
 * @example
 * ```ts
 * import { createBackend, type Kernels } from 'spikegrad'
 * const { arena, memory, kernels } = createBackend('js')
 * const call: Kernels['setAt'] = kernels.setAt
 * const [x, indices] = [arena.allocate(16), arena.allocate(8)]
 * memory.float32.fill(0, x >>> 2, (x >>> 2) + 4)
 * memory.int32.set([1, 3], indices >>> 2)
 * call(indices, 2, x, 0.5)
 * memory.float32.slice(x >>> 2, (x >>> 2) + 4) // [0, 0.5, 0, 0.5]
 * ```
 */
export interface Kernels {
  // --- Memory ----------------------------------------------------------------------------------------------------
  /** out[0..n) = value. */
  fill(out: Address, n: number, value: number): void
  /** out[0..n) = x. */
  copy(x: Address, out: Address, n: number): void

  // --- Reductions over the middle axis of [outer, length, inner] ---------------------------------------------
  /** Accurate for millions of terms too: no long sum runs in float32. */
  sum(x: Address, out: Address, outer: number, length: number, inner: number): void
  max(x: Address, out: Address, outer: number, length: number, inner: number): void
  min(x: Address, out: Address, outer: number, length: number, inner: number): void
  /**
   * Gradient of `max` and `min`: `gradient` [outer, inner] is shared evenly among the entries of x that equal the result, or
   * are NaN as it is.
   */
  maxGradient(
    x: Address,
    maximum: Address,
    gradient: Address,
    out: Address,
    outer: number,
    length: number,
    inner: number,
  ): void
  /** out (int32) [outer, inner] = place of the largest entry that is not NaN, the first of equals; 0 where all are NaN. */
  argmax(x: Address, out: Address, outer: number, length: number, inner: number): void
  /** out[:, i, :] = sum of x[:, 0..i, :], or of x[:, i.., :] if `reverse` is 1; the sum runs in float64. */
  cumulativeSum(x: Address, out: Address, outer: number, length: number, inner: number, reverse: number): void
  /** log of the sum of exp(x), shifted by the largest entry so that nothing overflows. */
  logSumExp(x: Address, out: Address, outer: number, length: number, inner: number): void

  // --- Products ----------------------------------------------------------------------------------------------
  /**
   * out[m, n] = bias[j] + the sum over k of a[i, k] b[k, j]; `bias` 0: none. Operands are read through strides, so a
   * transpose costs nothing extra; `scratch` holds `matmulScratch(n, k)` bytes.
   */
  matmul(
    a: Address,
    aRow: number,
    aColumn: number,
    b: Address,
    bRow: number,
    bColumn: number,
    bias: Address,
    out: Address,
    m: number,
    n: number,
    k: number,
    scratch: Address,
  ): void
  /**
   * Lists what is not 0 (NaN is not) in x [rows, columns]. `list` holds `nonZerosBytes(rows, columns)` bytes: int32 ends
   * [rows], where row i's entries lie in [ends[i - 1], ends[i]); then room for rows * columns + 4 column indices (int32),
   * ascending in each row; then for as many values.
   */
  listNonZeros(x: Address, list: Address, rows: number, columns: number): void
  /**
   * out[m, n] = bias[j] + a b for a mostly-zero a [m, k], given as its `listNonZeros`, and dense b [k, n]; `bias` 0: none.
   * `scratch` holds `sparseScratch(m, k)` bytes.
   */
  sparseMatmul(
    list: Address,
    b: Address,
    bias: Address,
    out: Address,
    m: number,
    n: number,
    k: number,
    scratch: Address,
  ): void
  /** out[k, n] = transpose(a) b for a mostly-zero a [m, k] and dense b [m, n], as `sparseMatmul`. */
  sparseTransposedMatmul(
    list: Address,
    b: Address,
    out: Address,
    m: number,
    n: number,
    k: number,
    scratch: Address,
  ): void

  // --- Windows over images; `geometry` is an int32 record as `writeGeometry` writes it ---------------------------
  // Images are [images, channels, rows, columns]; `scratch` of the convolutions: `convolutionScratch(geometry)` bytes.
  /**
   * out[n, f, r, c] = bias[f] + the sum over channels and places of the window of weight [filters, channels, windowRows,
   * windowColumns] times x, zeros outside the image. `bias` 0: none.
   */
  convolve2d(
    x: Address,
    weight: Address,
    bias: Address,
    out: Address,
    geometry: Address,
    scratch: Address,
  ): void
  /** Gradient of `convolve2d` by x; `gradient` has the shape of its result. */
  convolve2dInputGradient(
    gradient: Address,
    weight: Address,
    out: Address,
    geometry: Address,
    scratch: Address,
  ): void
  /** Gradient of `convolve2d` by the weights. */
  convolve2dWeightGradient(
    x: Address,
    gradient: Address,
    out: Address,
    geometry: Address,
    scratch: Address,
  ): void
  /** The largest entry of each window, of those inside the image; dilation is 1 for all poolings. */
  maxPool2d(x: Address, out: Address, geometry: Address): void
  /** Gradient of `maxPool2d`: to the first entry, row by row, of each window that equals its maximum, or is NaN as it is. */
  maxPool2dGradient(x: Address, maximum: Address, gradient: Address, out: Address, geometry: Address): void
  /** The sum of each window over its size, zeros outside the image. */
  averagePool2d(x: Address, out: Address, geometry: Address): void
  averagePool2dGradient(gradient: Address, out: Address, geometry: Address): void

  // --- Moves ---------------------------------------------------------------------------------------------------
  /**
   * out[i out0 + j out1 + k out2 + l out3] = x[i x0 + j x1 + k x2 + l x3] over four axes; entries are any 32-bit words.
   * Strides count entries and may be 0 or negative in x, negative in out.
   */
  copyStrided(
    x: Address,
    out: Address,
    length0: number,
    length1: number,
    length2: number,
    length3: number,
    x0: number,
    x1: number,
    x2: number,
    x3: number,
    out0: number,
    out1: number,
    out2: number,
    out3: number,
  ): void

  // --- Columns: `indices` are int32 [rows, count] ------------------------------------------------------------------
  /** indices [rows, k] = columns of the k largest entries of each row, largest first; first of equals first, NaN last. */
  topK(x: Address, indices: Address, rows: number, columns: number, k: number): void
  /** out[r, i] = x[r, indices[r, i]] for x [rows, columns]. */
  gatherColumns(
    x: Address,
    indices: Address,
    out: Address,
    rows: number,
    columns: number,
    count: number,
  ): void
  /** out[r, indices[r, i]] += x[r, i] for out [rows, columns], in order of i. */
  scatterAddColumns(
    x: Address,
    indices: Address,
    out: Address,
    rows: number,
    columns: number,
    count: number,
  ): void

  // --- Rows --------------------------------------------------------------------------------------------------
  /** out[i, :] = x[indices[i], :]; indices are int32. */
  gatherRows(x: Address, indices: Address, out: Address, count: number, columns: number): void
  /** out[indices[i], :] += x[i, :], in order of i. */
  scatterAddRows(x: Address, indices: Address, out: Address, count: number, columns: number): void
  /** out[i, :] = scale * bytes[indices[i], :]; bytes are uint8, indices int32. */
  gatherByteRows(
    bytes: Address,
    indices: Address,
    out: Address,
    count: number,
    columns: number,
    scale: number,
  ): void

  // --- Softmax and cross-entropy over rows -------------------------------------------------------------------
  softmax(x: Address, out: Address, rows: number, columns: number): void
  /** out = y * (gradient - sum(y * gradient)) per row, y being the softmax. */
  softmaxGradient(y: Address, gradient: Address, out: Address, rows: number, columns: number): void
  /**
   * losses[r] = -log softmax(logits[r])[labels[r]], and probabilities = softmax(logits); labels are int32.
   * Computed through the log-sum-exp, so it stays finite wherever the loss is representable.
   */
  crossEntropy(
    logits: Address,
    labels: Address,
    probabilities: Address,
    losses: Address,
    rows: number,
    columns: number,
  ): void
  /** out[r, c] = gradient[r] * (probabilities[r, c] - (c == labels[r] ? 1 : 0)). */
  crossEntropyGradient(
    probabilities: Address,
    labels: Address,
    gradient: Address,
    out: Address,
    rows: number,
    columns: number,
  ): void

  // --- Random numbers ------------------------------------------------------------------------------------------
  /**
   * out (uint32) [4 * blocks] = Philox 4x32-10 of counters (counter0 + i, counter1, counter2, 0), i in [0, blocks).
   * The first counter wraps at 2^32.
   */
  randomWords(
    out: Address,
    blocks: number,
    counter0: number,
    counter1: number,
    counter2: number,
    key0: number,
    key1: number,
  ): void
  /** out[i] = low + (high - low) * u, u the top 24 bits of the i-th word of the stream, in [0, 1). */
  randomUniform(out: Address, n: number, key0: number, key1: number, low: number, high: number): void

  // --- Neurons -----------------------------------------------------------------------------------------------------
  /** For each spiking neuron: v = vReset, refractory (int32) = steps. */
  resetNeurons(
    spikes: Address,
    count: number,
    v: Address,
    refractory: Address,
    vReset: number,
    steps: number,
  ): void

  // --- Synapses: `spikes` lists `count` spiking presynaptic (or postsynaptic) neurons ---------------------------
  /** For each spike s, in order: target[0..columns) += weights[s, :]. */
  propagateDense(weights: Address, columns: number, spikes: Address, count: number, target: Address): void
  /** `propagateDense`, then weights[s, :] = max(weights[s, :] - rate * trace[0..columns), minimum) for each spike. */
  propagateDenseDepressing(
    weights: Address,
    columns: number,
    spikes: Address,
    count: number,
    target: Address,
    trace: Address,
    rate: number,
    minimum: number,
  ): void
  /** For each spike s: target[s] += weight. */
  propagateOneToOne(spikes: Address, count: number, target: Address, weight: number): void
  /**
   * target[j] += weight * (count - (j among the spikes ? 1 : 0)) for all n: every spike reaches all but its own
   * partner, without an n x n matrix. `scratch`: 4 * count bytes.
   */
  propagateAllButOwn(
    spikes: Address,
    count: number,
    target: Address,
    n: number,
    weight: number,
    scratch: Address,
  ): void
  /**
   * For each postsynaptic spike j: weights[k, j] = min(weights[k, j] + (rate * factor[j]) * trace[k], maximum)
   * over all rows k with a non-zero trace.
   */
  potentiateColumns(
    weights: Address,
    rows: number,
    columns: number,
    spikes: Address,
    count: number,
    trace: Address,
    factor: Address,
    rate: number,
    maximum: number,
  ): void
  /** Scales each column of weights [rows, columns] to sum `total`; a column that sums to 0 stays. `scratch`: 4 columns bytes. */
  normaliseColumns(weights: Address, rows: number, columns: number, total: number, scratch: Address): void

  // --- Traces and counters ---------------------------------------------------------------------------------------
  /** For each listed index s: x[s] = value. */
  setAt(spikes: Address, count: number, x: Address, value: number): void
  /** For each listed index s: x[s] += value. */
  addAt(spikes: Address, count: number, x: Address, value: number): void

  // --- Encoders ----------------------------------------------------------------------------------------------------
  /**
   * Draws a Bernoulli spike train for each source: at every step source k spikes with probability p[k],
   * independently. Sampled by geometric gaps, one 32-bit word w a gap, from Philox counters
   * (block, source, presentation, 1) under the key: gap = 1 + floor(-log((w + 0.5) / 2^32) * gapScales[k]), where
   * gapScales[k] = -1 / log(1 - p[k]) (0: spikes at every step; infinity: never). Writes the spikes of step s,
   * ascending by source, to indices[offsets[s] .. offsets[s + 1]) (both int32; offsets has steps + 1 entries,
   * indices room for sources * steps) and returns how many there are. `scratch`: 8 * sources * steps bytes.
   */
  bernoulliSpikes(
    gapScales: Address,
    sources: number,
    steps: number,
    offsets: Address,
    indices: Address,
    scratch: Address,
    key0: number,
    key1: number,
    presentation: number,
  ): number
}

/**
 * What each kernel promises across backends; simulation kernels are bit-equal because one ulp changes a raster.
 *
 * @example
 * ```ts
 * import { kernelExactness } from 'spikegrad'
 * kernelExactness.gatherRows // 'bit-equal'
 * kernelExactness.matmul // 'close'
 * ```
 */
export const kernelExactness: { readonly [Name in keyof Kernels]: Exactness } = {
  fill: 'bit-equal',
  copy: 'bit-equal',
  sum: 'close',
  max: 'bit-equal',
  min: 'bit-equal',
  maxGradient: 'bit-equal',
  argmax: 'bit-equal',
  cumulativeSum: 'bit-equal',
  logSumExp: 'close',
  matmul: 'close',
  listNonZeros: 'bit-equal',
  sparseMatmul: 'close',
  sparseTransposedMatmul: 'close',
  convolve2d: 'close',
  convolve2dInputGradient: 'close',
  convolve2dWeightGradient: 'close',
  maxPool2d: 'bit-equal',
  maxPool2dGradient: 'bit-equal',
  averagePool2d: 'close',
  averagePool2dGradient: 'bit-equal',
  copyStrided: 'bit-equal',
  topK: 'bit-equal',
  gatherColumns: 'bit-equal',
  scatterAddColumns: 'bit-equal',
  gatherRows: 'bit-equal',
  scatterAddRows: 'bit-equal',
  gatherByteRows: 'bit-equal',
  softmax: 'close',
  softmaxGradient: 'close',
  crossEntropy: 'close',
  crossEntropyGradient: 'bit-equal',
  randomWords: 'bit-equal',
  randomUniform: 'bit-equal',
  resetNeurons: 'bit-equal',
  propagateDense: 'bit-equal',
  propagateDenseDepressing: 'bit-equal',
  propagateOneToOne: 'bit-equal',
  propagateAllButOwn: 'bit-equal',
  potentiateColumns: 'bit-equal',
  normaliseColumns: 'bit-equal',
  setAt: 'bit-equal',
  addAt: 'bit-equal',
  bernoulliSpikes: 'bit-equal',
}
