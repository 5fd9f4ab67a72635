// Asks before anything that makes a network forget what it has learned.
import { signal } from '@preact/signals'
import type { LearnerConfig, ParameterEffect } from '../../experiments/learners/parameters.ts'
import { restartsOf } from '../../experiments/learners/restarts.ts'
import { config, restarts } from '../state/store.ts'
import { live } from './session.ts'

export type RestartEffect = Exclude<ParameterEffect, 'keeps'>

/** A question that waits for its answer, null for none. */
export const question = signal<{
  readonly effect: RestartEffect
  readonly answer: (agreed: boolean) => void
} | null>(null)

/** What changing the configuration does to the run: the networks that begin anew, null for none. */
function effectOf(before: LearnerConfig, after: LearnerConfig): RestartEffect | null {
  const { mlp, brain } = restartsOf(before, after)
  if (mlp && brain) return 'restartsBoth'
  return mlp ? 'restartsMlp' : brain ? 'restartsBrain' : null
}

/** Asks whether the live networks may begin anew, shown or not; there is nothing to ask while none has learned anything. */
export function agree(effect: RestartEffect): Promise<boolean> {
  if ((live.peek()?.position ?? 0) === 0) return Promise.resolve(true)
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

/** Whether a configuration may be taken: asks where it makes a network begin anew. */
export async function mayTake(next: LearnerConfig): Promise<boolean> {
  const effect = effectOf(config.value, next)
  return effect === null || agree(effect)
}

/** Takes a configuration if the reader agrees; false leaves everything as it is. */
export async function requestConfig(next: LearnerConfig): Promise<boolean> {
  const agreed = await mayTake(next)
  if (agreed) config.value = next
  return agreed
}

/** Begins both networks anew if the reader agrees. */
export async function requestRestart(): Promise<boolean> {
  const agreed = await agree('restartsBoth')
  if (agreed) restarts.value += 1
  return agreed
}
