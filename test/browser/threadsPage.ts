// The page of the threads' test: the built package, since a worker starts from a file of its own.
import * as spikegrad from '../../dist/src/index.js'
import { compareThreads } from '../threads/products.ts'

Object.assign(globalThis, { result: compareThreads(spikegrad as never) })
