// How recordings behave: seeking in a long one, and files that are cut off or altered.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { RandomStream } from '../../src/index.ts'
import { buildPage } from '../../test/browser/build.ts'
import { listen } from '../../test/browser/openPage.ts'
import { serveFolder } from '../../test/browser/server.ts'
import { type BarInput, percentile } from '../bar.ts'
import { significant } from '../table.ts'
import { makeRecording } from './madeRecording.ts'
import type { SeekResult } from './seekPage.ts'
import type { ViewerContext } from './site.ts'

const MINUTE = 60

async function seekIn({ browser }: ViewerContext, recording: Uint8Array): Promise<SeekResult> {
  const built = await buildPage('bench/viewer/seekPage.ts')
  writeFileSync(join(built.folder, 'recording.mcap'), recording)
  const served = await serveFolder(built.folder, { isolated: true })
  const page = await browser.newPage()
  const complaints = listen(page)
  try {
    await page.goto(served.url + built.page)
    return await page.evaluate(() => (globalThis as unknown as { result: Promise<SeekResult> }).result)
  } catch (error) {
    throw new Error([String(error), ...complaints].join('\n'), { cause: error })
  } finally {
    await page.close()
    await served.close()
    built.remove()
  }
}

/** A recording with some of its bytes changed, one moved, or its end cut off. */
function spoil(recording: Uint8Array, stream: RandomStream): Uint8Array {
  const place = () => Math.floor(stream.uniform() * recording.length)
  if (stream.uniform() < 0.3) return recording.subarray(0, place())
  const spoilt = recording.slice()
  const changes = 1 + Math.floor(8 * stream.uniform())
  for (let change = 0; change < changes; change++) {
    const at = place()
    // Lengths lie anywhere: the largest ones are tried more often than chance would.
    if (stream.uniform() < 0.3) spoilt.fill(255, at, at + 8)
    else spoilt[at] = Math.floor(256 * stream.uniform())
  }
  return spoilt
}

interface Fuzzed {
  readonly opened: number
  readonly refused: number
  /** Errors that are not of the format's own kind. */
  readonly wrong: readonly string[]
  /** Longest opening and showing, ms. */
  readonly slowest: number
}

async function fuzz(recording: Uint8Array, files: number): Promise<Fuzzed> {
  const stream = new RandomStream(1, 'fuzz')
  let [opened, refused, slowest] = [0, 0, 0]
  const wrong: string[] = []
  for (let file = 0; file < files; file++) {
    const before = performance.now()
    try {
      const found = await openRecording(spoil(recording, stream))
      const { mlp, brain } = found.readers()
      const last = found.moments.at(-1)
      if (last !== undefined && last.mlp >= 0) mlp.read(last.mlp)
      if (last !== undefined && last.brain >= 0) brain.read(last.brain)
      opened++
    } catch (error) {
      if (error instanceof RecordingError) refused++
      else wrong.push(String(error))
    }
    slowest = Math.max(slowest, performance.now() - before)
  }
  return { opened, refused, wrong, slowest }
}

export async function measureRecordings(context: ViewerContext): Promise<BarInput[]> {
  const { quick } = context
  const [minutes, files] = quick ? [1, 500] : [10, 10_000]
  const result = await seekIn(context, await makeRecording(minutes * MINUTE))
  const fuzzed = await fuzz(await makeRecording(2), files)
  const remark = quick ? ' (quick: 10 minutes, 10,000 files without --quick)' : ''
  const length = `${significant(result.seconds / MINUTE)} minutes, ${result.moments} moments${remark}`
  return [
    {
      name: 'seek in a long recording, 95 of 100',
      ...{ measured: percentile(result.times, 0.95), unit: 'ms', target: 100, sense: 'at most' },
      note: `${result.times.length} seeks in ${length}; median ${significant(percentile(result.times, 0.5))} ms; playing on takes ${significant(result.playing)} ms`,
    },
    {
      name: 'seeks that differ from playing through',
      ...{ measured: result.different, unit: '', target: 0, sense: 'at most' },
      note: 'every byte of both frames',
    },
    {
      name: 'spoilt recordings that neither open nor give a typed error',
      ...{ measured: fuzzed.wrong.length, unit: '', target: 0, sense: 'at most' },
      note: `of ${files}: ${fuzzed.opened} opened, ${fuzzed.refused} refused, the slowest ${significant(fuzzed.slowest)} ms${remark}${[
        ...new Set(fuzzed.wrong),
      ]
        .slice(0, 5)
        .map(text => `; ${text}`)
        .join('')}`,
    },
  ]
}
