// The contract every backend honours: memory with an arena, and one table of kernels. Imports no implementation.
import type { Arena } from './arena.ts'
import type { Address, Memory } from './memory.ts'

export type { Address }

/** What runs: plain loops, WebAssembly SIMD, or WebAssembly SIMD with fused multiply-add in gradient kernels. */
export type BackendName = 'js' | 'wasm-simd' | 'wasm-relaxed-simd'

export interface Backend {
  readonly name: BackendName
  readonly memory: Memory
  readonly arena: Arena
  readonly kernels: Kernels
}

/**
 * `bit-equal`: every backend writes the same bits (no sum is reordered, nothing is fused).
 * `close`: backends may reorder sums, fuse multiply-adds and differ in the last bits of exp and log.
 */
export type Exactness = 'bit-equal' | 'close'

/**
 * out[r, c] = a[r, c] op b[r, c]; `aRow` and `aColumn` (0 or 1) are strides, so 0 broadcasts; likewise b's.
 * May run in place on an operand whose strides are `columns` and 1.
 */
export type BinaryKernel = (
  a: Address,
  aRow: number,
  aColumn: number,
  b: Address,
  bRow: number,
  bColumn: number,
  out: Address,
  rows: number,
  columns: number,
) => void

/**
 * All kernels, on float32 arrays unless said otherwise. Arguments are addresses, element counts and scalars.
 * Arrays are row-major and contiguous unless a stride is given; strides count elements. An output may not
 * overlap an input, except where a kernel says "in place". Kernels trust their caller: shapes are checked above.
 */
export interface Kernels {
  // --- Elementwise -------------------------------------------------------------------------------------------
  /** out[0..n) = value. */
  fill(out: Address, n: number, value: number): void
  /** out[0..n) = x. */
  copy(x: Address, out: Address, n: number): void
  add: BinaryKernel
  subtract: BinaryKernel
  multiply: BinaryKernel
  divide: BinaryKernel
  negate(x: Address, out: Address, n: number): void
  sqrt(x: Address, out: Address, n: number): void
  exp(x: Address, out: Address, n: number): void
  log(x: Address, out: Address, n: number): void
  /** max(x, 0); a NaN stays NaN. */
  relu(x: Address, out: Address, n: number): void
  /** out = gradient where x > 0, else 0. */
  reluGradient(x: Address, gradient: Address, out: Address, n: number): void

  // --- Reductions over the middle axis of [outer, length, inner] ---------------------------------------------
  sum(x: Address, out: Address, outer: number, length: number, inner: number): void
  max(x: Address, out: Address, outer: number, length: number, inner: number): void
  /** Gradient of `max`: `gradient` [outer, inner] is shared evenly among the entries of x that equal the maximum. */
  maxGradient(
    x: Address,
    maximum: Address,
    gradient: Address,
    out: Address,
    outer: number,
    length: number,
    inner: number,
  ): void
  /** out (int32) [rows] = column of the largest entry of each row, the first of equals. */
  argmax(x: Address, out: Address, rows: number, columns: number): void

  // --- Products ----------------------------------------------------------------------------------------------
  /** Bytes of scratch that `matmul` needs. */
  matmulScratch(m: number, n: number, k: number): number
  /**
   * out[m, n] = sum over k of a[i, k] b[k, j]. Operands are read through strides, so a transpose costs nothing
   * extra; `scratch` holds `matmulScratch(m, n, k)` bytes.
   */
  matmul(
    a: Address,
    aRow: number,
    aColumn: number,
    b: Address,
    bRow: number,
    bColumn: number,
    out: Address,
    m: number,
    n: number,
    k: number,
    scratch: Address,
  ): void
  /** out[m, n] = a b for a mostly-zero a [m, k] and dense b [k, n]: skips a's zeros. `scratch`: 8 k bytes. */
  sparseMatmul(a: Address, b: Address, out: Address, m: number, n: number, k: number, scratch: Address): void
  /** out[k, n] = transpose(a) b for a mostly-zero a [m, k] and dense b [m, n]: skips a's zeros. `scratch`: 8 k bytes. */
  sparseTransposedMatmul(
    a: Address,
    b: Address,
    out: Address,
    m: number,
    n: number,
    k: number,
    scratch: Address,
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

  // --- Optimisers, in place on `parameter` and their state ------------------------------------------------------
  /** parameter -= learningRate * gradient. */
  gradientDescentStep(parameter: Address, gradient: Address, n: number, learningRate: number): void
  /** velocity = momentum * velocity + gradient; parameter -= learningRate * velocity. Tiny velocities flush to 0. */
  momentumStep(
    parameter: Address,
    gradient: Address,
    velocity: Address,
    n: number,
    learningRate: number,
    momentum: number,
  ): void
  /**
   * Adam (Kingma & Ba 2015): m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
   * parameter -= stepSize * m / (sqrt(v) * secondCorrection + epsilon), where the caller passes
   * stepSize = learningRate / (1 - b1^t) and secondCorrection = 1 / sqrt(1 - b2^t). Tiny moments flush to 0.
   */
  adamStep(
    parameter: Address,
    gradient: Address,
    firstMoment: Address,
    secondMoment: Address,
    n: number,
    stepSize: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    secondCorrection: number,
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

  // A decaying variable of a simulation that has faded below 1e-12 is flushed to 0: on the scale of membranes (mV), currents
  // (nA), conductances (of the leak) and traces (1) it no longer changes a bit, and denormals are thirty times slower.

  // --- Neurons: one time step; spiking indices (int32, ascending) go to `spikes`, their number is returned ------
  // State arrays fill whole 64-byte blocks, as the arena hands them out: lanes past n may be written, never spike.
  /**
   * Current-based leaky integrate-and-fire, integrated exactly for a current that is constant over the step:
   * target = rest + gain * i; v = target + (v - target) * vDecay; then i = i * iDecay (faded ones flushed).
   * A neuron with refractory (int32 steps) > 0 keeps v, counts down and cannot spike. Spikes where v > threshold.
   */
  currentLifStep(
    v: Address,
    i: Address,
    refractory: Address,
    spikes: Address,
    n: number,
    vDecay: number,
    rest: number,
    gain: number,
    iDecay: number,
    threshold: number,
  ): number
  /**
   * Conductance-based leaky integrate-and-fire with adaptive threshold. With x = rate + rate * (gExc + gInh),
   * drive = leakDrive + gExc * excDrive + gInh * inhDrive and q = 1 + x / 2 (sums from left to right),
   * v = (v + drive * q) / (1 + x * q); conductances, never negative, then decay (faded ones flushed). Refractoriness as in
   * `currentLifStep`. Spikes where v > threshold + theta.
   */
  conductanceLifStep(
    v: Address,
    gExc: Address,
    gInh: Address,
    theta: Address,
    refractory: Address,
    spikes: Address,
    n: number,
    leakDrive: number,
    excDrive: number,
    inhDrive: number,
    rate: number,
    excDecay: number,
    inhDecay: number,
    threshold: number,
  ): number
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
  /** In place x = x * factor, faded ones flushed. */
  decay(x: Address, n: number, factor: number): void
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

/** What each kernel promises across backends; simulation kernels are bit-equal because one ulp changes a raster. */
export const kernelExactness: { readonly [Name in keyof Kernels]: Exactness } = {
  fill: 'bit-equal',
  copy: 'bit-equal',
  add: 'bit-equal',
  subtract: 'bit-equal',
  multiply: 'bit-equal',
  divide: 'bit-equal',
  negate: 'bit-equal',
  sqrt: 'bit-equal',
  exp: 'close',
  log: 'close',
  relu: 'bit-equal',
  reluGradient: 'bit-equal',
  sum: 'close',
  max: 'bit-equal',
  maxGradient: 'bit-equal',
  argmax: 'bit-equal',
  matmulScratch: 'bit-equal',
  matmul: 'close',
  sparseMatmul: 'close',
  sparseTransposedMatmul: 'close',
  gatherRows: 'bit-equal',
  scatterAddRows: 'bit-equal',
  gatherByteRows: 'bit-equal',
  softmax: 'close',
  softmaxGradient: 'close',
  crossEntropy: 'close',
  crossEntropyGradient: 'bit-equal',
  gradientDescentStep: 'close',
  momentumStep: 'close',
  adamStep: 'close',
  randomWords: 'bit-equal',
  randomUniform: 'bit-equal',
  currentLifStep: 'bit-equal',
  conductanceLifStep: 'bit-equal',
  resetNeurons: 'bit-equal',
  propagateDense: 'bit-equal',
  propagateDenseDepressing: 'bit-equal',
  propagateOneToOne: 'bit-equal',
  propagateAllButOwn: 'bit-equal',
  potentiateColumns: 'bit-equal',
  normaliseColumns: 'bit-equal',
  decay: 'bit-equal',
  setAt: 'bit-equal',
  addAt: 'bit-equal',
  bernoulliSpikes: 'bit-equal',
}
