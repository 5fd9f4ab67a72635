// Spikes as a picture: a texture that holds a column of cells in each of its rows, so that a new column is one small upload.
import { type StageColours, withAlpha } from './colours.ts'
import { tableRow } from './palettes.ts'
import type { Scene } from './panel.ts'
import { MOST_ROWS } from './rasterRows.ts'
import { byteTexture, ShaderQuads } from './shaderQuads.ts'
import type { Rectangle, Theme } from './view.ts'

const fragment = `
uniform sampler2D uCells;
/** Columns shown, the texture's row of the oldest, where those that are shown begin, and how many the texture goes round in. */
uniform vec4 uColumns;
/** Rows, a row's height, the columns that are over, and the row of hues. */
uniform vec4 uRows;
/** What lies under the spikes, and what new ones light up in. */
uniform vec4 uGround;
uniform vec4 uFresh;

void main() {
  float width = uSize.x / uColumns.x;
  float column = floor(vLocal.x / width);
  float row = floor(vLocal.y / uRows.y);
  vec4 drawn = vec4(uGround.rgb, 1.0) * uGround.a;
  if (row < uRows.x && column < uRows.z) {
    float line = uColumns.z + mod(column + uColumns.y, uColumns.w);
    float cell = texelFetch(uCells, ivec2(int(row), int(line + 0.5)), 0).r * 255.0 + 0.5;
    float level = mod(floor(cell), 16.0) / 15.0;
    vec2 place = vec2(vLocal.x - column * width, vLocal.y - row * uRows.y);
    // Thin gaps between marks that are large enough to have them.
    float inside = step(place.x, width - uPixel * step(4.0 * uPixel, width));
    inside *= step(place.y, uRows.y - uPixel * step(3.0 * uPixel, uRows.y));
    vec3 hue = fromPalette(floor(cell / 16.0), uRows.w);
    float age = (uRows.z - 1.0 - column) * uFresh.a;
    hue = mix(hue, uFresh.rgb, uFresh.a > 0.0 ? 0.6 * exp(-age) : 0.0);
    drawn = mix(drawn, vec4(hue, 1.0), level * inside);
  }
  finalColor = drawn;
}
`

export interface RasterLook {
  readonly theme: Theme
  readonly colours: StageColours
  /** The texture's first row of what is shown, and how many rows it goes round in. */
  readonly first: number
  readonly columns: number
  /** The column, counted from there, that is shown at the left. */
  readonly oldest: number
  /** Columns that have come, from the left. */
  readonly over: number
  readonly rows: number
  readonly rowHeight: number
  /** How fast a new spike takes on its own colour: its share for each column; 0 for at once. */
  readonly cooling: number
}

export class Raster {
  readonly #quad: ShaderQuads
  readonly #texture: ReturnType<typeof byteTexture>
  /** [columns, MOST_ROWS]: whoever writes into it says so with `changed`. */
  readonly cells: Uint8Array

  constructor(scene: Scene, columns: number) {
    this.#texture = byteTexture(MOST_ROWS, columns)
    this.cells = this.#texture.resource as Uint8Array
    this.#quad = new ShaderQuads(scene, {
      ...{ name: 'raster', fragment, textures: { uCells: this.#texture } },
      uniforms: {
        ...{ uColumns: 'vec4<f32>', uRows: 'vec4<f32>' },
        ...{ uGround: 'vec4<f32>', uFresh: 'vec4<f32>' },
      },
    })
    this.#quad.show(false)
  }

  place(rectangle: Rectangle): void {
    this.#quad.place(rectangle)
  }

  /** Hands columns from `first` on to the renderer. */
  changed(first: number, columns: number): void {
    this.#texture.update(first * MOST_ROWS, (first + columns) * MOST_ROWS)
  }

  draw(look: RasterLook): void {
    const quad = this.#quad
    quad.show(true)
    quad.set('uColumns', look.columns, look.oldest, look.first, look.columns)
    quad.set('uRows', look.rows, look.rowHeight, look.over, tableRow('hues', look.theme))
    quad.setColour('uGround', withAlpha(look.colours.well, 0.55))
    quad.setColour('uFresh', withAlpha(look.colours.ink, look.cooling))
    quad.end()
  }

  dispose(): void {
    this.#quad.dispose()
    this.#texture.destroy()
  }
}
