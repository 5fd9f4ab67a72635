// The floors: a file imports only from lower floors, and the rules that say so do catch one that does not.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { afterAll, describe, expect, it } from 'vitest'

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
const { tsConfig: _, ...options } = config.options
const ruleSet: IFlattenedRuleSet = { forbidden: config.forbidden }

async function violations(folders: string[], baseDir: string): Promise<{ modules: number; rules: string[] }> {
  const { output } = await cruise(folders, { ...options, validate: true, ruleSet, baseDir })
  const { summary } = output as ICruiseResult
  return { modules: summary.totalCruised, rules: summary.violations.map(({ rule }) => rule.name) }
}

describe('the import floors', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'floors-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  it('hold in the whole tree', async () => {
    const { modules, rules } = await violations(
      ['src', 'sim', 'experiments', 'examples', 'bench'],
      process.cwd(),
    )
    expect(modules).toBeGreaterThan(60)
    expect(rules).toEqual([])
  })

  /** Each file, what it wrongly imports, and the rule that must object. */
  it.each([
    ['src/errors.ts', 'src/tensor.ts', 'leaves'],
    ['src/backend/arena.ts', 'src/tensor.ts', 'backend'],
    ['src/ops/add.ts', 'src/nn/linear.ts', 'core'],
    ['src/nn/linear.ts', 'sim/network.ts', 'learning'],
    ['sim/network.ts', 'src/tensor.ts', 'sim'],
    ['experiments/main.ts', 'src/nn/linear.ts', 'experiments'],
    ['experiments/main.ts', 'sim/network.ts', 'experiments'],
    ['bench/main.ts', 'src/nn/linear.ts', 'bench'],
    ['examples/main.ts', 'src/nn/linear.ts', 'examples'],
    ['examples/main.ts', 'src/index.ts', 'examples-import-the-package'],
    ['src/backend/arena.ts', 'src/backend/js/backend.ts', 'contract-imports-no-implementation'],
  ])('object when %s imports %s', async (from, to, rule) => {
    const root = mkdtempSync(join(scratch, 'tree-'))
    for (const [file, text] of [
      [to, 'export const value = 1\n'],
      [from, `export { value } from '${relative(from, to)}'\n`],
    ] as const) {
      mkdirSync(join(root, dirname(file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    expect((await violations([from.split('/')[0]!], root)).rules).toContain(rule)
  })

  it('object to a cycle, and to Node in the core', async () => {
    const root = mkdtempSync(join(scratch, 'tree-'))
    mkdirSync(join(root, 'src/nn'), { recursive: true })
    writeFileSync(join(root, 'src/nn/a.ts'), "import './b.ts'\nimport 'node:fs'\n")
    writeFileSync(join(root, 'src/nn/b.ts'), "import './a.ts'\n")
    const { rules } = await violations(['src'], root)
    expect(rules).toContain('no-cycles')
    expect(rules).toContain('core-needs-no-node')
  })
})

/** The import specifier that leads from one file to another. */
function relative(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to}`
}
