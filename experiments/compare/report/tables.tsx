// The report's tables: the figures with their controls, and the difference between the two networks in words.
import type { JSX } from 'preact'
import type { CompareResult } from '../result.ts'
import { caution, controlRows, type SummaryRow, summaryRows } from '../summary.ts'

function NetworkHead(): JSX.Element {
  return (
    <thead>
      <tr>
        <td />
        <th class="mlp" scope="col">
          MLP
        </th>
        <th class="snn" scope="col">
          Spiking network
        </th>
      </tr>
    </thead>
  )
}

function NetworkRow({ row }: { row: SummaryRow }): JSX.Element {
  return (
    <tr>
      <th scope="row">{row.label}</th>
      <td>{row.mlp}</td>
      <td>{row.snn}</td>
    </tr>
  )
}

export function SummaryTable({ result }: { result: CompareResult }): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <caption>{caution(result)}</caption>
        <NetworkHead />
        <tbody>
          {summaryRows(result).map(row => (
            <NetworkRow key={row.label} row={row} />
          ))}
          {controlRows(result).map(({ label, value, meaning }) => (
            <tr key={label} class="control">
              <th scope="row">{label}</th>
              <td colSpan={2}>
                {value} <span class="aside">({meaning})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const differences: readonly SummaryRow[] = [
  {
    label: 'What adapts',
    mlp: 'Every weight and bias of all three layers.',
    snn: 'The synapses from the input to the excitatory neurons, and each neuron’s threshold. Inhibition is fixed.',
  },
  {
    label: 'What it minimises',
    mlp: 'The cross-entropy between its answer and the label, over the training images.',
    snn: 'Nothing that is written down. Competition and normalised weights make each neuron drift to the images it wins.',
  },
  {
    label: 'The rule',
    mlp: 'Backpropagation carries the error from the output back through every layer; Adam scales each step.',
    snn: 'Triplet STDP: an input spike weakens a synapse whose neuron fired just before; a neuron’s spike strengthens the synapses whose input came just before.',
  },
  {
    label: 'What a synapse must know',
    mlp: 'The error at the output and every weight in between.',
    snn: 'The recent spikes of the two neurons it joins.',
  },
  {
    label: 'What supervises it',
    mlp: 'A label for every image, in every pass.',
    snn: 'No label. Labels only name the neurons once learning is over.',
  },
  {
    label: 'What units send each other',
    mlp: 'One real number each, once an image.',
    snn: 'Spikes: all or nothing, in time, over 350 ms of the network’s own time an image.',
  },
  {
    label: 'What an answer costs',
    mlp: 'One multiply-accumulate for each non-zero input and weight: once an image.',
    snn: 'One addition for each spike and synapse it reaches; and every neuron is updated at every step of 0.5 ms, spike or no spike, which is not counted above.',
  },
]

export function DifferencesTable(): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <NetworkHead />
        <tbody>
          {differences.map(row => (
            <NetworkRow key={row.label} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
