// Our side of adding two tensors of one entry: what an operation costs besides its arithmetic.
import { add, scope, type Tensor, tensor } from '../../src/index.ts'
import type { Measurement, OurSide } from '../comparison.ts'
import { bestSeconds } from './timing.ts'

export class AdditionSide implements OurSide {
  readonly #a: Tensor = tensor([1])
  readonly #b: Tensor = tensor([2])

  constructor() {
    this.measure()
  }

  measure(): Measurement {
    const seconds = bestSeconds(() => add(this.#a, this.#b).dispose())
    return { seconds, work: `${scope(() => add(this.#a, this.#b).item())}` }
  }

  dispose(): void {
    this.#a.dispose()
    this.#b.dispose()
  }
}
