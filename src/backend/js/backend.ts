// The reference backend: plain loops a reader can check, over one ordinary buffer.
import { Arena } from '../arena.ts'
import type { Backend } from '../backend.ts'
import { BufferMemory } from '../memory.ts'
import { columnKernels } from './columns.ts'
import { convolutionKernels } from './convolutions.ts'
import { copyKernels } from './copies.ts'
import { encoderKernels } from './encoders.ts'
import { fillKernels } from './fills.ts'
import { lossKernels } from './losses.ts'
import { neuronKernels } from './neurons.ts'
import { poolingKernels } from './pooling.ts'
import { productKernels } from './products.ts'
import { randomKernels } from './random.ts'
import { reductionKernels } from './reductions.ts'
import { rowKernels } from './rows.ts'
import { synapseKernels } from './synapses.ts'
import { traceKernels } from './traces.ts'

export function createJsBackend(): Backend {
  const memory = new BufferMemory()
  return {
    name: 'js',
    memory,
    arena: new Arena(memory, 0),
    kernels: {
      ...fillKernels(memory),
      ...reductionKernels(memory),
      ...productKernels(memory),
      ...convolutionKernels(memory),
      ...poolingKernels(memory),
      ...columnKernels(memory),
      ...copyKernels(memory),
      ...rowKernels(memory),
      ...lossKernels(memory),
      ...randomKernels(memory),
      ...neuronKernels(memory),
      ...synapseKernels(memory),
      ...traceKernels(memory),
      ...encoderKernels(memory),
    },
  }
}
