// How each public function is called with the inputs and options of a golden case.

import type { Axes, Shape, Tensor } from '../../../src/index.ts'
import * as spikegrad from '../../../src/index.ts'

/** A call with a case's inputs and options. */
export type Call = (inputs: readonly Tensor[], options: Readonly<Record<string, unknown>>) => Tensor

/** A call whose cases have options of a type. */
function withOptions<Options>(call: (inputs: readonly Tensor[], options: Options) => Tensor): Call {
  return (inputs, options) => call(inputs, options as Options)
}

const unary =
  (run: (x: Tensor) => Tensor): Call =>
  inputs =>
    run(inputs[0]!)
const binary =
  (run: (a: Tensor, b: Tensor) => Tensor): Call =>
  inputs =>
    run(inputs[0]!, inputs[1]!)

const elementwise: Readonly<Record<string, Call>> = {
  negate: unary(spikegrad.negate),
  abs: unary(spikegrad.abs),
  square: unary(spikegrad.square),
  sqrt: unary(spikegrad.sqrt),
  exp: unary(spikegrad.exp),
  expm1: unary(spikegrad.expm1),
  log: unary(spikegrad.log),
  log1p: unary(spikegrad.log1p),
  erf: unary(spikegrad.erf),
  floor: unary(spikegrad.floor),
  relu: unary(spikegrad.relu),
  leakyRelu: withOptions<{ slope?: number }>(([x], { slope }) => spikegrad.leakyRelu(x!, slope)),
  sigmoid: unary(spikegrad.sigmoid),
  tanh: unary(spikegrad.tanh),
  gelu: unary(spikegrad.gelu),
  softplus: unary(spikegrad.softplus),
  clip: withOptions<{ low: number; high: number }>(([x], { low, high }) => spikegrad.clip(x!, low, high)),
  pow: withOptions<{ exponent: number }>(([x], { exponent }) => spikegrad.pow(x!, exponent)),
  add: binary(spikegrad.add),
  subtract: binary(spikegrad.subtract),
  multiply: binary(spikegrad.multiply),
  divide: binary(spikegrad.divide),
  minimum: binary(spikegrad.minimum),
  maximum: binary(spikegrad.maximum),
  equal: binary(spikegrad.equal),
  less: binary(spikegrad.less),
  lessEqual: binary(spikegrad.lessEqual),
  greater: binary(spikegrad.greater),
  greaterEqual: binary(spikegrad.greaterEqual),
  where: ([condition, a, b]) => spikegrad.where(condition!, a!, b!),
}

const shapes: Readonly<Record<string, Call>> = {
  reshape: withOptions<{ shape: Shape }>(([x], { shape }) => spikegrad.reshape(x!, shape)),
  transpose: withOptions<{ axes?: number[] }>(([x], { axes }) => spikegrad.transpose(x!, axes)),
  slice: withOptions<{ selections: spikegrad.Selection[] }>(([x], { selections }) =>
    spikegrad.slice(x!, ...selections),
  ),
  diagonal: withOptions<{ axes: [number, number] }>(([x], { axes }) => spikegrad.diagonal(x!, axes)),
  squeeze: withOptions<{ axes?: Axes }>(([x], { axes }) => spikegrad.squeeze(x!, axes)),
  expandDims: withOptions<{ axis: number }>(([x], { axis }) => spikegrad.expandDims(x!, axis)),
  concat: withOptions<{ axis: number }>((inputs, { axis }) => spikegrad.concat(inputs, axis)),
  stack: withOptions<{ axis: number }>((inputs, { axis }) => spikegrad.stack(inputs, axis)),
  pad: withOptions<{ widths: number | spikegrad.PadWidth[]; value?: number }>(([x], { widths, value }) =>
    spikegrad.pad(x!, widths, value),
  ),
  gatherRows: binary(spikegrad.gatherRows),
}

type Reduce = spikegrad.ReductionOptions & { readonly axes: Axes }
type Spread = spikegrad.VarianceOptions & { readonly axes: Axes }
/** By default, the function's own. */
type OneAxis = { readonly axis?: number }

const reductions: Readonly<Record<string, Call>> = {
  sum: withOptions<Reduce>(([x], { axes, ...options }) => spikegrad.sum(x!, axes, options)),
  mean: withOptions<Reduce>(([x], { axes, ...options }) => spikegrad.mean(x!, axes, options)),
  max: withOptions<Reduce>(([x], { axes, ...options }) => spikegrad.max(x!, axes, options)),
  min: withOptions<Reduce>(([x], { axes, ...options }) => spikegrad.min(x!, axes, options)),
  argmax: withOptions<OneAxis>(([x], { axis }) => spikegrad.argmax(x!, axis)),
  variance: withOptions<Spread>(([x], { axes, ...options }) => spikegrad.variance(x!, axes, options)),
  standardDeviation: withOptions<Spread>(([x], { axes, ...options }) =>
    spikegrad.standardDeviation(x!, axes, options),
  ),
  norm: withOptions<spikegrad.NormOptions>(([x], options) => spikegrad.norm(x!, options)),
  cumulativeSum: withOptions<OneAxis>(([x], { axis }) => spikegrad.cumulativeSum(x!, axis)),
  logSumExp: withOptions<OneAxis>(([x], { axis }) => spikegrad.logSumExp(x!, axis)),
  logSoftmax: withOptions<OneAxis>(([x], { axis }) => spikegrad.logSoftmax(x!, axis)),
  gatherColumns: binary(spikegrad.gatherColumns),
  topK: withOptions<{ k: number; part: keyof spikegrad.TopK }>(
    ([x], { k, part }) => spikegrad.topK(x!, k)[part],
  ),
  oneHot: withOptions<{ classes: number }>(([indices], { classes }) => spikegrad.oneHot(indices!, classes)),
}

const networks: Readonly<Record<string, Call>> = {
  matmul: withOptions<spikegrad.MatmulOptions>(([a, b], options) => spikegrad.matmul(a!, b!, options)),
  linear: withOptions<spikegrad.LinearMapOptions>(([x, weight, bias], options) =>
    spikegrad.linear(x!, weight!, bias, options),
  ),
  einsum: withOptions<{ equation: string }>((inputs, { equation }) => spikegrad.einsum(equation, ...inputs)),
  conv2d: withOptions<spikegrad.Conv2dOptions>(([x, weight, bias], options) =>
    spikegrad.conv2d(x!, weight!, bias, options),
  ),
  maxPool2d: withOptions<spikegrad.Pool2dOptions>(([x], options) => spikegrad.maxPool2d(x!, options)),
  averagePool2d: withOptions<spikegrad.Pool2dOptions>(([x], options) => spikegrad.averagePool2d(x!, options)),
  softmax: unary(spikegrad.softmax),
}

const losses: Readonly<Record<string, Call>> = {
  crossEntropy: withOptions<spikegrad.CrossEntropyOptions>(([x, t], options) =>
    spikegrad.crossEntropy(x!, t!, options),
  ),
  meanSquaredError: withOptions<spikegrad.LossOptions>(([x, t], options) =>
    spikegrad.meanSquaredError(x!, t!, options),
  ),
  meanAbsoluteError: withOptions<spikegrad.LossOptions>(([x, t], options) =>
    spikegrad.meanAbsoluteError(x!, t!, options),
  ),
  huber: withOptions<spikegrad.HuberOptions>(([x, t], options) => spikegrad.huber(x!, t!, options)),
  binaryCrossEntropyWithLogits: withOptions<spikegrad.LossOptions>(([x, t], options) =>
    spikegrad.binaryCrossEntropyWithLogits(x!, t!, options),
  ),
}

/** By the name of the function. */
export const calls: Readonly<Record<string, Call>> = {
  ...elementwise,
  ...shapes,
  ...reductions,
  ...networks,
  ...losses,
}
