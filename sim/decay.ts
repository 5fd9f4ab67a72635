// A step of exponential decay, for what decays by the same factor everywhere.
import { type Backend, compiled, defineProgram } from '../src/index.ts'
import { FADED } from './faded.ts'

const program = defineProgram('decay', builder => {
  const x = builder.state('x')
  const factor = builder.scalar('factor')
  builder.store(x, x.value.times(factor).flushBelow(FADED))
})

/** x = x * factor for n float32 at an address; what has faded becomes 0. */
export function decay(backend: Backend, x: number, n: number, factor: number): void {
  compiled(program, backend).run(n, x, factor)
}
