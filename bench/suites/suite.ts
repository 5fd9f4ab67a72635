// What every suite is given.
import type { Dataset } from '../../experiments/data/dataset.ts'
import type { Comparison } from '../comparison.ts'
import type { Engine } from '../engine.ts'

export interface SuiteContext {
  readonly dataset: Dataset
  /** The folder with its IDX files, for the peers. */
  readonly dataFolder: string
  /** The Python that has the peers. */
  readonly python: string
  /** The node_modules folder that has the peers in JavaScript. */
  readonly nodeModules: string
  /** The Nodes to run in, this one first. */
  readonly engines: readonly [Engine, ...Engine[]]
}

export type Suite = (context: SuiteContext) => Comparison[]
