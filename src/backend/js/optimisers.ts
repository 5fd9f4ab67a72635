// Optimiser updates of the reference backend, in place on a parameter and its state.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

/** State closer to 0 than this becomes 0: denormals are many times slower. */
const TINY = 1e-20

function flushTiny(x: number): number {
  return Math.abs(x) < TINY ? 0 : x
}

export function optimiserKernels(
  memory: Memory,
): Pick<Kernels, 'gradientDescentStep' | 'momentumStep' | 'adamStep'> {
  return {
    gradientDescentStep(parameter, gradient, n, learningRate) {
      const { float32 } = memory
      for (let i = 0; i < n; i++) {
        float32[(parameter >>> 2) + i]! -= learningRate * float32[(gradient >>> 2) + i]!
      }
    },
    momentumStep(parameter, gradient, velocity, n, learningRate, momentum) {
      const { float32 } = memory
      for (let i = 0; i < n; i++) {
        const v = flushTiny(momentum * float32[(velocity >>> 2) + i]! + float32[(gradient >>> 2) + i]!)
        float32[(velocity >>> 2) + i] = v
        float32[(parameter >>> 2) + i]! -= learningRate * v
      }
    },
    adamStep(
      parameter,
      gradient,
      firstMoment,
      secondMoment,
      n,
      stepSize,
      beta1,
      beta2,
      epsilon,
      secondCorrection,
    ) {
      const { float32 } = memory
      for (let i = 0; i < n; i++) {
        const g = float32[(gradient >>> 2) + i]!
        const m = flushTiny(beta1 * float32[(firstMoment >>> 2) + i]! + (1 - beta1) * g)
        const v = flushTiny(beta2 * float32[(secondMoment >>> 2) + i]! + (1 - beta2) * g * g)
        float32[(firstMoment >>> 2) + i] = m
        float32[(secondMoment >>> 2) + i] = v
        float32[(parameter >>> 2) + i]! -= (stepSize * m) / (Math.sqrt(v) * secondCorrection + epsilon)
      }
    },
  }
}
