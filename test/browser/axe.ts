// What axe finds wrong with a page as it stands, by the rules of WCAG 2.2 A and AA.
import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** One line for each element that breaks a rule. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the driver, since the page's own policy lets no foreign script in.
  await page.evaluate(source)
  const found = await page.evaluate(async values => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    const { violations } = await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
    )
  }, rules)
  return found
}
