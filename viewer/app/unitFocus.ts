// Moves the focus from unit to unit of a network, as the arrow keys say.
import type { FrameKind } from '../../experiments/learners/frame.ts'
import { count } from '../panels/format.ts'
import type { Unit } from '../stage/view.ts'
import { focus } from '../state/store.ts'
import { text } from '../text/text.ts'
import { announce } from './announcer.tsx'
import { player } from './player.ts'

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** A unit as people call it. */
export function unitName({ kind, layer, unit }: Unit): string {
  const words = text.value.stage
  return kind === 'mlp' ? words.unit(count(layer), count(unit)) : words.neuron(count(unit))
}

/** Sizes of a network's layers by their number in a `Unit`, null while none is shown. */
function layersOf(kind: FrameKind): ReadonlyMap<number, number> | null {
  const { mlp, brain } = player.frames
  if (kind === 'brain') return brain && new Map([[0, brain.shape.neurons]])
  return mlp && new Map(mlp.shape.layers.slice(1).map((units, index) => [index + 1, units]))
}

/** The unit that an arrow leads to. MLP: left and right change the layer; the brain's neurons lie in a square. */
export function neighbour(unit: Unit, arrow: Arrow, layers: ReadonlyMap<number, number>): Unit {
  const size = layers.get(unit.layer) ?? 1
  const columns = unit.kind === 'brain' ? Math.ceil(Math.sqrt(size)) : 1
  const forward = arrow === 'ArrowRight' || arrow === 'ArrowDown' ? 1 : -1
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
    const next = unit.unit + forward * columns
    return next < 0 || next >= size ? unit : { ...unit, unit: next }
  }
  if (unit.kind === 'brain') return { ...unit, unit: Math.min(Math.max(unit.unit + forward, 0), size - 1) }
  const beside = layers.get(unit.layer + forward)
  if (beside === undefined) return unit
  // As high up in the layer beside as in this one.
  return { ...unit, layer: unit.layer + forward, unit: Math.floor(((unit.unit + 0.5) / size) * beside) }
}

/** Moves the focus; without one in this network, takes its first unit. */
export function moveFocus(arrow: Arrow, kind: FrameKind | undefined = focus.value?.kind): void {
  if (kind === undefined) return
  const layers = layersOf(kind)
  if (layers === null) return
  const from = focus.value
  if (from?.kind !== kind) focus.value = { kind, layer: kind === 'mlp' ? 1 : 0, unit: 0 }
  else focus.value = neighbour(from, arrow, layers)
  if (focus.value) announce(text.value.stage.focused(unitName(focus.value)))
}
