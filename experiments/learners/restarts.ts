// Which network a change of configuration makes begin anew.
import { type LearnerConfig, type ParameterEffect, parameterNames, parameters } from './parameters.ts'

export interface Restarts {
  readonly mlp: boolean
  readonly brain: boolean
}

/** As the parameter table says, by what differs between two configurations. */
export function restartsOf(before: LearnerConfig, after: LearnerConfig): Restarts {
  const effects = new Set<ParameterEffect>(
    parameterNames.filter(name => before[name] !== after[name]).map(name => parameters[name].effect),
  )
  const both = effects.has('restartsBoth')
  return { mlp: both || effects.has('restartsMlp'), brain: both || effects.has('restartsBrain') }
}

/** Whether two configurations differ in anything that this network's learning depends on. */
export function concerns(kind: 'mlp' | 'brain', before: LearnerConfig, after: LearnerConfig): boolean {
  return parameterNames.some(name => {
    const { group } = parameters[name]
    return before[name] !== after[name] && (group === kind || group === 'run')
  })
}
