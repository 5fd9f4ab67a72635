// The tensor core: matrix products of each class of shapes, an epoch of three networks, and what one operation costs, in
// each Node that there is.
import type { Comparison } from '../comparison.ts'
import type { Engine } from '../engine.ts'
import type { ProductSizes } from '../sides/product.ts'
import { perceptrons } from './mlp.ts'
import { compareAddition, compareProduct, compareTraining } from './rivals.ts'
import type { SuiteContext } from './suite.ts'

/** A large product reaches at least this share of what a bare multiply-add loop reaches. */
const PEAK_SHARE = 0.85

interface ProductClass {
  readonly name: string
  readonly sizes: ProductSizes
  readonly barred?: boolean
}

const products: readonly ProductClass[] = [
  { name: 'packed, 512 x 512 x 512', sizes: { m: 512, n: 512, k: 512 }, barred: true },
  { name: 'of a layer, 128 x 64 by 64 x 64', sizes: { m: 128, n: 64, k: 64 } },
  { name: 'tall and skinny, 1024 x 64 by 64 x 10', sizes: { m: 1024, n: 10, k: 64 } },
  {
    name: 'of a gradient, transposed 1024 x 64 by 1024 x 64',
    sizes: { m: 64, n: 64, k: 1024, transposed: true },
  },
  { name: 'of one row, 1 x 784 by 784 x 64', sizes: { m: 1, n: 64, k: 784 } },
  { name: 'tiny, 8 x 8 x 8', sizes: { m: 8, n: 8, k: 8 } },
]

/** At how many batches the slower libraries are timed: a second or so. */
const SMALL = { wasm: 150, cpu: 20, jax: 30 }
const LARGE = { wasm: 30, cpu: 2, jax: 10 }
const CONVOLUTIONAL = { wasm: 10, cpu: 1, jax: 2 }

export function coreSuite(context: SuiteContext): Comparison[] {
  return context.engines.flatMap(engine => suiteIn(context, engine))
}

function suiteIn(context: SuiteContext, engine: Engine): Comparison[] {
  const labels = (name: string) => ({ suite: 'core' as const, name: `${name}, ${engine.label}` })
  return [
    ...products.map(({ name, sizes, barred }) =>
      compareProduct(
        context,
        engine,
        labels(`product ${name}`),
        { kind: 'product', ...sizes },
        barred ? 1 / PEAK_SHARE : null,
      ),
    ),
    ...perceptrons.map(({ batchSize, pytorchBar }) =>
      compareTraining(
        context,
        engine,
        labels(`epoch of 784-64-64-10 at batch ${batchSize}`),
        { kind: 'mlp', hidden: 64, batchSize },
        { pytorchBar, tensorFlowBar: true, batches: SMALL },
      ),
    ),
    compareTraining(
      context,
      engine,
      labels('epoch of 784-512-512-10 at batch 128'),
      { kind: 'mlp', hidden: 512, batchSize: 128, batches: 80 },
      { pytorchBar: null, tensorFlowBar: false, batches: LARGE },
    ),
    compareTraining(
      context,
      engine,
      labels('epoch of a small convolutional network at batch 64'),
      { kind: 'cnn', batchSize: 64, batches: 150 },
      { pytorchBar: null, tensorFlowBar: false, batches: CONVOLUTIONAL },
    ),
    compareAddition(context, engine, labels('adding one entry')),
  ]
}
