// What a plasticity rule is: traces that spikes leave, and how a weight changes on either side's spike. Pure data.

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
