// The top of the report: what was run, how it ended, and the two accuracies.
import type { JSX } from 'preact'
import { formatCount, formatDuration, formatPercent } from '../../cli/format.ts'
import type { CompareResult } from '../result.ts'
import { plural } from '../summary.ts'

/** Says at the very top that a run is not whole. */
export function Notice({ result }: { result: CompareResult }): JSX.Element | null {
  if (result.status === 'complete') return null
  const stopped = result.status === 'stopped'
  return (
    <div class="notice" role="note">
      <p>
        <strong>{stopped ? 'This run was stopped before its end.' : 'Part of this run failed.'}</strong> What
        follows is what was learned and measured until then; a dash stands for what was not measured.
      </p>
      {result.messages.length > 0 && (
        <ul>
          {result.messages.map(message => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What the figures say, in sentences that hold whatever they are. */
function verdict({ models, dataset }: CompareResult): string {
  const { mlp, snn } = models
  const words: string[] = []
  if (mlp.testAccuracy !== null || snn.testAccuracy !== null) {
    words.push(`Accuracy on ${plural(dataset.test, 'test image')} that neither network learned from.`)
  }
  if (mlp.testAccuracy !== null && snn.testAccuracy !== null) {
    const points = Math.abs(100 * (mlp.testAccuracy - snn.testAccuracy)).toFixed(1)
    const ahead = mlp.testAccuracy >= snn.testAccuracy ? 'The MLP' : 'The spiking network'
    words.push(`${ahead} gets ${points} points more of them right.`)
  }
  if (snn.testAccuracy !== null) {
    const labels = plural(snn.labelImages, 'training label')
    words.push(`The spiking network used no label to learn; ${labels} then named what its neurons had found.`)
  }
  return words.join(' ')
}

/** How long a network trained; a run that was cut short made no whole pass of it. */
function trainingWords(status: string, passes: string, seconds: number | null): string {
  return status === 'complete'
    ? `${passes} in ${formatDuration(seconds)}`
    : `ended after ${formatDuration(seconds)}`
}

export function Headline({ result }: { result: CompareResult }): JSX.Element {
  const { models, dataset, config } = result
  const { mlp, snn } = models
  return (
    <header>
      <p class="eyebrow">
        spikegrad · {config.quick ? 'quick comparison' : 'comparison'} · {dataset.name}
      </p>
      <h1>Two networks, the same {formatCount(dataset.train)} images, two ways to learn</h1>
      <p class="lead">
        One is told the right answer for every image and corrects all its weights to be less wrong. The other
        is told nothing: its synapses change only with the spikes on either side of them.
      </p>
      <Notice result={result} />
      <div class="duel">
        <div class="mlp">
          <b>{formatPercent(mlp.testAccuracy)}</b>
          <strong>Multilayer perceptron</strong>
          <span>
            784-64-64-10, backpropagation and Adam,{' '}
            {trainingWords(mlp.status, plural(mlp.epochs, 'pass', 'passes'), mlp.trainSeconds)}
          </span>
        </div>
        <div class="snn">
          <b>{formatPercent(snn.testAccuracy)}</b>
          <strong>Spiking network</strong>
          <span>
            {plural(snn.neurons, 'excitatory neuron')} after Diehl & Cook (2015), local STDP,{' '}
            {trainingWords(snn.status, 'one pass', snn.trainSeconds)}
            {snn.testAccuracyLogLikelihood !== null &&
              `; ${formatPercent(snn.testAccuracyLogLikelihood)} with the log-likelihood read-out`}
          </span>
        </div>
      </div>
      <p>{verdict(result)}</p>
    </header>
  )
}
