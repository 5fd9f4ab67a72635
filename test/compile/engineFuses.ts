// Whether relaxed multiply-adds are rounded once on this machine: the specification leaves it to the engine.
import { createBackend } from '../../src/backend/select.ts'
import { compiled } from '../../src/compile/compiled.ts'
import { defineProgram } from '../../src/compile/define.ts'

const program = defineProgram(
  'one multiply-add',
  builder => {
    const a = builder.input('a')
    const b = builder.input('b')
    builder.store(builder.output('out'), a.timesPlus(b, -(1 + 2 ** -11)))
  },
  { fused: true },
)

/** (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 when rounded once, and 0 when the product is rounded first. */
export function engineFuses(): boolean {
  const backend = createBackend('wasm-relaxed-simd')
  const [a, b, out] = [0, 1, 2].map(() => backend.arena.allocate(4)) as [number, number, number]
  backend.memory.float32[a >>> 2] = 1 + 2 ** -12
  backend.memory.float32[b >>> 2] = 1 + 2 ** -12
  compiled(program, backend).run(1, a, b, out)
  return backend.memory.float32[out >>> 2] !== 0
}
