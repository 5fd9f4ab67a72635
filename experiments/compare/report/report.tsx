// The report: one HTML file that needs nothing else, made of a result and the pictures of what was learned.
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { MlpOutcome, SnnOutcome } from '../outcome.ts'
import type { CompareResult } from '../result.ts'
import type { TaskEnds } from '../workers.ts'
import { ConfusionMatrix } from './confusion.tsx'
import { LearningCurves } from './curves.tsx'
import { FirstLayer, ReceptiveFields } from './fields.tsx'
import { Headline } from './headline.tsx'
import { networkColour } from './palette.ts'
import { Comparable, Departures, Reproduce } from './provenance.tsx'
import { Raster } from './raster.tsx'
import { style } from './style.ts'
import { DifferencesTable, SummaryTable } from './tables.tsx'

/** No script, no request: whatever ends up in the page, it can only be looked at. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

function Missing({ what }: { what: string }): JSX.Element {
  return <p class="missing">{what} did not get far enough to be shown.</p>
}

function Learned({ mlp, snn }: { mlp: MlpOutcome | null; snn: SnnOutcome | null }): JSX.Element {
  return (
    <>
      <h2>What each network learned</h2>
      <div class="pair">
        {snn !== null && snn.receptiveFields.length > 0 ? (
          <ReceptiveFields fields={snn.receptiveFields} labels={snn.neuronLabels} />
        ) : (
          <Missing what="The spiking network" />
        )}
        {mlp !== null && mlp.firstLayer.length > 0 ? (
          <FirstLayer weights={mlp.firstLayer} />
        ) : (
          <Missing what="The MLP" />
        )}
      </div>
    </>
  )
}

function Confusions({ result }: { result: CompareResult }): JSX.Element {
  const { mlp, snn } = result.models
  return (
    <>
      <h2>Which digits are taken for which</h2>
      <p>
        Rows are the true digit, columns the answer; the stronger the colour, the larger the share of its row
        (on a square-root scale, so that rare errors show).
      </p>
      <div class="pair">
        <ConfusionMatrix
          title="MLP"
          name="MLP"
          className="mlp"
          confusion={mlp.confusion}
          colour={networkColour.mlp}
        />
        <ConfusionMatrix
          title="Spiking network, by vote"
          name="spiking network"
          className="snn"
          confusion={snn.confusion}
          colour={networkColour.snn}
        />
      </div>
    </>
  )
}

function Report({
  result,
  mlp,
  snn,
}: {
  result: CompareResult
  mlp: MlpOutcome | null
  snn: SnnOutcome | null
}): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`spikegrad: MLP and spiking network on ${result.dataset.name}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <main>
          <Headline result={result} />
          <h2>The figures</h2>
          <SummaryTable result={result} />
          <h2>How fast they learn</h2>
          <LearningCurves result={result} />
          <Learned mlp={mlp} snn={snn} />
          <Confusions result={result} />
          <h2>One image, in spikes</h2>
          {snn?.raster ? (
            <Raster raster={snn.raster} labels={snn.neuronLabels} />
          ) : (
            <Missing what="The spiking network" />
          )}
          <h2>How the two differ</h2>
          <DifferencesTable />
          <Comparable result={result} />
          <Departures result={result} />
          <Reproduce result={result} />
          <footer>
            Made by spikegrad {result.environment.spikegrad}. The figures behind this page are in result.json
            beside it, what was learned in weights/.
          </footer>
        </main>
      </body>
    </html>
  )
}

/**
 * Renders the report as one HTML document without script or external reference.
 * Parts that a run did not reach say so in their place.
 */
export function renderReport(result: CompareResult, ends: TaskEnds): string {
  const mlp = ends.mlp !== undefined && 'outcome' in ends.mlp ? ends.mlp.outcome : null
  const snn = ends.snn !== undefined && 'outcome' in ends.snn ? ends.snn.outcome : null
  return `<!doctype html>\n${renderToString(<Report result={result} mlp={mlp} snn={snn} />)}\n`
}
