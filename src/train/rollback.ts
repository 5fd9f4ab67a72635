// What a step changes before it is known whether it is refused: buffers, and the positions of random streams.
import type { Module } from '../nn/module.ts'
import type { ModuleBuffer } from '../nn/parameter.ts'
import type { RandomPosition, RandomState } from '../nn/randomState.ts'
import type { TypedArray } from '../tensor.ts'

/** Notes the state of a network beside its parameters, and puts it back. */
export class Rollback {
  readonly #buffers: readonly ModuleBuffer[]
  readonly #copies: readonly TypedArray[]
  readonly #random: readonly RandomState[]
  #positions: readonly RandomPosition[] = []

  constructor(network: Module) {
    this.#buffers = network.buffers()
    this.#copies = this.#buffers.map(buffer => buffer.toArray())
    this.#random = [...network.randomStates().values()]
  }

  note(): void {
    for (const [i, buffer] of this.#buffers.entries()) this.#copies[i]!.set(buffer.view())
    this.#positions = this.#random.map(({ position }) => position)
  }

  restore(): void {
    for (const [i, buffer] of this.#buffers.entries()) buffer.write(this.#copies[i]!)
    for (const [i, state] of this.#random.entries()) state.position = this.#positions[i]!
  }
}
