// Makes the lessons' recordings and the figures that their text quotes: all of them, or those named.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openRecording } from '../../../experiments/recording/open.ts'
import { type Derived, derive } from '../derive.ts'
import type { Figures, Measured } from '../figureTypes.ts'
import { decodeResponses } from '../laboratory/responses.ts'
import { shippedDigits } from './digits.ts'
import { makeFirst } from './first.ts'
import { makeForgetting } from './forgetting.ts'
import { makeInhibition } from './inhibition.ts'

const here = import.meta.dirname
const folder = join(here, '..', '..', 'recordings')
const measuredFile = join(here, 'measured.json')
const figuresFile = join(here, '..', 'figures.ts')

const parts = ['first', 'inhibition', 'forgetting'] as const

export async function make(names: readonly string[]): Promise<void> {
  const wanted = (part: (typeof parts)[number]) => names.length === 0 || names.includes(part)
  mkdirSync(folder, { recursive: true })
  const data = shippedDigits()
  let measured = existsSync(measuredFile)
    ? (JSON.parse(readFileSync(measuredFile, 'utf8')) as Measured)
    : null
  const remember = (found: Partial<Measured>) => {
    measured = { ...measured, ...found } as Measured
    writeFileSync(measuredFile, `${JSON.stringify(measured, null, 2)}\n`)
  }
  if (wanted('first')) remember(await makeFirst(data, folder))
  if (wanted('inhibition')) await makeInhibition(data, folder)
  if (wanted('forgetting')) remember({ forgetting: await makeForgetting(data, folder) })
  if (measured !== null) writeFigures(measured, await derived())
  for (const name of ['first', 'moment', 'inhibited', 'uninhibited', 'forgetting']) {
    console.log(`lesson-${name}.mcap: ${statSync(join(folder, `lesson-${name}.mcap`)).size} bytes`)
  }
}

async function derived(): Promise<Derived> {
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
  const open = (name: string) => openRecording(read(`lesson-${name}.mcap`))
  return derive({
    first: await open('first'),
    inhibited: await open('inhibited'),
    uninhibited: await open('uninhibited'),
    responses: decodeResponses(read('lesson-answers.bin')),
  })
}

function writeFigures(measured: Measured, found: Derived): void {
  const { bill, lesions, noise, forgetting, inputSpikes } = measured
  const figures: Figures = {
    ...found,
    moment: { ...found.moment, inputSpikes },
    labels: found.labels.map(row => ({
      ...row,
      mlp: measured.labels.find(({ labels }) => labels === row.labels)!.mlp,
    })),
    ...{ bill, lesions, noise, forgetting },
  }
  const text = JSON.stringify(figures, (_, value) => (typeof value === 'number' ? rounded(value) : value), 2)
  writeFileSync(
    figuresFile,
    `// Written by make/main.ts: what the lessons quote.\nimport type { Figures } from './figureTypes.ts'\n\nexport const figures: Figures = ${text}\n`,
  )
}

/** Six digits are more than any sentence tells. */
const rounded = (value: number) => Number(value.toPrecision(6))
