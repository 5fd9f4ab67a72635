// The page of the compiler's test: random programs on every compiling backend of this browser.
import { availableBackends } from '../../src/backend/select.ts'
import { differencesOfPrograms } from '../compile/conformance.ts'

const PROGRAMS = 5000
const STRETCH = 250

export interface ProgramsResult {
  readonly programs: number
  readonly backends: readonly string[]
  readonly differences: readonly string[]
}

async function main(): Promise<ProgramsResult> {
  const backends = availableBackends().filter(name => name !== 'js')
  const differences: string[] = []
  for (const name of backends) {
    for (let first = 0; first < PROGRAMS; first += STRETCH) {
      // Lets the browser breathe.
      await new Promise(resolve => setTimeout(resolve))
      const found = differencesOfPrograms(name, first, first + STRETCH)
      differences.push(...found.map(difference => `${name}, program ${difference}`))
    }
  }
  return { programs: PROGRAMS, backends, differences }
}

Object.assign(globalThis, { result: main() })
