// Numbers as CSV (RFC 4180): a header line, full precision, an empty cell where there is no number.
import { type History, measures } from '../frames/history.ts'
import type { Cell, Table } from '../panels/tables.ts'

/** One cell. A text that a spreadsheet would take for a formula is quoted with an apostrophe before it. */
function cell(value: Cell): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export function csv(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cell).join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** Every point measured of both networks, a line for each. */
export function seriesCsv(history: History): string {
  return csv(['network', ...measures], pointsOf(history))
}

function* pointsOf(history: History): Generator<Cell[]> {
  for (const network of ['mlp', 'brain'] as const) {
    const series = history.of(network)
    const columns = measures.map(measure => series.column(measure))
    for (let point = 0; point < series.length; point++)
      yield [network, ...columns.map(column => column[point]!)]
  }
}

/** All rows of a table, with its numbers as they are. */
export function tableCsv(table: Table): string {
  return csv(
    table.columns.map(({ title }) => title),
    Array.from({ length: table.rows }, (_, index) => table.row(index)),
  )
}
