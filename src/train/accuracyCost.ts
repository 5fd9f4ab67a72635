// What a change to a network costs, by a measure that the user gives.

/**
 * Measures a network: its accuracy on test data, for one.
 *
 * @example
 * ```ts
 * import { type Evaluate, Linear, quantise, Sequential } from 'spikegrad'
 * const layers = new Sequential([new Linear(2, 2)])
 * const evaluate: Evaluate = () => 0.5
 * const { cost } = await quantise(layers, { evaluate })
 * cost!.before // 0.5
 * ```
 */
export type Evaluate = () => number | Promise<number>

/**
 * A measure before and after a change.
 *
 * @example
 * ```ts
 * import { type AccuracyCost, Linear, pruneByMagnitude } from 'spikegrad'
 * const { cost } = await pruneByMagnitude(new Linear(2, 2), { fraction: 0.5, evaluate: () => 1 })
 * const { difference }: AccuracyCost = cost!
 * difference // 0
 * ```
 */
export interface AccuracyCost {
  readonly before: number
  readonly after: number
  /** after - before: below 0 where accuracy was lost. */
  readonly difference: number
}

/** A change to a network, and how to take it back. */
export interface Change<T> {
  readonly result: T
  readonly undo: () => void
}

/** Makes a change between two measurements; when the second fails, the change is taken back. */
export async function measured<T>(
  evaluate: Evaluate | undefined,
  change: () => Change<T>,
): Promise<{ readonly result: T; readonly cost: AccuracyCost | undefined }> {
  if (evaluate === undefined) return { result: change().result, cost: undefined }
  const before = await evaluate()
  const { result, undo } = change()
  try {
    const after = await evaluate()
    return { result, cost: { before, after, difference: after - before } }
  } catch (error) {
    undo()
    throw error
  }
}
