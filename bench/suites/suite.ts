// What every suite is given.
import type { Dataset } from '../../experiments/data/dataset.ts'
import type { Comparison } from '../comparison.ts'

export interface SuiteContext {
  readonly dataset: Dataset
  /** The folder with its IDX files, for the peers. */
  readonly dataFolder: string
  /** The Python that has the peers. */
  readonly python: string
  /** The node_modules folder that has TensorFlow.js. */
  readonly nodeModules: string
}

export type Suite = (context: SuiteContext) => Comparison[]
