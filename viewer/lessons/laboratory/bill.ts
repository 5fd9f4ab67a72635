// Lesson 7: what was counted, and what a model of the energy makes of it under assumptions that the reader sets.

/** Counted per image. */
export interface Counts {
  /** Multiply-accumulates of the MLP to read an image, and on top to learn from it. */
  readonly mlpReading: number
  readonly mlpLearning: number
  /** Additions at synapses of the brain: one for each spike and each synapse it reaches. */
  readonly brainReading: number
  /** Weight changes of the brain's plasticity. */
  readonly brainLearning: number
  /** Updates of a membrane: each neuron at each step. */
  readonly membraneUpdates: number
}

/** Picojoules each. */
export interface Assumptions {
  readonly multiplyAccumulate: number
  readonly accumulate: number
  readonly membraneUpdate: number
  /** Of fetching one weight from memory. */
  readonly memory: number
}

/**
 * 45 nm, 32-bit floating point: 3.7 pJ a multiplication and 0.9 pJ an addition (Horowitz 2014, fig. 1.1.9). A membrane's step here
 * takes eight multiplications and seven additions; its division is left out. So is memory at first, as such figures mostly do.
 */
export const horowitz: Assumptions = {
  multiplyAccumulate: 4.6,
  accumulate: 0.9,
  membraneUpdate: 36,
  memory: 0,
}

export interface Bill {
  readonly synapses: number
  readonly membranes: number
  readonly memory: number
  readonly total: number
}

const PICOJOULE = 1e-12

/** Joules per image; an operation is taken to fetch one weight. */
export function mlpBill(counts: Counts, assumptions: Assumptions, learning: boolean): Bill {
  const operations = counts.mlpReading + (learning ? counts.mlpLearning : 0)
  return billed(operations * assumptions.multiplyAccumulate, 0, operations * assumptions.memory)
}

export function brainBill(counts: Counts, assumptions: Assumptions, learning: boolean): Bill {
  const operations = counts.brainReading + (learning ? counts.brainLearning : 0)
  return billed(
    operations * assumptions.accumulate,
    counts.membraneUpdates * assumptions.membraneUpdate,
    operations * assumptions.memory,
  )
}

function billed(synapses: number, membranes: number, memory: number): Bill {
  const [first, second, third] = [synapses, membranes, memory].map(picojoules => picojoules * PICOJOULE)
  return { synapses: first!, membranes: second!, memory: third!, total: first! + second! + third! }
}
