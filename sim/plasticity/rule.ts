// What a plasticity rule is: traces that spikes leave, and how a weight changes on either side's spike. Data, and its check.

/**
 * A trace decays with `tau` (ms); a spike of its side sets it to 1 (nearest spike counts) or adds 1 (all spikes count).
 *
 * @example
 * ```ts
 * import { pairStdp, type Trace } from 'spikegrad/sim'
 * const rule = pairStdp({ potentiationRate: 0.01, depressionRate: 0.01, tauPre: 20, tauPost: 30 })
 * const trace: Trace | undefined = rule.traces.y
 * trace // { side: 'post', tau: 30, onSpike: 'add' }
 * ```
 */
export interface Trace {
  readonly side: 'pre' | 'post'
  readonly tau: number
  readonly onSpike: 'set' | 'add'
}

/**
 * How spikes change weights, as data.
 *
 * @example
 * ```ts
 * import type { PlasticityRule } from 'spikegrad/sim'
 * // Only potentiates, by how recently the presynaptic neuron fired.
 * const hebb: PlasticityRule = {
 *   name: 'hebb',
 *   equations: ['post spike: w = min(w + 0.01 x, 1)'],
 *   traces: { x: { side: 'pre', tau: 20, onSpike: 'set' }, y: { side: 'post', tau: 20, onSpike: 'set' } },
 *   depression: { rate: 0, trace: 'y' },
 *   potentiation: { rate: 0.01, trace: 'x' },
 *   minimum: 0,
 *   maximum: 1,
 * }
 * hebb.potentiation.rate // 0.01
 * ```
 */
export interface PlasticityRule {
  readonly name: string
  readonly equations: readonly string[]
  readonly traces: { readonly [name: string]: Trace }
  /** On a presynaptic spike: w = max(w - rate * (postsynaptic trace), minimum). */
  readonly depression: { readonly rate: number; readonly trace: string }
  /** On a postsynaptic spike: w = min(w + rate * (presynaptic trace) * (postsynaptic factor, 1 if none), maximum). */
  readonly potentiation: { readonly rate: number; readonly trace: string; readonly factor?: string }
  readonly minimum: number
  readonly maximum: number
}

/** What is wrong with a rule, which may come from a user: a trace of the wrong side, a number out of range. */
export function problemsOf(rule: PlasticityRule): string[] {
  const problems: string[] = []
  const expect = (role: string, name: string, side: Trace['side']) => {
    if (rule.traces[name]?.side !== side) problems.push(`${role} "${name}" is not a ${side}synaptic trace`)
  }
  expect('depression trace', rule.depression.trace, 'post')
  expect('potentiation trace', rule.potentiation.trace, 'pre')
  if (rule.potentiation.factor !== undefined) expect('potentiation factor', rule.potentiation.factor, 'post')
  for (const [name, { tau }] of Object.entries(rule.traces)) {
    if (!(tau > 0) || !Number.isFinite(tau))
      problems.push(`tau of trace "${name}" must be above 0 ms, got ${tau}`)
  }
  for (const [name, value] of [
    ['depression rate', rule.depression.rate],
    ['potentiation rate', rule.potentiation.rate],
    ['minimum', rule.minimum],
    ['maximum', rule.maximum],
  ] as const) {
    if (!Number.isFinite(value)) problems.push(`${name} must be a finite number, got ${value}`)
    else if (name.endsWith('rate') && value < 0) problems.push(`${name} must not be negative, got ${value}`)
  }
  if (rule.minimum > rule.maximum) problems.push(`minimum ${rule.minimum} is above maximum ${rule.maximum}`)
  return problems.map(problem => `${rule.name}: ${problem}`)
}
