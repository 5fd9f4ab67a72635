// What can be taken out of the page: a picture, a chart, numbers, the configuration, each as a file with a name that says what it is.

import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { BrainUnit } from '../panels/brainUnit.ts'
import { shownFrames } from '../panels/frames.ts'
import { panelTable } from '../panels/tables.ts'
import { SnapshotError } from '../stage/snapshots.ts'
import type { PanelName } from '../stage/view.ts'
import { writeConfig } from '../state/configFile.ts'
import { notify, source } from '../state/store.ts'
import { text } from '../text/text.ts'
import {
  accuracyChart,
  confusionChart,
  lossChart,
  membraneChart,
  outputChart,
  rasterChart,
} from './charts.ts'
import { seriesCsv, tableCsv } from './csv.ts'
import { download } from './download.ts'
import { fileName, hyphenated } from './fileName.ts'

/** What makes a PNG of a panel: the stage. */
export interface Photographer {
  snapshot(panel?: PanelName): Promise<Blob>
}

/** One thing that can be exported; `run` says so when it cannot. */
export interface Export {
  readonly label: string
  readonly run: () => void
}

/** What a panel of the stage offers. Without a stage there is no picture. */
export function panelExports(panel: PanelName, stage: Photographer | null): readonly Export[] {
  const words = text.value.panels.exports
  const list: Export[] = []
  if (stage !== null) list.push({ label: words.png, run: () => void exportPng(stage, panel) })
  if (panel in panelCharts) list.push({ label: words.svg, run: () => exportPanelSvg(panel) })
  list.push({ label: words.csv, run: () => exportPanelCsv(panel) })
  return list
}

/** What the whole run offers. */
export function runExports(stage: Photographer | null): readonly Export[] {
  const words = text.value.panels.exports
  return [
    ...(stage === null ? [] : [{ label: words.png, run: () => void exportPng(stage) }]),
    { label: words.svg, run: () => exportAccuracySvg() },
    { label: words.seriesCsv, run: exportSeries },
    { label: words.config, run: () => exportConfig() },
  ]
}

/** A PNG of a panel, or of all that the stage shows. */
async function exportPng(stage: Photographer, panel?: PanelName): Promise<void> {
  try {
    const picture = await stage.snapshot(panel)
    download(picture, fileName(panel === undefined ? 'stage' : hyphenated(panel), 'png', samples()))
  } catch (error) {
    const { failed, noPicture } = text.value.panels.exports
    notify('problem', error instanceof SnapshotError ? noPicture[error.problem] : failed)
  }
}

/** The accuracy of both networks as a drawing. */
export function exportAccuracySvg(against: 'samples' | 'operations' = 'samples', logarithmic = false): void {
  const history = source.value?.history
  saveSvg('accuracy', history ? accuracyChart(history, against, text.value, logarithmic) : null)
}

/** The MLP's loss as a drawing. */
export function exportLossSvg(): void {
  exportPanelSvg('mlpTime')
}

/** A neuron's membrane as a drawing. */
export function exportMembraneSvg(unit: BrainUnit): void {
  saveSvg(`neuron-${unit.unit}`, membraneChart(unit, text.value))
}

/** What a network called each digit, as a drawing. */
export function exportConfusionSvg(kind: 'mlp' | 'brain'): void {
  const frame = source.value?.current(kind) ?? null
  saveSvg(`${kind}-confusion`, frame && confusionChart(frame, text.value))
}

/** Every point of both networks' series. */
function exportSeries(): void {
  const history = source.value?.history
  if (history === undefined) failed()
  else download(seriesCsv(history), fileName('series', 'csv', samples()), 'text/csv')
}

/** The configuration, by default that of what is shown: of a recording, at the place where it is. */
export function exportConfig(config: LearnerConfig | undefined = source.value?.config): void {
  if (config === undefined) failed()
  else download(writeConfig(config), fileName('config', 'json', samples()), 'application/json')
}

/** The charts among the panels. */
const panelCharts: Partial<Record<PanelName, () => string | null>> = {
  mlpTime: () => {
    const history = source.value?.history
    return history ? lossChart(history, text.value) : null
  },
  brainTime: () => {
    const { brain } = shownFrames()
    return brain && rasterChart(brain, text.value.stage.fullNames.brainTime, text.value)
  },
  mlpOutput: () => {
    const { mlp } = shownFrames()
    return mlp && outputChart(mlp, text.value.stage.fullNames.mlpOutput, text.value)
  },
  brainOutput: () => {
    const { brain } = shownFrames()
    return brain && outputChart(brain, text.value.stage.fullNames.brainOutput, text.value)
  },
}

function exportPanelSvg(panel: PanelName): void {
  saveSvg(hyphenated(panel), panelCharts[panel]?.() ?? null)
}

function exportPanelCsv(panel: PanelName): void {
  const table = panelTable(panel, shownFrames(), source.value?.history.mlp ?? null, text.value)
  if (table === null) failed()
  else download(tableCsv(table), fileName(hyphenated(panel), 'csv', samples()), 'text/csv')
}

function saveSvg(what: string, drawing: string | null): void {
  if (drawing === null) failed()
  else download(drawing, fileName(what, 'svg', samples()), 'image/svg+xml')
}

function samples(): number | undefined {
  return source.value?.position
}

function failed(): void {
  notify('problem', text.value.panels.exports.failed)
}
