// Lays typed arrays out in one buffer, so that a frame travels between threads as it is.

type ViewOf = {
  float64: Float64Array<ArrayBuffer>
  float32: Float32Array<ArrayBuffer>
  uint32: Uint32Array<ArrayBuffer>
  uint16: Uint16Array<ArrayBuffer>
  uint8: Uint8Array<ArrayBuffer>
  int8: Int8Array<ArrayBuffer>
}

const constructors = {
  float64: Float64Array,
  float32: Float32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  int8: Int8Array,
} as const

/** Gives the next array of a layout. */
export type Take = <Type extends keyof ViewOf>(type: Type, length: number) => ViewOf[Type]

/** Gives views over `buffer`, one after another, each on a multiple of eight bytes. */
export function viewsOver(buffer: ArrayBuffer): Take {
  let offset = 0
  return <Type extends keyof ViewOf>(type: Type, length: number) => {
    const view = new constructors[type](buffer, offset, length)
    offset += Math.ceil(view.byteLength / 8) * 8
    return view as ViewOf[Type]
  }
}

/** Bytes that a layout takes. */
export function bytesOf(layOut: (take: Take) => unknown): number {
  let bytes = 0
  layOut((type, length) => {
    bytes += Math.ceil((length * constructors[type].BYTES_PER_ELEMENT) / 8) * 8
    return new constructors[type](0) as ViewOf[typeof type]
  })
  return bytes
}

/** Numbers with names. */
export type Fields<Names extends readonly string[]> = { -readonly [Name in Names[number]]: number }

/** Makes each name a property of `frame` that reads and writes its place in `header`. */
export function nameFields<Names extends readonly string[], Frame extends object>(
  frame: Frame,
  header: Float64Array,
  names: Names,
): Frame & Fields<Names> {
  names.forEach((name, index) => {
    Object.defineProperty(frame, name, {
      enumerable: true,
      get: () => header[index],
      set: (value: number) => {
        header[index] = value
      },
    })
  })
  return frame as Frame & Fields<Names>
}
