// The brain in time: in slow motion every spike of the sample as it comes, else the last samples; below, how much the whole layer fires.
import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import { IMAGE_DURATION, PRESENTATION_DURATION } from '../../experiments/learners/brainFrame.ts'
import { stageColours, withAlpha } from './colours.ts'
import { classColour } from './palettes.ts'
import { type MakePanel, type Panel, type Scene, Seen } from './panel.ts'
import { QuadBatch } from './quads.ts'
import { Raster } from './raster.ts'
import type { ArrangedRows } from './rasterRange.ts'
import { GROUPS, MOST_ROWS, orderByLabel, rasterRows } from './rasterRows.ts'
import {
  COLUMN_DURATION,
  fillRecent,
  fillSample,
  RECENT_COLUMNS,
  RecentSamples,
  SAMPLE_COLUMNS,
  smoothRates,
} from './spikeColumns.ts'
import { type TimeLayout, timeLayout } from './timeLayout.ts'
import type { Rectangle, StageView, Target } from './view.ts'

/** New spikes take on their own colour at this share for each column. */
const COOLING = 0.12
/** Spikes a millisecond of the whole layer that the rate's scale reaches at least. */
const LEAST_RATE = 0.2
const LEAST_TOTAL = 20

class BrainTime implements Panel {
  readonly #scene: Scene
  readonly #raster: Raster
  readonly #batch: QuadBatch
  readonly #seen = new Seen()
  readonly #counts = new Float32Array(SAMPLE_COLUMNS)
  readonly #rates = new Float32Array(SAMPLE_COLUMNS)
  readonly #starts = new Uint16Array(GROUPS + 1)
  #recent = new RecentSamples(0)
  #order = new Uint16Array(0)
  #labels = new Int8Array(0)
  #rows: ArrangedRows = { ...rasterRows(0, 1), rowOf: new Uint16Array(0) }
  #layout: TimeLayout | null = null
  /** The frame whose spikes were taken, and how many images it had seen. */
  #frame: BrainFrame | null = null
  #samples = -1

  constructor(scene: Scene) {
    this.#scene = scene
    this.#raster = new Raster(scene, SAMPLE_COLUMNS + RECENT_COLUMNS)
    this.#batch = new QuadBatch(scene)
  }

  place(rectangle: Rectangle | null): void {
    this.#seen.forget()
    if (rectangle === null) return
    this.#layout = timeLayout(rectangle, this.#scene.pixel)
    this.#raster.place(this.#layout.raster)
    this.#arrange()
  }

  draw(view: StageView): void {
    const { brain, time, slow, theme, focus, hover } = view
    const layout = this.#layout
    if (brain === null || layout === null) return
    if (brain !== this.#frame) this.#take(brain)
    const marked = focus?.kind === 'brain' ? focus.unit : -1
    const under = hover?.kind === 'brain' ? hover.unit : -1
    if (!this.#seen.changed(brain, slow, slow ? time : 0, theme, marked, under)) return
    const over = slow ? Math.floor(Math.min(time, PRESENTATION_DURATION) / COLUMN_DURATION) : RECENT_COLUMNS
    this.#raster.draw({
      ...{ theme, colours: stageColours[theme], rows: this.#rows.rows, rowHeight: this.#rowHeight(layout) },
      ...(slow
        ? { first: 0, columns: SAMPLE_COLUMNS, oldest: 0, over, cooling: this.#cooling(view) }
        : {
            ...{ first: SAMPLE_COLUMNS, columns: RECENT_COLUMNS, oldest: this.#recent.head + 1 },
            ...{ over, cooling: 0 },
          }),
    })
    this.#batch.begin()
    this.#drawGroups(layout, view)
    for (const unit of [under, marked]) this.#drawNeuron(layout, view, unit)
    if (slow) this.#drawSampleRate(layout, view, over)
    else this.#drawRecentRate(layout, view)
  }

  pick(x: number, y: number): Target | null {
    const layout = this.#layout
    if (layout === null || this.#order.length === 0) return null
    const { left, top, width } = layout.raster
    const row = Math.floor((y - top) / this.#rowHeight(layout))
    if (x < left || x >= left + width || row < 0 || row >= this.#rows.rows) return null
    const unit = this.#order[row * this.#rows.neuronsPerRow]
    return unit === undefined ? null : { kind: 'brain', layer: 0, unit }
  }

  get raster(): ArrangedRows | null {
    return this.#frame === null ? null : this.#rows
  }

  dispose(): void {
    this.#raster.dispose()
    this.#batch.dispose()
  }

  #rowHeight({ raster }: TimeLayout): number {
    const { pixel } = this.#scene
    return Math.max(Math.floor(raster.height / this.#rows.rows / pixel + 1e-6), 1) * pixel
  }

  /** New spikes shine while the sample goes on, and not once it stands still. */
  #cooling({ time, reducedMotion }: StageView): number {
    return reducedMotion || time >= PRESENTATION_DURATION ? 0 : COOLING
  }

  #take(frame: BrainFrame): void {
    const { neurons } = frame.shape
    this.#frame = frame
    const anew = this.#recent.neurons !== neurons
    if (anew) {
      this.#recent = new RecentSamples(neurons)
      this.#order = new Uint16Array(neurons)
      this.#labels = new Int8Array(neurons).fill(-2)
    }
    // An image that was only read, or told of already, is none of the last ones.
    const learned = frame.image >= 0
    const began = learned && frame.samples < this.#samples
    if (began) this.#recent.clear()
    if (learned && (anew || frame.samples !== this.#samples)) this.#recent.add(frame)
    if (learned) this.#samples = frame.samples
    if (this.#differentLabels(frame.labels) || anew || began) {
      this.#labels.set(frame.labels)
      this.#arrange()
    } else {
      this.#fillRecent(this.#recent.head)
      this.#raster.changed(SAMPLE_COLUMNS + this.#recent.head, 1)
      this.#fillSample(frame)
    }
  }

  #differentLabels(labels: Int8Array): boolean {
    for (let neuron = 0; neuron < labels.length; neuron++)
      if (labels[neuron] !== this.#labels[neuron]) return true
    return false
  }

  /** Gives every neuron its row anew, and draws all columns again. */
  #arrange(): void {
    if (this.#layout === null || this.#frame === null) return
    const rows = rasterRows(this.#recent.neurons, this.#layout.raster.height)
    const rowOf = new Uint16Array(rows.neurons)
    this.#rows = { ...rows, rowOf }
    orderByLabel(this.#labels, this.#order, this.#starts)
    for (let place = 0; place < this.#order.length; place++)
      rowOf[this.#order[place]!] = Math.floor(place / rows.neuronsPerRow)
    for (let slot = 0; slot < RECENT_COLUMNS; slot++) this.#fillRecent(slot)
    this.#raster.changed(SAMPLE_COLUMNS, RECENT_COLUMNS)
    this.#fillSample(this.#frame)
  }

  #fillRecent(slot: number): void {
    const offset = (SAMPLE_COLUMNS + slot) * MOST_ROWS
    fillRecent(this.#recent, slot, this.#labels, this.#rows.rowOf, this.#raster.cells, offset)
  }

  #fillSample(frame: BrainFrame): void {
    fillSample(frame, this.#rows.rowOf, this.#raster.cells, this.#counts)
    smoothRates(this.#counts, this.#rates)
    this.#raster.changed(0, SAMPLE_COLUMNS)
  }

  /** Left of the rows: which digit they stand for. */
  #drawGroups(layout: TimeLayout, { theme }: StageView): void {
    const { raster, gutter } = layout
    const { neuronsPerRow } = this.#rows
    const rowHeight = this.#rowHeight(layout)
    const height = Math.min(layout.digitHeight, 11)
    let free = raster.top - height
    for (let group = 0; group < GROUPS; group++) {
      const first = Math.ceil(this.#starts[group]! / neuronsPerRow)
      const end = Math.ceil(this.#starts[group + 1]! / neuronsPerRow)
      if (end <= first) continue
      const top = raster.top + first * rowHeight
      const tall = (end - first) * rowHeight
      const colour = classColour(theme, group === GROUPS - 1 ? -1 : group)
      this.#batch.box(raster.left - 4, top + 0.5, 2, Math.max(tall - 1, 1), 1, colour)
      const middle = top + tall / 2
      // A digit for which there is no room between its neighbours is left out; its colour is still there.
      if (group === GROUPS - 1 || middle - height / 2 < free) continue
      this.#batch.digit(gutter + 4, middle, height, group, withAlpha(stageColours[theme].ink, 0.8))
      free = middle + height / 2
    }
  }

  /** A line along a neuron's row. */
  #drawNeuron(layout: TimeLayout, { theme, focus }: StageView, unit: number): void {
    const { rowOf } = this.#rows
    if (unit < 0 || unit >= rowOf.length) return
    const { raster } = layout
    const rowHeight = this.#rowHeight(layout)
    const y = raster.top + rowOf[unit]! * rowHeight
    const ink = withAlpha(stageColours[theme].ink, focus?.kind === 'brain' && focus.unit === unit ? 0.9 : 0.5)
    this.#batch.box(raster.left - 1, y - 1, raster.width + 2, rowHeight + 1, 1, withAlpha(ink, 0), 1, ink)
  }

  #drawSampleRate(layout: TimeLayout, { theme, time, slow }: StageView, over: number): void {
    const { raster, rate } = layout
    const colours = stageColours[theme]
    const column = rate.width / SAMPLE_COLUMNS
    let most = LEAST_RATE
    for (const value of this.#rates) most = Math.max(most, value)
    const bar = withAlpha(colours.ink, 0.5)
    for (let i = 0; i < over; i++) {
      const height = (this.#rates[i]! / most) * rate.height
      if (height > 0.2)
        this.#batch.box(rate.left + i * column, rate.top + rate.height - height, column, height, 0, bar)
    }
    this.#drawBase(layout, view => view.guide, theme)
    const end = raster.left + (raster.width * IMAGE_DURATION) / PRESENTATION_DURATION
    const bottom = rate.top + rate.height
    this.#batch.line(end, raster.top, end, bottom, 1, withAlpha(colours.ink, 0.3))
    // Where the image is on, along the strip between the two.
    const shown = Math.min(time / IMAGE_DURATION, 1) * (end - raster.left)
    this.#batch.box(raster.left, layout.strip.top, end - raster.left, layout.strip.height, 1.5, colours.guide)
    if (shown > 0)
      this.#batch.box(raster.left, layout.strip.top, shown, layout.strip.height, 1.5, colours.rim)
    if (!slow || time >= PRESENTATION_DURATION) return
    const x = raster.left + (raster.width * time) / PRESENTATION_DURATION
    this.#batch.box(x - 0.75, raster.top, 1.5, bottom - raster.top, 0.75, colours.ink)
  }

  /** For each of the last samples its spikes, and above them the digit it was: a full mark where the brain named it. */
  #drawRecentRate(layout: TimeLayout, { theme }: StageView): void {
    const { rate, strip } = layout
    const { totals, labels, predicted, head, length } = this.#recent
    const colours = stageColours[theme]
    const column = rate.width / RECENT_COLUMNS
    const bar = withAlpha(colours.ink, 0.4)
    let most = LEAST_TOTAL
    for (const total of totals) most = Math.max(most, total)
    for (let age = 0; age < length; age++) {
      const slot = (head - age + RECENT_COLUMNS) % RECENT_COLUMNS
      const x = rate.left + (RECENT_COLUMNS - 1 - age) * column
      const height = (totals[slot]! / most) * rate.height
      this.#batch.box(x, rate.top + rate.height - height, Math.max(column - 1, 0.5), height, 0.5, bar)
      const label = labels[slot]!
      if (label < 0) continue
      const right = label === predicted[slot]
      const thick = right ? strip.height : 1
      const hue = withAlpha(classColour(theme, label), right ? 1 : 0.7)
      this.#batch.box(x, strip.top + strip.height - thick, Math.max(column - 1, 0.5), thick, 0, hue)
    }
    this.#drawBase(layout, view => view.guide, theme)
  }

  #drawBase(
    { rate }: TimeLayout,
    colourOf: (colours: (typeof stageColours)['dark']) => number,
    theme: StageView['theme'],
  ): void {
    this.#batch.box(rate.left, rate.top + rate.height, rate.width, 1, 0, colourOf(stageColours[theme]))
  }
}

export const makeBrainTime: MakePanel = scene => new BrainTime(scene)
