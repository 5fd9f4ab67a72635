// Every number and choice a live run can be given: one table, read by the learners, the page's controls, its URL and recordings.

/** What changing a parameter does to a run under way: `keeps` what was learned, or `restarts` the named network. */
export type ParameterEffect = 'keeps' | 'restartsMlp' | 'restartsBrain' | 'restartsBoth'

interface ParameterBase {
  /** Which part of the page lists it. */
  readonly group: 'run' | 'mlp' | 'brain'
  readonly effect: ParameterEffect
}

/** A number with its bounds, both included; `unit` is shown beside it, '' for none. */
export interface NumberParameter extends ParameterBase {
  readonly type: 'number'
  readonly initial: number
  readonly minimum: number
  readonly maximum: number
  readonly unit: '' | 'ms' | 'mV' | 'Hz'
  readonly integer: boolean
  /** How a slider is divided. */
  readonly scale: 'linear' | 'logarithmic'
}

export interface ChoiceParameter<Choice extends string = string> extends ParameterBase {
  readonly type: 'choice'
  readonly initial: Choice
  readonly choices: readonly Choice[]
}

export interface FlagParameter extends ParameterBase {
  readonly type: 'flag'
  readonly initial: boolean
}

/** Ten flags, one for each digit, as text of ten characters 0 or 1. */
export interface ClassesParameter extends ParameterBase {
  readonly type: 'classes'
  readonly initial: string
}

export type Parameter = NumberParameter | ChoiceParameter | FlagParameter | ClassesParameter

type Group = ParameterBase['group']

function number(
  group: Group,
  effect: ParameterEffect,
  initial: number,
  minimum: number,
  maximum: number,
  options: { unit?: NumberParameter['unit']; integer?: boolean; scale?: NumberParameter['scale'] } = {},
): NumberParameter {
  const { unit = '', integer = false, scale = 'linear' } = options
  return { type: 'number', group, effect, initial, minimum, maximum, unit, integer, scale }
}

const choice = <Choice extends string>(
  group: Group,
  effect: ParameterEffect,
  initial: Choice,
  choices: readonly Choice[],
): ChoiceParameter<Choice> => ({ type: 'choice', group, effect, initial, choices })

const flag = (group: Group, effect: ParameterEffect, initial: boolean): FlagParameter => ({
  type: 'flag',
  group,
  effect,
  initial,
})

const classes = (initial: string): ClassesParameter => ({
  type: 'classes',
  group: 'run',
  effect: 'keeps',
  initial,
})

/** The parameters, by their names in a configuration, in a URL and in a recording. */
export const parameters = {
  seed: number('run', 'restartsBoth', 1, 0, 0xffffffff, { integer: true }),
  /** Which digits are learned from; the others are left out of the stream. */
  classes: classes('1111111111'),
  /** Standard deviation of noise added to each pixel that is shown, as a share of full brightness. */
  pixelNoise: number('run', 'keeps', 0, 0, 1),

  hidden1: number('mlp', 'restartsMlp', 128, 4, 256, { integer: true, scale: 'logarithmic' }),
  hidden2: number('mlp', 'restartsMlp', 64, 4, 256, { integer: true, scale: 'logarithmic' }),
  activation: choice('mlp', 'keeps', 'relu', ['relu', 'tanh', 'sigmoid']),
  optimiser: choice('mlp', 'keeps', 'adam', ['adam', 'sgd', 'gradientDescent', 'rmsProp']),
  learningRate: number('mlp', 'keeps', 0.002, 1e-5, 1, { scale: 'logarithmic' }),
  momentum: number('mlp', 'keeps', 0.9, 0, 0.99),
  batchSize: number('mlp', 'keeps', 64, 1, 256, { integer: true, scale: 'logarithmic' }),
  weightDecay: number('mlp', 'keeps', 0, 0, 0.1),
  /** Share of hidden units that are silenced: a lesion. */
  mlpLesion: number('mlp', 'keeps', 0, 0, 0.95),
  mlpLearning: flag('mlp', 'keeps', true),

  neurons: number('brain', 'restartsBrain', 400, 16, 1600, { integer: true, scale: 'logarithmic' }),
  // Diehl & Cook 2015 learn in steps half as large, and raise thresholds by a third of this, over hours of images. A page is
  // watched for minutes: chosen on training images 10,001 to 12,000, which no run of the page learns from. The class vote after
  // 10,000 images names 84 to 87 % of them right (seeds 1, 2, 3; 800 images each), with the paper's numbers 68 and 70 % (seeds 1, 2).
  potentiationRate: number('brain', 'keeps', 0.02, 0, 0.1),
  depressionRate: number('brain', 'keeps', 0.0001, 0, 0.01),
  tauPre: number('brain', 'keeps', 20, 1, 200, { unit: 'ms' }),
  tauPostFast: number('brain', 'keeps', 20, 1, 200, { unit: 'ms' }),
  tauPostSlow: number('brain', 'keeps', 40, 1, 400, { unit: 'ms' }),
  thetaStep: number('brain', 'keeps', 0.15, 0, 1, { unit: 'mV' }),
  incomingTotal: number('brain', 'keeps', 78, 1, 400),
  inhibition: number('brain', 'keeps', 17, 0, 60),
  excitation: number('brain', 'keeps', 10.4, 0, 60),
  tauMem: number('brain', 'keeps', 100, 5, 500, { unit: 'ms' }),
  /** Full brightness fires an input at 255 / 8 times this, in hertz. */
  initialIntensity: number('brain', 'keeps', 2, 0.25, 8),
  minimumSpikes: number('brain', 'keeps', 5, 0, 50, { integer: true }),
  /** Share of excitatory neurons that are silenced: a lesion. */
  brainLesion: number('brain', 'keeps', 0, 0, 0.95),
  brainLearning: flag('brain', 'keeps', true),
} as const

export type ParameterName = keyof typeof parameters

type ValueOf<P> = P extends NumberParameter
  ? number
  : P extends ChoiceParameter<infer Choice>
    ? Choice
    : P extends FlagParameter
      ? boolean
      : string

/** A value for every parameter: with the data set, all that a run depends on. */
export type LearnerConfig = { readonly [Name in ParameterName]: ValueOf<(typeof parameters)[Name]> }

export const parameterNames = Object.keys(parameters) as ParameterName[]

export const initialConfig = Object.fromEntries(
  parameterNames.map(name => [name, parameters[name].initial]),
) as LearnerConfig
