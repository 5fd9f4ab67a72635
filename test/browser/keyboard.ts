// Walks a page by the Tab key, as someone without a mouse does, and says which of its controls that does not reach.
import type { Page } from 'playwright-core'

export interface Walk {
  /** Controls that Tab reached, in order, each described by its role and name. */
  readonly reached: readonly string[]
  /** Controls that are shown and enabled, and were not reached. */
  readonly missed: readonly string[]
  /** Controls that do not show that they have the focus. */
  readonly unmarked: readonly string[]
}

const MOST_STEPS = 400

/** Presses Tab until the focus comes round. */
export async function walk(page: Page): Promise<Walk> {
  const controls = await page.evaluate(() => {
    const selector = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]'
    const shown = [...document.querySelectorAll<HTMLElement>(selector)].filter(element => {
      const { tabIndex } = element
      if (tabIndex < 0 || element.matches(':disabled') || element.closest('[inert], [hidden]') !== null)
        return false
      return element.checkVisibility({ visibilityProperty: true })
    })
    // One radio button of a group stands for all: the arrows lead to the others.
    const groups = new Set<string>()
    const stops = shown.filter(element => {
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
      const group = [
        ...document.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(element.name)}"]`),
      ]
      if (group.some(({ checked }) => checked)) return element.checked
      if (groups.has(element.name)) return false
      groups.add(element.name)
      return true
    })
    const describe = (element: HTMLElement) => {
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
      return `${element.localName} ${element.id} ${name}`.replace(/\s+/g, ' ')
    }
    for (const [index, element] of stops.entries()) element.dataset.walk = String(index)
    // The walk begins before everything, wherever the page has put the focus.
    const start = document.createElement('span')
    start.tabIndex = -1
    document.body.prepend(start)
    start.focus()
    // How each looks without the focus; a choice may show it on the label around it.
    for (const element of stops) {
      const around = element.closest('label')
      const looks = [element, ...(around ? [around] : [])].map(one => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        return `${outlineStyle} ${outlineWidth} ${boxShadow}`
      })
      element.dataset.look = JSON.stringify(looks)
    }
    return stops.map(describe)
  })
  const order: number[] = []
  const unmarked = new Set<number>()
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      if (element === null || element === document.body) return null
      const before: unknown[] = JSON.parse(element.dataset.look ?? '[]')
      const around = element.closest('label')
      const marked = [element, ...(around ? [around] : [])].some((one, index) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        const seen = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
        return seen && before[index] !== `${outlineStyle} ${outlineWidth} ${boxShadow}`
      })
      return { index: Number(element.dataset.walk ?? Number.NaN), marked }
    })
    // From the last control the focus leaves the page.
    if (focused === null) {
      if (order.length > 0) break
      continue
    }
    if (order.length > 1 && focused.index === order[0]) break
    if (Number.isNaN(focused.index)) continue
    order.push(focused.index)
    if (!focused.marked) unmarked.add(focused.index)
  }
  const reached = new Set(order)
  return {
    reached: order.map(index => controls[index]!),
    missed: controls.filter((_, index) => !reached.has(index)),
    unmarked: [...unmarked].map(index => controls[index]!),
  }
}
