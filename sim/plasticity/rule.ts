// What a plasticity rule is: traces that spikes leave, and how a weight changes on either side's spike. Data, and its check.

/** A trace decays with `tau` (ms); a spike of its side sets it to 1 (nearest spike counts) or adds 1 (all spikes count). */
export interface Trace {
  readonly side: 'pre' | 'post'
  readonly tau: number
  readonly onSpike: 'set' | 'add'
}

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
