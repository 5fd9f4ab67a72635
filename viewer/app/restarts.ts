// Asks before anything that makes a network forget what it has learned.
import { signal } from '@preact/signals'
import type { LearnerConfig, ParameterEffect } from '../../experiments/learners/parameters.ts'
import { restartsOf } from '../../experiments/learners/restarts.ts'
import { config, type Pace, pace, restarts } from '../state/store.ts'
import { live } from './session.ts'

export type RestartEffect = Exclude<ParameterEffect, 'keeps'>

/** A question that waits for its answer, null for none. */
export const question = signal<{
  readonly effect: RestartEffect
  readonly answer: (agreed: boolean) => void
} | null>(null)

/** The networks that begin anew by a configuration and a pace, null for none. */
function effectOf(next: LearnerConfig, nextPace: Pace): RestartEffect | null {
  const restarts = restartsOf(config.peek(), next)
  // To go together, a deep network that is ahead begins anew.
  const ahead = live.peek() !== null && live.peek()!.samples.mlp > live.peek()!.samples.brain
  const { brain } = restarts
  const mlp = restarts.mlp || (nextPace === 'together' && (brain || (nextPace !== pace.peek() && ahead)))
  if (mlp && brain) return 'restartsBoth'
  return mlp ? 'restartsMlp' : brain ? 'restartsBrain' : null
}

/** Whether a network that would begin anew has learned anything. */
function losesSomething(effect: RestartEffect): boolean {
  const { mlp, brain } = live.peek()?.samples ?? { mlp: 0, brain: 0 }
  return (effect !== 'restartsBrain' && mlp > 0) || (effect !== 'restartsMlp' && brain > 0)
}

/** Asks whether the live networks may begin anew, shown or not; there is nothing to ask where none of them has learned anything. */
export function agree(effect: RestartEffect): Promise<boolean> {
  if (!losesSomething(effect)) return Promise.resolve(true)
  question.value?.answer(false)
  return new Promise(resolve => {
    const asked = {
      effect,
      answer: (agreed: boolean) => {
        // A dialog that closes says so a moment later, when the next question may be asked already.
        if (question.peek() === asked) question.value = null
        resolve(agreed)
      },
    }
    question.value = asked
  })
}

/** Whether a configuration and a pace may be taken: asks where they make a network begin anew. */
export async function mayTake(next: LearnerConfig, nextPace: Pace): Promise<boolean> {
  const effect = effectOf(next, nextPace)
  return effect === null || agree(effect)
}

/** Takes a configuration if the reader agrees; false leaves everything as it is. */
export async function requestConfig(next: LearnerConfig): Promise<boolean> {
  const agreed = await mayTake(next, pace.peek())
  if (agreed) config.value = next
  return agreed
}

/** Takes a pace if the reader agrees; false leaves everything as it is. */
export async function requestPace(next: Pace): Promise<boolean> {
  const agreed = await mayTake(config.peek(), next)
  if (agreed) pace.value = next
  return agreed
}

/** Begins both networks anew if the reader agrees. */
export async function requestRestart(): Promise<boolean> {
  const agreed = await agree('restartsBoth')
  if (agreed) restarts.value += 1
  return agreed
}
