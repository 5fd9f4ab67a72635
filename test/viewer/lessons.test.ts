// The lessons: the same parts in both languages, figures that the recordings bear out, experiments that compute what they say.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { readProgress } from '../../viewer/lessons/answers.ts'
import { lessons } from '../../viewer/lessons/catalogue.ts'
import { type Derived, derive } from '../../viewer/lessons/derive.ts'
import { figures } from '../../viewer/lessons/figures.ts'
import type { Figures } from '../../viewer/lessons/figureTypes.ts'
import { brainBill, horowitz, mlpBill } from '../../viewer/lessons/laboratory/bill.ts'
import { bestCell, shares, spikingOutcome } from '../../viewer/lessons/laboratory/competition.ts'
import { forgettingCourse } from '../../viewer/lessons/laboratory/forgetting.ts'
import { START_WEIGHT as GRADIENT_WEIGHT, gradientStory } from '../../viewer/lessons/laboratory/gradient.ts'
import { membraneCourse, rectifiedSum, THRESHOLD } from '../../viewer/lessons/laboratory/membrane.ts'
import {
  decodeResponses,
  encodeResponses,
  type Responses,
  ResponsesError,
} from '../../viewer/lessons/laboratory/responses.ts'
import { pairWindow, weightChange, weightCourse } from '../../viewer/lessons/laboratory/timing.ts'
import type { LessonPage } from '../../viewer/lessons/page.ts'
import { pageOf } from '../../viewer/lessons/words.ts'
import { language } from '../../viewer/state/store.ts'
import { lessons as englishFrame } from '../../viewer/text/en/lessons.ts'
import { lessonWords as english } from '../../viewer/text/en/lessonsAll.ts'
import { lessons as chineseFrame } from '../../viewer/text/zh/lessons.ts'
import { lessonWords as chinese } from '../../viewer/text/zh/lessonsAll.ts'

const folder = join(import.meta.dirname, '../../viewer/recordings')
const recorded = ['first', 'moment', 'inhibited', 'uninhibited', 'forgetting'] as const
const numbers = lessons.map((_, place) => place + 1)
const languages = [
  { name: 'en', words: english, frame: englishFrame },
  { name: 'zh', words: chinese, frame: chineseFrame },
] as const

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))

const recordings = new Map<string, Recording>()
let responses: Responses
let derived: Derived

beforeAll(async () => {
  for (const name of recorded) {
    recordings.set(name, await openRecording(bytesOf(`lesson-${name}.mcap`), { trusted: true }))
  }
  responses = decodeResponses(bytesOf('lesson-answers.bin'))
  derived = derive({
    first: recordings.get('first')!,
    inhibited: recordings.get('inhibited')!,
    uninhibited: recordings.get('uninhibited')!,
    responses,
  })
})

/** The paths of all texts, with how long each list is. */
function shapeOf(value: unknown, path = ''): string[] {
  if (typeof value === 'function') return [`${path} takes ${value.length}`]
  if (Array.isArray(value)) {
    return [
      `${path} has ${value.length}`,
      ...value.flatMap((item, place) => shapeOf(item, `${path}/${place}`)),
    ]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => shapeOf(item, `${path}/${key}`))
  }
  return [`${path} is ${typeof value}`]
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf)
  return []
}

/** All that a page says, its functions called with the figures. */
function told({ reveal, ...others }: LessonPage, with_: Figures = figures): string[] {
  const { answer, paragraphs, ...rest } = reveal
  return [...textsOf(others), ...textsOf(rest), answer(with_), ...paragraphs(with_)]
}

describe('the text of the lessons', () => {
  it('has eight lessons, each in both languages, of the same shape', () => {
    expect(lessons).toHaveLength(8)
    expect(shapeOf(chinese)).toEqual(shapeOf(english))
    expect(shapeOf(chineseFrame)).toEqual(shapeOf(englishFrame))
  })

  it.each(languages)('says something everywhere ($name)', ({ name, words, frame }) => {
    language.value = name
    for (const number of numbers) {
      const page = pageOf(words, number)
      expect(page.title).toBe(frame.titles[number - 1])
      expect(page.reveal.verdicts).toHaveLength(page.predict.choices.length)
      expect(lessons[number - 1]!.right).toBeLessThan(page.predict.choices.length)
      expect(page.minutes).toBeGreaterThanOrEqual(4)
      expect(page.minutes).toBeLessThanOrEqual(6)
      for (const text of told(page)) expect(text.trim(), `lesson ${number}`).not.toMatch(/^$|NaN|undefined/)
      for (const { address } of page.reveal.sources) expect(address).toMatch(/^https:\/\//)
      expect(page.reveal.sources.length).toBeGreaterThan(0)
      const { lead, misconceptions, questions } = page.teacher
      for (const list of [lead, misconceptions, questions]) expect(list.length).toBeGreaterThan(1)
    }
    language.value = 'en'
  })

  it('is Chinese where it is Chinese', () => {
    for (const number of numbers) {
      const { title, question, predict } = pageOf(chinese, number)
      for (const text of [title, question, ...predict.setting, predict.question])
        expect(text).toMatch(/\p{Script=Han}/u)
    }
  })

  it.each(numbers)('can be read in its time, lesson %i', number => {
    const page = pageOf(english, number)
    const { teacher, ...forReaders } = page
    const all = told({
      ...forReaders,
      teacher: { ...teacher, goal: '', lead: [], misconceptions: [], questions: [] },
    })
    const words = all.join(' ').split(/\s+/).length
    // 200 words a minute leave some time to play.
    expect(words / 200).toBeLessThan(page.minutes)
  })

  it.each([1, 3, 4, 5, 6, 7, 8])(
    'quotes the figures, and none of its own, in the answer of lesson %i',
    number => {
      const other = JSON.parse(JSON.stringify(figures), (_, value) =>
        typeof value === 'number' && !Number.isInteger(value) ? value * 0.83 : value,
      ) as Figures
      const changed = { ...other, bill: { ...figures.bill, brainReading: 123_456 } }
      const later = { ...changed, moment: { ...changed.moment, toHalf: 123 } }
      for (const { name, words } of languages) {
        const { answer } = pageOf(words, number).reveal
        expect(answer(later), name).not.toBe(answer(figures))
      }
    },
  )
})

/** Every number of `found` is that of `expected` to so many digits. */
function expectClose(found: unknown, expected: unknown, path = ''): void {
  if (typeof found === 'number') {
    const scale = Math.max(Math.abs(found), 1e-12)
    expect(Math.abs(found - (expected as number)) / scale, path).toBeLessThan(1e-4)
    return
  }
  if (Array.isArray(found)) expect(expected, path).toHaveLength(found.length)
  for (const [key, value] of Object.entries(found as object)) {
    expectClose(value, (expected as Record<string, unknown>)[key], `${path}/${key}`)
  }
}

describe('the recordings of the lessons', () => {
  it('are within 1.5 MB together', () => {
    const files = [...recorded.map(name => `lesson-${name}.mcap`), 'lesson-answers.bin']
    const total = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
    expect(total).toBeLessThan(1.5e6)
  })

  it.each(recorded)('open whole, and every frame can be shown: %s', name => {
    const recording = recordings.get(name)!
    expect(recording.truncated).toBe(false)
    expect(recording.information.origin).toBe('script')
    const { mlp, brain } = recording.readers()
    for (const moment of recording.moments) {
      if (moment.mlp >= 0) expect(mlp.read(moment.mlp).samples).toBeGreaterThan(0)
      if (moment.brain >= 0) expect(brain.read(moment.brain).samples).toBeGreaterThan(0)
    }
  })

  it('bear out the figures that the text quotes', () => {
    expectClose(derived, figures)
  })

  it('bear out the choice that each lesson calls right', () => {
    const { first, moment, competition, labels, bill, forgetting } = figures
    const rights = lessons.map(({ right }) => right)
    expect(first.course[0]!.mlp - first.course[0]!.brain).toBeGreaterThan(0.1)
    expect(moment.toNineTenths).toBeLessThan(100)
    // Few neurons fire first; mostly one of these takes over.
    expect(moment.firstNeurons).toBeLessThan(3)
    expect(moment.winnerShare).toBeGreaterThan(0.5)
    expect(moment.winnerAmongFirst).toBeGreaterThan(0.8)
    expect(competition.without.likeness).toBeGreaterThan(0.9)
    expect(competition.with.likeness).toBeLessThan(0.7)
    expect(competition.with.accuracy).toBeGreaterThan(competition.without.accuracy)
    const few = labels.find(row => row.labels === 100)!
    expect(few.brain).toBeGreaterThan(0.3)
    expect(labels.at(-1)!.brain - few.brain).toBeGreaterThan(0.1)
    for (const row of labels) expect(row.mlp).toBeGreaterThan(row.brain)
    expect(bill.brainReading).toBeGreaterThan(2 * bill.mlpReading)
    expect(forgetting.after.mlp).toBeLessThan(0.1)
    expect(forgetting.after.brain).toBeGreaterThan(0.6)
    expect(forgetting.newDigits.brain).toBeLessThan(0.5 * forgetting.newDigits.mlp)
    expect(rights).toEqual([0, 1, 0, 1, 1, 1, 1, 1])
  })

  it('show the forgetting that was measured thoroughly', async () => {
    const { imagesBefore, before, after } = figures.forgetting
    const course = await forgettingCourse(recordings.get('forgetting')!)
    const change = course.findLast(({ images }) => images <= imagesBefore)!
    const end = course.at(-1)!
    // A frame's brain is tested on 300 images, half of them of these digits.
    for (const kind of ['mlp', 'brain'] as const) {
      expect(Math.abs(change[kind] - before[kind])).toBeLessThan(0.1)
      expect(Math.abs(end[kind] - after[kind])).toBeLessThan(0.1)
    }
    expect(recordings.get('forgetting')!.events.map(({ config }) => config.classes)).toEqual(['0000011111'])
  })

  it('show the input spikes that were counted', () => {
    const recording = recordings.get('moment')!
    const { brain } = recording.readers()
    const counts = recording.moments.map(moment => brain.read(moment.brain).inputSpikes)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    expect(mean / figures.moment.inputSpikes).toBeGreaterThan(0.6)
    expect(mean / figures.moment.inputSpikes).toBeLessThan(1.6)
  })

  it('were made with the configurations that are handed over', () => {
    for (const { recording, config } of lessons) {
      if (recording !== null) expect(recordings.get(recording)!.information.config).toEqual(config)
    }
    expect(recordings.get('uninhibited')!.information.config).toEqual(lessons[4]!.config)
  })
})

describe('the experiments of the lessons', () => {
  const inputs = { strengths: [1, 0.6, 0.4], weights: [0.6, 0.5, -0.4], tauMem: 20 }

  it('one unit: fires at spikes that come together, not at the same spikes spread out', () => {
    const together = membraneCourse({ ...inputs, spread: 20 })
    const apart = membraneCourse({ ...inputs, spread: 330 })
    expect(together.arriving).toHaveLength(apart.arriving.length)
    expect(together.spikes.length).toBeGreaterThan(0)
    expect(apart.spikes).toHaveLength(0)
    expect(Math.max(...apart.potential)).toBeLessThan(THRESHOLD)
    expect(rectifiedSum({ ...inputs, spread: 20 })).toBe(rectifiedSum({ ...inputs, spread: 330 }))
    expect(rectifiedSum({ ...inputs, weights: [-1, -1, -1], spread: 20 })).toBe(0)
  })

  it('the pair rule has its published window, and nothing when nothing fires', () => {
    const delays = [-40, -20, -1, 0, 1, 20, 40]
    const window = pairWindow(delays)
    delays.forEach((delay, place) => {
      const closed = delay >= 0 ? 0.01 * Math.exp(-delay / 20) : -0.0105 * Math.exp(delay / 20)
      expect(window[place]).toBeCloseTo(closed, 6)
      if (delay !== 0) expect(weightChange('pair', { pre: [50], post: [50 + delay] })).toBeCloseTo(closed, 6)
    })
    expect(weightChange('pair', { pre: [50], post: [] })).toBe(0)
  })

  it('the triplet rule needs an earlier spike of the target', () => {
    expect(weightChange('triplet', { pre: [40], post: [50] })).toBe(0)
    const depression = 0.0001 * Math.exp(-20 / 20)
    const potentiation = 0.01 * Math.exp(-10 / 20) * Math.exp(-30 / 40)
    expect(weightChange('triplet', { pre: [40], post: [20, 50] })).toBeCloseTo(potentiation - depression, 6)
  })

  it('a spike at the very beginning and at the very end counts', () => {
    expect(weightChange('pair', { pre: [0], post: [1] })).toBeGreaterThan(0)
    expect(weightChange('pair', { pre: [99], post: [100] })).toBeGreaterThan(0)
    expect(weightCourse('pair', { pre: [0], post: [0] })[0]).toBeGreaterThan(0.5)
  })

  it('the gradient is that of finite differences, and turns with the answer', () => {
    for (const label of [0, 1, 2]) {
      const { gradient, delta, loss, hidden, errors, change } = gradientStory(0.8, label)
      expect(gradient).toBeCloseTo(delta * 0.8, 6)
      expect(hidden).toBeCloseTo(GRADIENT_WEIGHT * 0.8 + 0.2, 6)
      expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 6)
      // The loss by the input has the same delta: dL/dx = delta w.
      const step = 0.01
      const slope =
        (gradientStory(0.8 + step, label).loss - gradientStory(0.8 - step, label).loss) / (2 * step)
      expect(slope / GRADIENT_WEIGHT).toBeCloseTo(delta, 3)
      expect(change).toBeCloseTo(-0.1 * gradient, 6)
      expect(loss).toBeGreaterThan(0)
    }
    expect(gradientStory(0.8, 0).change * gradientStory(0.8, 1).change).toBeLessThan(0)
  })

  it('inhibition leaves few cells firing, and sharpness one share', () => {
    const free = spikingOutcome({ inhibition: 0, lead: 0.3 })
    const inhibited = spikingOutcome({ inhibition: 17, lead: 0.3 })
    const firing = ({ counts }: typeof free) => counts.filter(count => count > 0).length
    expect(firing(free)).toBe(8)
    expect(firing(inhibited)).toBeLessThan(4)
    expect(inhibited.counts.indexOf(Math.max(...inhibited.counts))).toBe(bestCell)
    const sharp = shares({ lead: 0.3, sharpness: 60 })
    expect(sharp.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
    expect(sharp[bestCell]).toBeGreaterThan(0.9)
    expect(shares({ lead: 0.3, sharpness: 1 })[bestCell]).toBeLessThan(0.2)
  })

  it('the bill adds up, and memory can turn it', () => {
    const counts = {
      mlpReading: 100,
      mlpLearning: 50,
      brainReading: 1000,
      brainLearning: 10,
      membraneUpdates: 20,
    }
    expect(mlpBill(counts, horowitz, false).total).toBeCloseTo(460e-12, 20)
    expect(mlpBill(counts, horowitz, true).total).toBeCloseTo(690e-12, 20)
    expect(brainBill(counts, horowitz, false).total).toBeCloseTo(1620e-12, 20)
    expect(brainBill(counts, { ...horowitz, memory: 10 }, true).memory).toBeCloseTo(10_100e-12, 20)
  })
})

describe('what is kept and fetched', () => {
  it('answers go through their file unchanged, and a damaged file is refused', () => {
    const bytes = encodeResponses(responses)
    expect(bytes).toEqual(bytesOf('lesson-answers.bin'))
    for (const length of [0, 5, 6, 8, 1000, bytes.length - 1]) {
      expect(() => decodeResponses(bytes.subarray(0, length))).toThrow(ResponsesError)
    }
    const forged = bytes.slice()
    forged[6] = 77
    expect(() => decodeResponses(forged)).toThrow(ResponsesError)
  })

  it('progress that is none is nothing', () => {
    for (const text of [
      null,
      '',
      '{',
      '7',
      'null',
      '[]',
      '{"choices":3,"done":"x"}',
      '{"choices":{"a":1,"2":-1},"done":[-1]}',
    ]) {
      expect(readProgress(text)).toEqual({ choices: {}, done: [] })
    }
    expect(readProgress('{"choices":{"3":1},"done":[3]}')).toEqual({ choices: { 3: 1 }, done: [3] })
  })
})
