// The image as the networks see it; in slow motion its spikes as decaying light, and over it what the focused unit looks for.
import { type BrainFrame, STEP } from '../../experiments/learners/brainFrame.ts'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { firstSpike, INPUT_DECAY } from './brainMotion.ts'
import { stageColours } from './colours.ts'
import { tableRow } from './palettes.ts'
import { type MakePanel, Seen } from './panel.ts'
import { byteTexture, ShaderQuads } from './shaderQuads.ts'
import type { StageView } from './view.ts'

/** Room around the picture for its frame, CSS pixels. */
const MARGIN = 4

const fragment = `
uniform sampler2D uLayers;
uniform float uPitch;
/** Rows of the palettes: of paper, of what lies over it. */
uniform vec2 uRows;
/** Share of the image's own light, of spikes; zero's byte of what lies over it, and whether there is any. */
uniform vec4 uShares;
uniform vec4 uSpikeColour;
uniform vec4 uFrameColour;

float layer(ivec2 at, int which) {
  return texelFetch(uLayers, ivec2(at.x, at.y + which * ${SIDE}), 0).r;
}

/** Distance outside the picture, with round corners. */
float outside(vec2 local, float side) {
  vec2 beyond = abs(local - 0.5 * side) - 0.5 * side;
  return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0);
}

void main() {
  vec2 local = vLocal - ${MARGIN}.0;
  float side = uPitch * ${SIDE}.0;
  float distance = outside(local, side);
  float inside = clamp(${MARGIN}.0 - 0.5 * uPixel - distance, 0.0, uPixel) / uPixel;
  vec3 paper = fromPalette(0.0, uRows.x);
  vec3 colour = paper;
  if (distance < 0.0) {
    ivec2 at = ivec2(clamp(floor(local / uPitch), 0.0, ${SIDE - 1}.0));
    colour = fromPalette(layer(at, 0) * 255.0 * uShares.x, uRows.x);
    float over = layer(at, 2) * 255.0;
    float strength = uShares.w * smoothstep(6.0, 90.0, abs(over - uShares.z));
    colour = mix(colour, fromPalette(over, uRows.y), 0.8 * strength);
    colour = mix(colour, uSpikeColour.rgb, layer(at, 1) * uShares.y);
  }
  float line = smoothstep(${MARGIN}.0 - 2.0 * uPixel, ${MARGIN}.0 - uPixel, distance + 0.5);
  colour = mix(colour, uFrameColour.rgb, line);
  finalColor = vec4(colour, 1.0) * inside;
}
`

/** Layers of the texture: the image, its spikes, and what lies over them. */
const LAYERS = 3

/** In slow motion the image steps back, so that its spikes can be seen on it. */
const DIMMED = 0.5

/** Older light is gone, in decays. */
const GONE = 4

/** The light of each pixel's last spike, which decays: pixels that fire fast stay apart from those that fire slowly. */
function lastSpikes({ spikes, inputSpikes }: BrainFrame, time: number, shares: Float32Array): void {
  shares.fill(0)
  const { steps, neurons } = spikes.input
  const until = firstSpike(spikes.input, inputSpikes, time / STEP + 1e-6)
  const from = firstSpike(spikes.input, inputSpikes, (time - GONE * INPUT_DECAY) / STEP)
  for (let spike = from; spike < until; spike++) {
    const pixel = neurons[spike]!
    if (pixel < shares.length) shares[pixel] = Math.exp((steps[spike]! * STEP - time) / INPUT_DECAY)
  }
}

/** A pixel with this many spikes is fully lit where they are counted. */
const MANY = 16

/** Without motion: all spikes until now, as shares of many. */
function countSpikes({ spikes, inputSpikes }: BrainFrame, time: number, shares: Float32Array): void {
  shares.fill(0)
  const until = firstSpike(spikes.input, inputSpikes, time / STEP + 1e-6)
  for (let spike = 0; spike < until; spike++) {
    const pixel = spikes.input.neurons[spike]!
    if (pixel < shares.length) shares[pixel] = Math.min(shares[pixel]! + 1 / MANY, 1)
  }
}

export const makeInput: MakePanel = scene => {
  const layers = byteTexture(SIDE, SIDE * LAYERS)
  const bytes = layers.resource as Uint8Array
  const traces = new Float32Array(PIXELS)
  const quad = new ShaderQuads(scene, {
    ...{ name: 'input', fragment, textures: { uLayers: layers } },
    uniforms: {
      ...{ uPitch: 'f32', uRows: 'vec2<f32>', uShares: 'vec4<f32>' },
      ...{ uSpikeColour: 'vec4<f32>', uFrameColour: 'vec4<f32>' },
    },
  })
  quad.show(false)
  const seen = new Seen()
  let corner = { left: 0, top: 0, pitch: 0 }

  function draw(view: StageView): void {
    const { mlp, brain, slow, time, theme, palette, focus, reducedMotion } = view
    const unit = focus === null ? -1 : focus.unit + 10_000 * focus.layer
    if (!seen.changed(mlp, brain, slow, slow ? time : 0, theme, palette, focus?.kind, unit, reducedMotion))
      return
    const frame = brain ?? mlp
    quad.show(frame !== null)
    if (frame === null) return
    bytes.set(frame.pixels)
    const spiking = slow && brain !== null
    if (spiking) takeSpikes(view)
    const over = takeOverlay(view)
    layers.update()
    const colours = stageColours[theme]
    quad.set('uRows', tableRow('paper', theme), tableRow(over === 'signed' ? 'signed' : palette, theme))
    quad.set(
      'uShares',
      spiking ? DIMMED : 1,
      spiking ? 1 : 0,
      over === 'signed' ? 128 : 0,
      over === 'none' ? 0 : 1,
    )
    quad.setColour('uSpikeColour', colours.spike)
    quad.setColour('uFrameColour', colours.guide)
    quad.end()
  }

  function takeSpikes({ brain, time, reducedMotion }: StageView): void {
    if (brain === null) return
    if (reducedMotion) countSpikes(brain, time, traces)
    else lastSpikes(brain, time, traces)
    for (let pixel = 0; pixel < PIXELS; pixel++) bytes[PIXELS + pixel] = 255 * traces[pixel]!
  }

  /** Takes the weights of the focused unit, if it has one for each pixel. */
  function takeOverlay({ mlp, brain, focus }: StageView): 'none' | 'signed' | 'plain' {
    if (focus === null) return 'none'
    const start = focus.unit * PIXELS
    if (focus.kind === 'brain' && brain !== null && focus.unit < brain.shape.neurons) {
      for (let pixel = 0; pixel < PIXELS; pixel++) bytes[2 * PIXELS + pixel] = brain.weights[start + pixel]!
      return 'plain'
    }
    const weights = mlp?.weights[0]
    if (focus.kind !== 'mlp' || focus.layer !== 1 || weights === undefined || start >= weights.length)
      return 'none'
    for (let pixel = 0; pixel < PIXELS; pixel++) bytes[2 * PIXELS + pixel] = weights[start + pixel]! ^ 128
    return 'signed'
  }

  return {
    place: rectangle => {
      seen.forget()
      if (rectangle === null) return
      const { left, top, width, height } = rectangle
      const { pixel } = scene
      const room = Math.max(Math.min(width, height) - 2 * MARGIN, 0)
      const pitch = Math.max(Math.floor(room / SIDE / pixel + 1e-6), 1) * pixel
      const snap = (place: number) => Math.round(place / pixel) * pixel
      const centred = (start: number, length: number) => snap(start + (length - SIDE * pitch) / 2)
      corner = { left: centred(left, width), top: centred(top, height), pitch }
      const size = SIDE * pitch + 2 * MARGIN
      quad.place({ left: corner.left - MARGIN, top: corner.top - MARGIN, width: size, height: size })
      quad.set('uPitch', pitch)
    },
    draw,
    pick: (x, y) => {
      const column = Math.floor((x - corner.left) / corner.pitch)
      const row = Math.floor((y - corner.top) / corner.pitch)
      if (column < 0 || column >= SIDE || row < 0 || row >= SIDE) return null
      return { kind: 'pixel', pixel: row * SIDE + column }
    },
    dispose: () => {
      quad.dispose()
      layers.destroy()
    },
  }
}
