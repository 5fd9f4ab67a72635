// Cases for every kernel of the gradient half; a kernel without cases does not compile.
import type { elementwiseKernels } from '../../../src/backend/js/elementwise.ts'
import type { lossKernels } from '../../../src/backend/js/losses.ts'
import type { optimiserKernels } from '../../../src/backend/js/optimisers.ts'
import type { productKernels } from '../../../src/backend/js/products.ts'
import type { reductionKernels } from '../../../src/backend/js/reductions.ts'
import type { rowKernels } from '../../../src/backend/js/rows.ts'
import type { KernelCase } from '../kernelCase.ts'
import { elementwiseCases } from './elementwise.ts'
import { lossCases } from './losses.ts'
import { optimiserCases } from './optimisers.ts'
import { productCases } from './products.ts'
import { reductionCases } from './reductions.ts'
import { rowCases } from './rows.ts'

export type ElementwiseName = keyof ReturnType<typeof elementwiseKernels>
export type ReductionName = keyof ReturnType<typeof reductionKernels>
export type ProductName = keyof ReturnType<typeof productKernels>
export type RowName = keyof ReturnType<typeof rowKernels>
export type LossName = keyof ReturnType<typeof lossKernels>
export type OptimiserName = keyof ReturnType<typeof optimiserKernels>

export type GradientKernelName =
  | ElementwiseName
  | ReductionName
  | ProductName
  | RowName
  | LossName
  | OptimiserName

export const gradientCases: Readonly<Record<GradientKernelName, readonly KernelCase[]>> = {
  ...(elementwiseCases satisfies Readonly<Record<ElementwiseName, readonly KernelCase[]>>),
  ...(reductionCases satisfies Readonly<Record<ReductionName, readonly KernelCase[]>>),
  ...(productCases satisfies Readonly<Record<ProductName, readonly KernelCase[]>>),
  ...(rowCases satisfies Readonly<Record<RowName, readonly KernelCase[]>>),
  ...(lossCases satisfies Readonly<Record<LossName, readonly KernelCase[]>>),
  ...(optimiserCases satisfies Readonly<Record<OptimiserName, readonly KernelCase[]>>),
}
