// Every bar of the viewer, measured in the real browser with short loops.
import { expect, it } from 'vitest'
import { runViewer } from '../../bench/suites/viewer.ts'
import { formatOutcomes } from '../../bench/table.ts'

it('the viewer meets its bars', async () => {
  const { signal } = new AbortController()
  const outcomes = await runViewer({ quick: true, signal, say: line => console.log(line) })
  console.log(formatOutcomes(outcomes))
  const bars = outcomes.flatMap(outcome => (outcome.kind === 'bar' ? [outcome.bar] : []))
  expect(bars.length).toBeGreaterThan(25)
  expect(outcomes.filter(({ kind }) => kind !== 'bar')).toEqual([])
  expect(bars.filter(({ met }) => !met)).toEqual([])
})
