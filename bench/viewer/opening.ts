// How soon the page moves and learns, and how many bytes that takes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BarInput, percentile } from '../bar.ts'
import { significant } from '../table.ts'
import { sizesOf } from './bundle.ts'
import { untilLive, untilMoving } from './measures.ts'
import { type ViewerContext, withSite } from './site.ts'

const KILOBYTE = 1000
const VISITS = 3

interface Opening {
  /** Milliseconds since navigation. */
  readonly moving: number
  readonly live: number
  /** Bytes sent before the live run was shown, as a server that compresses sends them. */
  readonly bytes: number
  /** Their files, the largest first, with what each came to. */
  readonly files: readonly string[]
  /** Scripts sent until the picture moved. */
  readonly scripts: readonly string[]
}

/** What a server that compresses sends of a file. */
export function sentBytes(folder: string, path: string): number {
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
  const bytes = readFileSync(file)
  return /\.(html|js|css|json|svg|webmanifest)$/.test(file) ? gzipSync(bytes).length : bytes.length
}

function open(context: ViewerContext): Promise<Opening> {
  return withSite(context, { address: '?measure=1#/stage' }, async ({ page, served }) => {
    const [moving, live] = await Promise.all([untilMoving(page), untilLive(page)])
    const origin = await page.evaluate(() => performance.timeOrigin)
    const before = served.sent.filter(({ at }) => at <= origin + live)
    const sizes = before.map(({ path }) => ({ path, bytes: sentBytes(context.site.folder, path) }))
    const files = sizes
      .toSorted((a, b) => b.bytes - a.bytes)
      .map(({ path, bytes }) => `${path.replace(/^.*\//, '')} ${significant(bytes / KILOBYTE)}`)
    const bytes = sizes.reduce((sum, file) => sum + file.bytes, 0)
    const first = served.sent.filter(({ at, path }) => at <= origin + moving && path.endsWith('.js'))
    return { moving, live, bytes, files, scripts: first.map(({ path }) => path) }
  })
}

export async function measureOpening(context: ViewerContext): Promise<BarInput[]> {
  const openings: Opening[] = []
  for (let visit = 0; visit < VISITS; visit++) openings.push(await open(context))
  const of = (figure: 'moving' | 'live' | 'bytes') => openings.map(opening => opening[figure])
  const list = (figure: 'moving' | 'live', scale: number) =>
    of(figure)
      .map(value => significant(value / scale))
      .join(', ')
  const asked = new Set(openings.flatMap(({ scripts }) => scripts))
  const { bytes: initial, pixi, chunks } = sizesOf(context.site, asked)
  return [
    {
      name: 'moving picture after navigation',
      ...{ measured: percentile(of('moving'), 0.5) / 1000, unit: 's', target: 2, sense: 'at most' },
      note: `median of ${VISITS} first visits: ${list('moving', 1000)} s`,
    },
    {
      name: 'live training after navigation',
      ...{ measured: percentile(of('live'), 0.5) / 1000, unit: 's', target: 5, sense: 'at most' },
      note: `median of ${VISITS} first visits: ${list('live', 1000)} s`,
    },
    {
      name: 'all bytes before live training',
      ...{ measured: Math.max(...of('bytes')) / KILOBYTE, unit: 'kB', target: 500, sense: 'at most' },
      note: `${openings[0]!.files.length} files, compressed, kB: ${openings[0]!.files.join(', ')}`,
    },
    {
      name: 'initial JavaScript, gzip',
      ...{ measured: initial / KILOBYTE, unit: 'kB', target: 150, sense: 'at most' },
      note: `${chunks} chunks: all that the page asks for until its picture moves, workers apart`,
    },
    {
      name: 'of it Pixi',
      ...{ measured: pixi / KILOBYTE, unit: 'kB', target: 100, sense: 'at most' },
      note: 'its share by the compressed length of the modules in those chunks',
    },
  ]
}
