// Beside the raster: which neurons its rows hold, "n to m of N"; of a row that is looked at, which ones share it.
import { useEffect, useState } from 'preact/hooks'
import { count } from '../panels/format.ts'
import { type ArrangedRows, rasterRange } from '../stage/rasterRange.ts'
import { focus, hover } from '../state/store.ts'
import { text } from '../text/text.ts'
import { player } from './player.ts'
import { stage } from './stageHost.ts'

export function RasterNote() {
  const [rows, setRows] = useState<ArrangedRows | null>(null)
  useEffect(() => {
    // The picture arranges its rows whenever its size or the neurons' labels change, whether anything plays or not.
    const look = () => setRows(stage.peek()?.raster ?? null)
    player.watchers.add(look)
    return () => void player.watchers.delete(look)
  }, [])
  return <p class="figure-note">{rows === null ? '\u00a0' : noteOf(rows)}</p>
}

function noteOf(rows: ArrangedRows): string {
  const words = text.value.stage.captions
  const unit = hover.value ?? focus.value
  const row = unit?.kind === 'brain' ? rows.rowOf[unit.unit] : undefined
  const { first, last, total } = rasterRange(rows, row, row)
  return row === undefined
    ? words.raster(count(first), count(last), count(total), rows.neuronsPerRow)
    : words.rasterRow(count(first), count(last), count(total))
}
