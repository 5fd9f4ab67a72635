// What every lesson's page says, in each language: the same parts in the same order.
import type { Figures } from './figureTypes.ts'

/** A work that a statement rests on. */
export interface Source {
  readonly text: string
  readonly address: string
}

/** What is often thought, and what is to be said to it. */
export interface Misconception {
  readonly claim: string
  readonly reply: string
}

export interface LessonPage {
  readonly title: string
  /** The lesson in one question, under its title. */
  readonly question: string
  readonly minutes: number
  readonly predict: {
    readonly setting: readonly string[]
    readonly question: string
    readonly choices: readonly string[]
  }
  readonly run: {
    readonly instructions: readonly string[]
    /** What to look out for. */
    readonly watch: readonly string[]
  }
  readonly reveal: {
    readonly answer: (figures: Figures) => string
    /** What is to be said to each choice, in the order of the choices. */
    readonly verdicts: readonly string[]
    readonly paragraphs: (figures: Figures) => readonly string[]
    /** What is the same in both networks, what differs, and what the comparison does not show. */
    readonly same: string
    readonly differs: string
    readonly caution: string
    readonly sources: readonly Source[]
  }
  readonly teacher: {
    readonly goal: string
    readonly lead: readonly string[]
    readonly misconceptions: readonly Misconception[]
    readonly questions: readonly string[]
  }
}

/** The steps of a lesson, in order; the last one only after the eighth. */
export const lessonSteps = ['predict', 'run', 'reveal', 'limits'] as const
export type LessonStep = (typeof lessonSteps)[number]
