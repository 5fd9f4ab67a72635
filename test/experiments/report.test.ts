// The report: one well-formed page that asks for nothing from outside, whole or partial, whatever its words.

import { decode } from 'fast-png'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { divergingRamp, greyRamp, sequentialRamp } from '../../experiments/compare/report/palette.ts'
import { renderReport } from '../../experiments/compare/report/report.tsx'
import { drawTiles, robustMaximum } from '../../experiments/compare/report/tiles.ts'
import { makeResult } from '../../experiments/compare/result.ts'
import type { TaskEnds } from '../../experiments/compare/workers.ts'
import { allEnds, mlpOutcome, record, snnOutcome } from './synthetic.ts'

function render(ends: TaskEnds, changes: Parameters<typeof record>[0] = {}) {
  const html = renderReport(makeResult(ends, record(changes)), ends)
  return { html, document: parseHTML(html).document }
}

/** Every element that opens also closes, in order: linkedom would mend it silently. */
function unclosed(html: string): string[] {
  const open: string[] = []
  const empty = new Set(['meta', 'img', 'br'])
  for (const [tag, closing, name, own] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|[^">])*?(\/?)>/g)) {
    if (own === '/' || empty.has(name!)) continue
    if (closing === '/') {
      if (open.pop() !== name) return [...open, tag]
    } else open.push(name!)
  }
  return open
}

describe('renderReport', () => {
  it('is well-formed and refers to nothing outside itself', () => {
    const { html, document } = render(allEnds())
    expect(unclosed(html)).toEqual([])
    expect(document.querySelectorAll('script, link, iframe, object, a[href]')).toHaveLength(0)
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name.startsWith('on')).toBe(false)
        if (name === 'src' || name === 'href') expect(value.startsWith('data:image/png;base64,')).toBe(true)
      }
    }
    expect(html).not.toMatch(/url\(|@import|undefined|NaN|\[object/)
    expect(
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content'),
    ).toBe("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
  })

  it('shows every part, each figure with its description', () => {
    const { document } = render(allEnds())
    const text = document.body.textContent ?? ''
    for (const part of [
      '97.3 %',
      '87.1 %',
      '89.1 %',
      '19.8 %',
      '82.0 %',
      '11,111 MACs',
      '222,222 ACs',
      'no delays',
      'integrated implicitly',
      'single run',
      'spikegrad compare --seed 1',
      'a'.repeat(64),
    ]) {
      expect(text).toContain(part)
    }
    const images = [...document.querySelectorAll('img')]
    expect(images).toHaveLength(3)
    for (const image of images) expect(image.getAttribute('alt')).toBeTruthy()
    const plots = [...document.querySelectorAll('svg')]
    expect(plots.length).toBeGreaterThanOrEqual(8)
    for (const plot of plots) {
      expect(plot.getAttribute('role')).toBe('img')
      expect(plot.getAttribute('aria-label')).toBeTruthy()
    }
    expect(document.querySelector('.notice')).toBeNull()
  })

  it('says at the top that a run was stopped, and shows what there is', () => {
    const snn = {
      outcome: {
        ...snnOutcome('stopped'),
        raster: null,
        curve: [],
        receptiveFields: new Float32Array(0),
        neuronLabels: new Int32Array(0),
      },
    }
    const { html, document } = render({ ...allEnds(), snn })
    expect(unclosed(html)).toEqual([])
    expect(document.querySelector('.notice')?.textContent).toContain('stopped before its end')
    expect(document.body.textContent).toContain('The test was not reached.')
    expect(html).not.toMatch(/NaN|Infinity/)
  })

  it('claims nothing of labels that were never read', () => {
    const outcome = { ...snnOutcome('stopped'), neuronLabels: new Int32Array(9).fill(-1) }
    const text = render({ ...allEnds(), snn: { outcome } }).document.body.textContent ?? ''
    expect(text).toContain('no neuron stands for a digit yet')
    expect(text).not.toMatch(/then named|one pass in/)
  })

  it('tells of a stopped run only what was seen', () => {
    const curve = [{ images: 30, accuracy: 0.5 }]
    const mlp = { outcome: { ...mlpOutcome('stopped'), epochs: 0, curve } }
    const snn = { outcome: { ...snnOutcome('stopped'), presentations: 35, curve } }
    const text = render({ ...allEnds(), mlp, snn }).document.body.textContent ?? ''
    expect(text).toContain('The MLP saw at least 30 images before it stopped')
    expect(text).toContain('the spiking network went over at least 30, in 35 presentations')
    expect(text).toContain('learns from none.')
    expect(text).toContain('labels from training images alone')
    expect(text).not.toMatch(/\b0 (times|passes|training)|read-out uses/)
  })

  it('says which test images the figures are of, and that there is one pass', () => {
    const few = render(allEnds()).document.body.textContent ?? ''
    expect(few).toContain('MLP, on the first 20 test images: 97.3 %')
    expect(few).toContain('the spiking network makes one pass')
    const dataset = { name: 'MNIST', sha256: 'a'.repeat(64), train: 40, test: 10_000 }
    const all = render(allEnds(), { dataset }).document.body.textContent ?? ''
    expect(all).toContain('MLP, on the test images: 97.3 %')
  })

  it('says when the image of the raster had to be shown brighter', () => {
    const normal = render(allEnds()).document.querySelector('.raster figcaption')?.textContent
    expect(normal).not.toContain('brighter')
    const outcome = snnOutcome()
    const snn = { outcome: { ...outcome, raster: { ...outcome.raster!, intensity: 3 } } }
    const { document } = render({ ...allEnds(), snn })
    expect(document.querySelector('.raster figcaption')?.textContent).toContain(
      'shown brighter, at intensity 3 in place of 2, because it drew too few spikes at first',
    )
  })

  it('names the control at the left of its rule, over a halo', () => {
    const { document } = render(allEnds())
    const labels = [...document.querySelectorAll('svg g[stroke="var(--paper)"]')].filter(group =>
      group.textContent?.includes('class mean 82.0 %'),
    )
    expect(labels).toHaveLength(2)
    for (const label of labels) {
      expect(label.getAttribute('text-anchor')).toBe('start')
      expect(label.getAttribute('paint-order')).toBe('stroke')
    }
  })

  it('renders when nothing was learned at all', () => {
    const { html, document } = render({ mlp: { error: 'broken' }, snn: { error: 'broken too' } })
    expect(unclosed(html)).toEqual([])
    expect(document.querySelector('.notice')?.textContent).toContain('MLP: broken')
  })

  it('escapes words that come from outside', () => {
    const evil = '<img src=x onerror=alert(1)>"&'
    const { html, document } = render(
      { ...allEnds(), mlp: { outcome: { ...mlpOutcome('failed'), message: evil } } },
      { dataset: { name: evil, sha256: 'a'.repeat(64), train: 40, test: 20 } },
    )
    expect(html).not.toContain('<img src=x')
    expect(document.querySelectorAll('img')).toHaveLength(3)
    expect(document.querySelector('.notice')?.textContent).toContain(evil)
  })
})

describe('drawTiles', () => {
  it('puts each tile in its place with its values as colours', () => {
    const values = new Float32Array(784 * 2)
    for (let pixel = 0; pixel < 784; pixel++) values[pixel * 2 + 1] = 1
    const picture = drawTiles({ values, count: 2, order: [1, 0], columns: 2, range: [0, 1], ramp: greyRamp })
    const png = decode(Buffer.from(picture.uri.split(',')[1]!, 'base64'))
    expect([png.width, png.height]).toEqual([picture.width, picture.height])
    const scale = picture.width / 59
    const at = (column: number, row: number) => png.data[row * scale * png.width + column * scale]
    expect([at(1, 1), at(28, 28), at(30, 1), at(57, 28)]).toEqual([254, 254, 0, 0])
    expect([at(0, 0), at(29, 10)]).toEqual([255, 255])
  })

  it('takes a scale that outliers cannot spoil', () => {
    const values = Float32Array.from({ length: 10_000 }, (_, i) => (i === 5 ? 1e9 : Math.sin(i)))
    expect(robustMaximum(values)).toBeCloseTo(1, 2)
    expect([robustMaximum([]), robustMaximum([0, 0])]).toEqual([1, 1])
  })

  it('has ramps of whole colours', () => {
    for (const ramp of [greyRamp, sequentialRamp, divergingRamp]) {
      expect(ramp).toHaveLength(255)
      for (const colour of ramp) {
        expect(colour).toHaveLength(3)
        for (const part of colour) expect(part >= 0 && part <= 255).toBe(true)
      }
    }
  })
})
