// The programs in the README, run as they stand against the built package.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const readme = readFileSync('README.md', 'utf8')
const programs = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1]!)
// Inside the package, so that its own name resolves to it.
const folder = join('dist', 'readme')

function run(program: string, name: string): string {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, outputText)
  return execFileSync('node', [file], { encoding: 'utf8' })
}

it('the README has no gap to fill in, and its links and pictures lead somewhere', () => {
  expect(readme).not.toContain('@@')
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(match => match[1]!)
  const relative = links.filter(link => !link.startsWith('https://'))
  expect(relative.length).toBeGreaterThan(2)
  for (const link of relative) expect(existsSync(link), link).toBe(true)
})

describe('the programs in the README', () => {
  beforeAll(() => mkdirSync(folder, { recursive: true }))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are three', () => {
    expect(programs).toHaveLength(3)
  })

  it('the classifier prints its summary and learns', () => {
    const use = `
      const images = new Float32Array(20 * 784).map((_, i) => (i % 784 < 392 === Math.floor(i / 784) % 2 > 0 ? 1 : 0))
      const labels = Int32Array.from({ length: 20 }, (_, i) => i % 2)
      const losses = Array.from({ length: 30 }, () => step(images, labels))
      console.log(losses[29]! < losses[0]! / 4 ? 'learned' : losses.join())`
    const output = run(programs[0]! + use, 'classifier')
    expect(output).toContain('total')
    expect(output).toContain((784 * 64 + 64 + 64 * 10 + 10).toLocaleString('en'))
    expect(output.trimEnd().split('\n').at(-1)).toBe('learned')
  })

  it('the spiking network prints its plan and spikes', () => {
    const output = run(programs[1]!, 'spiking')
    expect(output).toContain('delivery   input to cells')
    expect(Number(output.match(/(\d+) spikes/)![1])).toBeGreaterThan(0)
  })

  it('the kernel of one neuron model says what the comment says', () => {
    const [, promised] = programs[2]!.match(/\/\/ (\d of \d spiked)\n/)!
    expect(run(programs[2]!, 'kernel').trim()).toBe(promised)
  })

  it('are written against types that exist', () => {
    const files = programs.map((program, index) => {
      const file = join(folder, `typed-${index}.mts`)
      writeFileSync(file, program)
      return file
    })
    const program = ts.createProgram(files, {
      ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      ...{ target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, skipLibCheck: true },
    })
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
    expect(problems).toEqual([])
  })
})
