// Random programs compiled, against the interpreter: for Node and for the browser alike.
import type { BackendName } from '../../src/backend/backend.ts'
import { createBackend } from '../../src/backend/select.ts'
import { interpreted } from '../../src/compile/compiled.ts'
import { engineFuses } from './engineFuses.ts'
import { differenceOf, randomProgram, runProgram } from './randomPrograms.ts'

/** Runs random programs [first, end) on a backend, compiled and interpreted; describes the first few that differ. */
export function differencesOfPrograms(name: BackendName, first: number, end: number): string[] {
  const backend = createBackend(name)
  const fusing = name === 'wasm-relaxed-simd' && engineFuses()
  const differences: string[] = []
  for (let number = first; number < end && differences.length < 5; number++) {
    const program = randomProgram(number)
    const expected = runProgram(program, number, backend, () =>
      interpreted(program, backend, { fusing: fusing && program.fused }),
    )
    // An invalid module throws here.
    const difference = differenceOf(program, expected, runProgram(program, number, backend))
    if (difference !== undefined) differences.push(`${number}: ${difference}`)
  }
  if (backend.arena.allocations > 0) differences.push(`${backend.arena.allocations} allocations were left`)
  return differences
}
