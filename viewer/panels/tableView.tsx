// The numbers behind a panel as a table: so many rows at a time, and it says which of how many.
import './panels.css'
import { useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import type { PanelName } from '../stage/view.ts'
import { source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { count } from './format.ts'
import { shownFrames } from './frames.ts'
import { ScrollBox } from './scrollBox.tsx'
import { type Cell, type Column, panelTable, type Table } from './tables.ts'

/** Rows of a table that are in the page at once. */
const PAGE = 25

/** The table of a panel of the stage, renewed as the page is told of new frames. */
export function TableView({ panel }: { readonly panel: PanelName }) {
  const frames = shownFrames()
  const table = panelTable(panel, frames, source.value?.history.mlp ?? null, text.value)
  if (table === null) return <p class="panel-quiet">{text.value.panels.nothingYet}</p>
  return <PagedTable table={table} />
}

/** Any table, a page of rows at a time. */
export function PagedTable({ table }: { readonly table: Table }) {
  const words = text.value.panels.table
  const [wanted, setFirst] = useState(0)
  const last = Math.max(0, Math.floor((table.rows - 1) / PAGE) * PAGE)
  const first = Math.min(wanted, last)
  const end = Math.min(first + PAGE, table.rows)
  const rows = Array.from({ length: end - first }, (_, index) => table.row(first + index))
  return (
    <div class="paged-table">
      <ScrollBox label={table.caption}>
        <table>
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              {table.columns.map(column => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, index) => (
              <Row key={first + index} cells={cells} columns={table.columns} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {table.note && <p class="panel-quiet">{table.note}</p>}
      <div class="paged-table-pages">
        <Button kind="quiet" disabled={first === 0} onClick={() => setFirst(first - PAGE)}>
          <span aria-hidden="true">←</span>
          <span class="visually-hidden">{words.previous}</span>
        </Button>
        <span>{words.rows(count(Math.min(first + 1, table.rows)), count(end), count(table.rows))}</span>
        <Button kind="quiet" disabled={end >= table.rows} onClick={() => setFirst(first + PAGE)}>
          <span aria-hidden="true">→</span>
          <span class="visually-hidden">{words.next}</span>
        </Button>
      </div>
    </div>
  )
}

function Row({ cells, columns }: { readonly cells: readonly Cell[]; readonly columns: readonly Column[] }) {
  const shown = cells.map((cell, column) =>
    typeof cell === 'number' ? (columns[column]!.show?.(cell) ?? String(cell)) : cell,
  )
  return (
    <tr>
      <th scope="row">{shown[0]}</th>
      {shown.slice(1).map((cell, column) => (
        <td key={columns[column + 1]!.title}>{cell}</td>
      ))}
    </tr>
  )
}
