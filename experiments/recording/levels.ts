// Weights as sixteen levels: what each stands for, and when one is left as it is though the weight has moved a little.

/** How far a weight moves from its level, in levels, before it is given another: more than half, so that it does not flicker. */
const STICKINESS = 0.7
/** Level of a signed weight that is 0. */
export const SIGNED_ZERO = 7
const MOST_SIGNED = 7
/** Levels of a weight that is never negative: byte / 17. */
const UNSIGNED_STEP = 17
const LAST_LEVEL = 15

/** Place between the levels of each byte of a weight that is never negative. */
export const unsignedPlaces = Float32Array.from({ length: 256 }, (_, byte) => byte / UNSIGNED_STEP)

/** The byte that each level stands for. */
export const unsignedBytes = Uint8Array.from({ length: 16 }, (_, level) => level * UNSIGNED_STEP)

/**
 * Place between the levels of each signed byte (as it lies in memory), for weights whose scale is `ratio` times that of the
 * levels. Levels lie closer near 0, where most weights are: level k from the middle is (k / 7)^2 of the scale.
 */
export function signedPlaces(ratio: number, places: Float32Array = new Float32Array(256)): Float32Array {
  for (let byte = 0; byte < 256; byte++) {
    const value = byte < 128 ? byte : byte - 256
    const distance = Math.min(MOST_SIGNED * Math.sqrt((Math.abs(value) / 127) * ratio), MOST_SIGNED)
    places[byte] = SIGNED_ZERO + Math.sign(value) * distance
  }
  return places
}

/** The signed byte that each level stands for. */
export const signedBytes = Int8Array.from({ length: 15 }, (_, level) => {
  const distance = (level - SIGNED_ZERO) / MOST_SIGNED
  return Math.round(127 * distance * Math.abs(distance))
})

export interface LevelOptions {
  /** Where the bytes begin among the levels. */
  readonly offset?: number
  /** 2 to use every second level only. */
  readonly step?: 1 | 2
}

/**
 * Finds the next levels of the weights from `start` to `end`, given their bytes. Returns how far they all moved, in levels.
 */
export function nextLevels(
  levels: Uint8Array,
  next: Uint8Array,
  bytes: Uint8Array,
  places: Float32Array,
  start: number,
  end: number,
  { offset = 0, step = 1 }: LevelOptions = {},
): number {
  const most = STICKINESS * step
  let moved = 0
  for (let i = start; i < end; i++) {
    const place = places[bytes[i - offset]!]!
    const level = levels[i]!
    const away = place - level
    if (away > most || away < -most) {
      const found = Math.min(step * Math.round(place / step), LAST_LEVEL - (LAST_LEVEL % step))
      next[i] = found
      moved += found > level ? found - level : level - found
    } else next[i] = level
  }
  return moved
}
