// What may be concluded, how the spiking network departs from its paper, and how to run it all again.
import type { JSX } from 'preact'
import { formatCount, formatDuration } from '../../cli/format.ts'
import type { CompareResult } from '../result.ts'
import { mlpImagesSeen, mlpTrained, plural, snnImages } from '../summary.ts'

/** How many images the MLP saw, in a sentence. */
function mlpSaw(result: CompareResult): string {
  const { models, dataset } = result
  if (mlpTrained(result)) {
    const passes = plural(models.mlp.epochs, 'pass', 'passes')
    return `The MLP went over ${plural(dataset.train, 'image')} in ${passes}`
  }
  const seen = mlpImagesSeen(result)
  if (seen === null) return 'The MLP stopped before its images were counted'
  return `The MLP saw at least ${plural(seen, 'image')} before it stopped, each counted once a pass`
}

function snnSaw(result: CompareResult): string {
  const images = snnImages(result)
  const presentations = plural(result.models.snn.presentations, 'presentation')
  return images === null ? `made ${presentations}` : `went over ${images}, in ${presentations}`
}

export function Comparable({ result }: { result: CompareResult }): JSX.Element {
  const { dataset } = result
  const { snn } = result.models
  return (
    <>
      <h2>What is comparable, and what is not</h2>
      <ul>
        <li>
          <strong>The images are the same</strong>, in training and in test, and neither network saw a test
          image before its test.
        </li>
        <li>
          <strong>The number of images seen is not.</strong> {mlpSaw(result)}; the spiking network{' '}
          {snnSaw(result)}, images that drew too few spikes being shown again.
        </li>
        <li>
          <strong>The labels are not.</strong> The MLP learns from the label of every image it sees. The
          spiking network learns from none
          {snn.labelImages > 0 && `, and its read-out uses ${formatCount(snn.labelImages)}`}.
        </li>
        <li>
          <strong>Operations are counts, not energy.</strong> A MAC is a multiplication and an addition, an AC
          an addition alone; both are counted only where the input and the weight are not zero. Reading
          weights from memory, which costs most on real machines, is not counted; nor are the spiking
          network’s membrane updates.
        </li>
        <li>
          <strong>Times are of this program on this machine</strong>, with both networks training side by
          side. They are no property of the two ways of learning.
        </li>
        <li>
          <strong>It is a single run</strong>: one seed, {plural(dataset.test, 'test image')}. A difference of
          a point or less may be chance.
        </li>
      </ul>
    </>
  )
}

export function Departures({ result }: { result: CompareResult }): JSX.Element {
  const { labelImages } = result.models.snn
  return (
    <>
      <h2>How this network differs from Diehl & Cook’s</h2>
      <p>
        The spiking network is that of P. U. Diehl and M. Cook, “Unsupervised learning of digit recognition
        using spike-timing-dependent plasticity”, Frontiers in Computational Neuroscience 9:99, 2015,
        doi:10.3389/fncom.2015.00099, with these departures:
      </p>
      <ul>
        <li>Input synapses have no delays; the authors’ code draws them from 0 to 10 ms.</li>
        <li>
          Membranes and conductances are integrated implicitly, which stays stable under strong inhibition,
          where the authors’ forward Euler method does not. An input spike so carries half as much charge
          again, an excitatory spike draws two inhibitory spikes in place of one, and with both together the
          network learns better.
        </li>
        <li>
          Neurons get their labels from{' '}
          {labelImages > 0 ? plural(labelImages, 'training image') : 'training images'} alone. The authors’
          released evaluation takes them from the test set, which flatters the figure.
        </li>
        <li>One pass over the training images; the paper makes up to fifteen, three for 400 neurons.</li>
      </ul>
    </>
  )
}

export function Reproduce({ result }: { result: CompareResult }): JSX.Element {
  const { environment, dataset } = result
  const facts: readonly [string, string][] = [
    ['Seed', String(result.seed)],
    [
      'Data',
      `${dataset.name}, ${formatCount(dataset.train)} training and ${formatCount(dataset.test)} test images`,
    ],
    ['SHA-256', dataset.sha256],
    ['spikegrad', environment.spikegrad],
    ['Backend', result.backend],
    ['Node', `${environment.node} (V8 ${environment.v8})`],
    [
      'Machine',
      `${environment.cpu}, ${plural(environment.cores, 'core')}, ${environment.platform} ${environment.arch}`,
    ],
    ['Run', `${result.startedAt}, ${formatDuration(result.seconds)} in all`],
  ]
  return (
    <>
      <h2>Run it again</h2>
      <pre>
        <code>{result.command}</code>
      </pre>
      <dl>
        {facts.map(([term, fact]) => (
          <>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </>
        ))}
      </dl>
    </>
  )
}
