// Bridges Observable Plot to the report: a plot drawn without a browser becomes preact nodes.
import { type PlotOptions, plot } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { type ComponentChild, h, type JSX } from 'preact'

/** Width, in CSS pixels, at which figures are drawn for a phone. */
const NARROW = 340

const TEXT_NODE = 3
const ELEMENT_NODE = 1

const { document } = parseHTML('<!doctype html><html><body></body></html>')

/** Copies a DOM node as preact nodes, which escape every text and attribute. */
function toPreact(node: Node): ComponentChild {
  if (node.nodeType === TEXT_NODE) return node.textContent
  if (node.nodeType !== ELEMENT_NODE) return null
  const element = node as Element
  // The page has its own rules for plots.
  if (element.localName === 'style') return null
  const attributes: Record<string, string> = {}
  for (const { name, value } of element.attributes) attributes[name] = value
  return h(element.localName, attributes, ...Array.from(element.childNodes, toPreact))
}

/** A plot as an image with a description for those who cannot see it. */
export function PlotImage({
  options,
  description,
}: {
  options: PlotOptions
  description: string
}): JSX.Element {
  const drawn = plot({ style: { fontSize: '13px' }, ...options, document, ariaLabel: description })
  drawn.setAttribute('role', 'img')
  return toPreact(drawn) as JSX.Element
}

/** A plot drawn twice, so that its text is as legible on a phone as on a page; one of the two is shown. */
export function ResponsivePlot({
  draw,
  wide,
  description,
}: {
  draw: (width: number) => PlotOptions
  /** Width on a page, in CSS pixels. */
  wide: number
  description: string
}): JSX.Element {
  return (
    <>
      <div class="wide">
        <PlotImage options={{ width: wide, ...draw(wide) }} description={description} />
      </div>
      <div class="narrow">
        <PlotImage options={{ width: NARROW, ...draw(NARROW) }} description={description} />
      </div>
    </>
  )
}

/** Whether a figure of this width is the one for a phone. */
export function isNarrow(width: number): boolean {
  return width <= NARROW
}
