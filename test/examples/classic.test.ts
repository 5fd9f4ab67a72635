// The two classic programs: they run as they stand, learn what they should, and stand in the README beside their originals.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const readme = readFileSync('README.md', 'utf8')

/** What a program prints. */
function run(name: string): string {
  return execFileSync(process.execPath, [`dist/examples/${name}.js`], { encoding: 'utf8' })
}

/** A program without the line that says what it is. */
function bodyOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/^(#|\/\/).*\n/, '')
    .trim()
}

function testAccuracy(output: string): number {
  return Number(output.match(/test accuracy: (0\.\d{4})\n$/)?.[1])
}

describe('the program in the manner of Keras', () => {
  it('prints its layers and three epochs, and reads 95 of 100 test digits', () => {
    const output = run('keras')
    expect(output).toMatch(/total +55,050\n/)
    expect(output.match(/^epoch \d .*validationAccuracy/gm)).toHaveLength(3)
    expect(testAccuracy(output)).toBeGreaterThan(0.95)
  })
})

describe('the program in the manner of PyTorch', () => {
  it('learns in three epochs, and reads 95 of 100 test digits', () => {
    const output = run('pytorch')
    const losses = [...output.matchAll(/^epoch \d: loss (.*)$/gm)].map(match => Number(match[1]))
    expect(losses).toHaveLength(3)
    expect(losses[2]!).toBeLessThan(losses[0]! / 2)
    expect(testAccuracy(output)).toBeGreaterThan(0.95)
  })
})

describe('the program that makes a network smaller', () => {
  it('loses little without half of its weights, and less with a quarter of their bytes', () => {
    const output = run('compress')
    const of = (line: RegExp) => Number(output.match(line)![1])
    const trained = of(/as trained: (.*)/)
    expect(trained).toBeGreaterThan(0.95)
    expect(of(/without 50 % of the weights: (.*)/)).toBeGreaterThan(trained - 0.02)
    expect(of(/0.25 of the bytes: (.*)/)).toBeGreaterThan(trained - 0.005)
  })
})

describe.each(['keras', 'pytorch'])('%s', name => {
  it('stands in the README, line for line, beside its original', () => {
    expect(readme).toContain(`\`\`\`typescript\n${bodyOf(`examples/${name}.ts`)}\n\`\`\``)
    expect(readme).toContain(`\`\`\`python\n${bodyOf(`examples/originals/${name}.py`)}\n\`\`\``)
  })

  it('is not much longer than its original', () => {
    const lines = (file: string) => bodyOf(file).split('\n').length
    expect(lines(`examples/${name}.ts`)).toBeLessThan(1.3 * lines(`examples/originals/${name}.py`))
  })
})
