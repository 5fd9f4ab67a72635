// Cases for every kernel of the gradient half; a kernel without cases does not compile.
import type { columnKernels } from '../../../src/backend/js/columns.ts'
import type { convolutionKernels } from '../../../src/backend/js/convolutions.ts'
import type { copyKernels } from '../../../src/backend/js/copies.ts'
import type { fillKernels } from '../../../src/backend/js/fills.ts'
import type { lossKernels } from '../../../src/backend/js/losses.ts'
import type { poolingKernels } from '../../../src/backend/js/pooling.ts'
import type { productKernels } from '../../../src/backend/js/products.ts'
import type { reductionKernels } from '../../../src/backend/js/reductions.ts'
import type { rowKernels } from '../../../src/backend/js/rows.ts'
import type { KernelCase } from '../kernelCase.ts'
import { columnCases } from './columns.ts'
import { copyCases } from './copies.ts'
import { fillCases } from './fills.ts'
import { lossCases } from './losses.ts'
import { productCases } from './products.ts'
import { reductionCases } from './reductions.ts'
import { rowCases } from './rows.ts'
import { windowCases } from './windows.ts'

export type FillName = keyof ReturnType<typeof fillKernels>
export type ReductionName = keyof ReturnType<typeof reductionKernels>
export type ProductName = keyof ReturnType<typeof productKernels>
export type WindowName = keyof (ReturnType<typeof convolutionKernels> & ReturnType<typeof poolingKernels>)
export type ColumnName = keyof ReturnType<typeof columnKernels>
export type CopyName = keyof ReturnType<typeof copyKernels>
export type RowName = keyof ReturnType<typeof rowKernels>
export type LossName = keyof ReturnType<typeof lossKernels>

export type GradientKernelName =
  | FillName
  | ReductionName
  | ProductName
  | WindowName
  | ColumnName
  | CopyName
  | RowName
  | LossName

export const gradientCases: Readonly<Record<GradientKernelName, readonly KernelCase[]>> = {
  ...(fillCases satisfies Readonly<Record<FillName, readonly KernelCase[]>>),
  ...(reductionCases satisfies Readonly<Record<ReductionName, readonly KernelCase[]>>),
  ...(productCases satisfies Readonly<Record<ProductName, readonly KernelCase[]>>),
  ...(windowCases satisfies Readonly<Record<WindowName, readonly KernelCase[]>>),
  ...(columnCases satisfies Readonly<Record<ColumnName, readonly KernelCase[]>>),
  ...(copyCases satisfies Readonly<Record<CopyName, readonly KernelCase[]>>),
  ...(rowCases satisfies Readonly<Record<RowName, readonly KernelCase[]>>),
  ...(lossCases satisfies Readonly<Record<LossName, readonly KernelCase[]>>),
}
