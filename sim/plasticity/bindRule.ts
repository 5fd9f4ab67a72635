// Turns a plasticity rule, which is data, into kernel calls for one dense projection.
import type { Tensor } from '../../src/index.ts'
import type { Binding } from '../binding.ts'
import type { SpikingGroup } from '../spikes.ts'
import type { BoundProjection } from '../synapses/projection.ts'
import type { PlasticityRule } from './rule.ts'
import { BoundTrace } from './trace.ts'

interface PlasticEnds {
  readonly binding: Binding
  readonly from: SpikingGroup
  readonly to: SpikingGroup
  readonly weights: Tensor
  /** Address of the variable that a spike adds its weights to. */
  readonly target: number
}

type Learning = NonNullable<BoundProjection['learning']>

export function bindRule(
  rule: PlasticityRule,
  { binding, from, to, weights, target }: PlasticEnds,
): Learning {
  const { kernels } = binding.backend
  const pre = binding.spikesOf(from)
  const post = binding.spikesOf(to)
  const traces = Object.fromEntries(
    Object.entries(rule.traces).map(([name, trace]) => {
      const { size } = trace.side === 'pre' ? from : to
      return [name, new BoundTrace(trace, size, binding)]
    }),
  )
  const all = Object.values(traces)
  const preTraces = all.filter(({ side }) => side === 'pre')
  const postTraces = all.filter(({ side }) => side === 'post')
  const depressing = traces[rule.depression.trace]!
  const potentiating = traces[rule.potentiation.trace]!
  const factor = traces[rule.potentiation.factor ?? '']
  const factorAddress = factor?.address ?? onesLike(binding, to.size)

  return {
    clear: () => {
      for (const trace of all) trace.clear()
    },
    deliver: () => {
      if (pre.count === 0) return
      kernels.propagateDenseDepressing(
        weights.address,
        to.size,
        pre.address,
        pre.count,
        target,
        depressing.address,
        rule.depression.rate * depressing.scale(),
        rule.minimum,
      )
      for (const trace of preTraces) trace.mark(pre)
    },
    afterSpikes: () => {
      if (post.count === 0) return
      kernels.potentiateColumns(
        weights.address,
        from.size,
        to.size,
        post.address,
        post.count,
        potentiating.address,
        factorAddress,
        rule.potentiation.rate * potentiating.scale() * (factor?.scale() ?? 1),
        rule.maximum,
      )
      for (const trace of postTraces) trace.mark(post)
    },
  }
}

function onesLike(binding: Binding, size: number): number {
  const { address } = binding.allocate([size])
  binding.backend.kernels.fill(address, size, 1)
  return address
}
