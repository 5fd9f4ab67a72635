// The comparison as a table in the terminal.
import Table from 'cli-table3'
import type { CompareResult } from '../compare/result.ts'
import { caution, controlRows, summaryRows } from '../compare/summary.ts'

/** The table and the caution that belongs under it; no colours, so that it reads the same in a file. */
export function terminalTable(result: CompareResult): string {
  const table = new Table({
    head: ['', 'MLP (backpropagation)', 'Spiking network (STDP)'],
    style: { head: [], border: [], compact: true },
  })
  for (const { label, mlp, snn } of summaryRows(result)) table.push([label, mlp, snn])
  for (const { label, value, meaning } of controlRows(result)) {
    table.push([label, { colSpan: 2, content: `${value} (${meaning})` }])
  }
  return `${table.toString()}\n${caution(result)}\n`
}
