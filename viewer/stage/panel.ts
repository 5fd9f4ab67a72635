// What a picture of the stage is: it is given a place, draws what a view says, and knows what lies under a point.
import type { Container } from 'pixi.js'
import type { QuadLayer } from './quadLayer.ts'
import type { ArrangedRows } from './rasterRange.ts'
import type { Rectangle, StageView, Target } from './view.ts'

/** Where a panel puts its meshes. Coordinates are CSS pixels from the upper left corner of the canvas. */
export interface Scene {
  /** Holds the panel's meshes; the stage shows and hides it with the panel. */
  readonly container: Container
  /** Takes the panel's quads, over its meshes. */
  readonly quads: QuadLayer
  /** CSS pixels that a pixel of the canvas is wide: half of one on a fine screen. May change before any `place`. */
  readonly pixel: number
}

export interface Panel {
  /** Gives the panel its place; null hides it. Also called when `scene.pixel` or the graphics context has changed. */
  place(rectangle: Rectangle | null): void
  /** Brings the meshes to what the view says; called only for views that differ, and only while the panel has a place. */
  draw(view: StageView): void
  /** What is under a point inside the panel's place. */
  pick(x: number, y: number): Target | null
  /** Of the raster: how its rows hold the neurons. */
  readonly raster?: ArrangedRows | null
  dispose(): void
}

export type MakePanel = (scene: Scene) => Panel

/** Tells whether any of a list of values differs from those of the call before. */
export class Seen {
  #values: readonly unknown[] = []

  changed(...values: readonly unknown[]): boolean {
    const before = this.#values
    this.#values = values
    return before.length !== values.length || values.some((value, index) => !Object.is(value, before[index]))
  }

  /** Makes the next call answer that something changed. */
  forget(): void {
    this.#values = []
  }
}
