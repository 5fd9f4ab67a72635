// Schedules: the learning rate as a pure function of the number of steps taken, and a class that drives an optimiser by one.
import { checkCount, checkInteger, checkNotNegative, checkPositive, checkShare } from '../check.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Optimiser } from './optimiser.ts'

/**
 * The learning rate for the step that follows `step` steps; the same number at every call.
 *
 * @example
 * ```ts
 * import type { Schedule } from 'spikegrad'
 * const inverse: Schedule = step => 1 / (1 + step)
 * inverse(3) // 0.25
 * ```
 */
export type Schedule = (step: number) => number

/**
 * How `stepDecay` falls.
 *
 * @example
 * ```ts
 * import { stepDecay, type StepDecayOptions } from 'spikegrad'
 * const options: StepDecayOptions = { every: 100, factor: 0.5 }
 * stepDecay(1, options)(100) // 0.5
 * ```
 */
export interface StepDecayOptions {
  /** Steps between two changes. */
  readonly every: number
  /** By default 0.1. */
  readonly factor?: number
}

/**
 * learningRate * factor^floor(step / every).
 * @throws InvalidArgumentError when an option is out of range.
 *
 * @example
 * ```ts
 * import { stepDecay } from 'spikegrad'
 * const schedule = stepDecay(1, { every: 10, factor: 0.5 })
 * schedule(9) // 1
 * schedule(20) // 0.25
 * ```
 */
export function stepDecay(learningRate: number, { every, factor = 0.1 }: StepDecayOptions): Schedule {
  checkNotNegative('stepDecay: learningRate', learningRate)
  checkCount('stepDecay: every', every)
  checkPositive('stepDecay: factor', factor)
  return step => learningRate * factor ** Math.floor(step / every)
}

/**
 * learningRate * factor^step.
 * @throws InvalidArgumentError when an option is out of range.
 *
 * @example
 * ```ts
 * import { exponentialDecay } from 'spikegrad'
 * exponentialDecay(1, { factor: 0.5 })(3) // 0.125
 * ```
 */
export function exponentialDecay(learningRate: number, { factor }: { readonly factor: number }): Schedule {
  checkNotNegative('exponentialDecay: learningRate', learningRate)
  checkPositive('exponentialDecay: factor', factor)
  return step => learningRate * factor ** step
}

/**
 * How `cosineDecay` falls.
 *
 * @example
 * ```ts
 * import { cosineDecay, type CosineDecayOptions } from 'spikegrad'
 * const options: CosineDecayOptions = { steps: 100, minimum: 0.5 }
 * cosineDecay(1, options)(100) // 0.5
 * ```
 */
export interface CosineDecayOptions {
  /** Steps until the minimum is reached, where the rate then stays. */
  readonly steps: number
  /** By default 0. */
  readonly minimum?: number
}

/**
 * Half a cosine from the learning rate down to a minimum (Loshchilov & Hutter 2017, equation 5, without restarts).
 * @throws InvalidArgumentError when an option is out of range.
 *
 * @example
 * ```ts
 * import { cosineDecay } from 'spikegrad'
 * const schedule = cosineDecay(1, { steps: 10 })
 * schedule(5) // 0.5
 * schedule(99) // 0
 * ```
 */
export function cosineDecay(learningRate: number, { steps, minimum = 0 }: CosineDecayOptions): Schedule {
  checkNotNegative('cosineDecay: learningRate', learningRate)
  checkNotNegative('cosineDecay: minimum', minimum)
  checkCount('cosineDecay: steps', steps)
  return step => annealed('cosine', learningRate, minimum, Math.min(step / steps, 1))
}

/**
 * How `warmUp` rises.
 *
 * @example
 * ```ts
 * import { stepDecay, warmUp, type WarmUpOptions } from 'spikegrad'
 * const options: WarmUpOptions = { steps: 4, from: 0.5 }
 * warmUp(stepDecay(1, { every: 10 }), options)(0) // 0.5
 * ```
 */
export interface WarmUpOptions {
  /** Steps until the schedule's own first rate is reached. */
  readonly steps: number
  /** Share of that rate to begin with, by default a third. */
  readonly from?: number
}

/**
 * Rises in a line to a schedule's first rate, then follows the schedule from its beginning.
 * @throws InvalidArgumentError when an option is out of range.
 *
 * @example
 * ```ts
 * import { cosineDecay, warmUp } from 'spikegrad'
 * const schedule = warmUp(cosineDecay(1, { steps: 100 }), { steps: 4, from: 0 })
 * schedule(2) // 0.5
 * schedule(4) // 1
 * ```
 */
export function warmUp(schedule: Schedule, { steps, from = 1 / 3 }: WarmUpOptions): Schedule {
  checkCount('warmUp: steps', steps)
  checkShare('warmUp: from', from)
  return step => (step < steps ? schedule(0) * (from + ((1 - from) * step) / steps) : schedule(step - steps))
}

/**
 * How `oneCycle` goes.
 *
 * @example
 * ```ts
 * import { oneCycle, type OneCycleOptions } from 'spikegrad'
 * const options: OneCycleOptions = { steps: 100, startDivisor: 10 }
 * oneCycle(1, options)(0) // 0.1
 * ```
 */
export interface OneCycleOptions {
  /** Steps of the whole cycle; the rate stays at its end afterwards. */
  readonly steps: number
  /** Share of the steps in which the rate rises; by default 0.3. */
  readonly rise?: number
  /** The first rate is the maximum over this; by default 25. */
  readonly startDivisor?: number
  /** The last rate is the first over this; by default 1e4. */
  readonly endDivisor?: number
  /** The form of rise and fall; by default `cosine`. */
  readonly shape?: 'cosine' | 'linear'
}

/**
 * Up to a maximum and down to almost nothing (Smith & Topin 2018), in two phases, with the numbers of PyTorch's `OneCycleLR`.
 * @throws InvalidArgumentError when an option is out of range.
 *
 * @example
 * ```ts
 * import { oneCycle } from 'spikegrad'
 * const schedule = oneCycle(1, { steps: 11, rise: 0.5, startDivisor: 10 })
 * schedule(0) // 0.1
 * schedule(4.5) // 1
 * ```
 */
export function oneCycle(maximum: number, options: OneCycleOptions): Schedule {
  const { steps, rise = 0.3, startDivisor = 25, endDivisor = 1e4, shape = 'cosine' } = options
  checkNotNegative('oneCycle: maximum', maximum)
  checkCount('oneCycle: steps', steps)
  checkShare('oneCycle: rise', rise)
  checkPositive('oneCycle: startDivisor', startDivisor)
  checkPositive('oneCycle: endDivisor', endDivisor)
  if (shape !== 'cosine' && shape !== 'linear') {
    throw new InvalidArgumentError(`oneCycle: shape is cosine or linear, got ${JSON.stringify(shape)}`)
  }
  const start = maximum / startDivisor
  const end = start / endDivisor
  const top = rise * steps - 1
  const last = steps - 1
  return step => {
    if (step <= top) return annealed(shape, start, maximum, top > 0 ? step / top : 1)
    const progress = last > top ? (Math.min(step, last) - top) / (last - top) : 1
    return annealed(shape, maximum, end, progress)
  }
}

/** The way from one rate to another; `progress` goes from 0 to 1. */
function annealed(shape: 'cosine' | 'linear', from: number, to: number, progress: number): number {
  if (shape === 'linear') return from + (to - from) * progress
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * progress))
}

/**
 * Sets an optimiser's learning rate by a schedule: that of step 0 when made, and the next after each `step`.
 *
 * @example
 * ```ts
 * import { Parameter, Scheduler, Sgd, exponentialDecay } from 'spikegrad'
 * const optimiser = new Sgd([new Parameter([2])], { learningRate: 1 })
 * const scheduler = new Scheduler(optimiser, exponentialDecay(1, { factor: 0.5 }))
 * scheduler.step()
 * optimiser.learningRate // 0.5
 * ```
 */
export class Scheduler {
  readonly optimiser: Optimiser
  readonly schedule: Schedule
  #steps = 0

  constructor(optimiser: Optimiser, schedule: Schedule) {
    this.optimiser = optimiser
    this.schedule = schedule
    this.#set(0)
  }

  /** Number of steps taken: all there is to save. Setting it sets the learning rate. */
  get steps(): number {
    return this.#steps
  }

  set steps(steps: number) {
    checkInteger('Scheduler: steps', steps)
    this.#set(steps)
  }

  step(): void {
    this.#set(this.#steps + 1)
  }

  #set(steps: number): void {
    this.optimiser.learningRate = this.schedule(steps)
    this.#steps = steps
  }
}
