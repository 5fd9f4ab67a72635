// What a dropped file is, from its first bytes: names lie.

export type DroppedKind = 'recording' | 'data' | 'picture' | 'unknown'

/** Bytes that tell a kind. */
const HEAD = 12

const signatures: readonly {
  readonly kind: DroppedKind
  readonly bytes: readonly number[]
  readonly at?: number
}[] = [
  { kind: 'recording', bytes: [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a] },
  // IDX of bytes, with one dimension (labels) or three (images); or either of them gzipped.
  { kind: 'data', bytes: [0, 0, 8, 1] },
  { kind: 'data', bytes: [0, 0, 8, 3] },
  { kind: 'data', bytes: [0x1f, 0x8b] },
  { kind: 'picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'picture', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'picture', bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: 'picture', bytes: [0x42, 0x4d] },
  { kind: 'picture', bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { kind: 'picture', bytes: [0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66], at: 4 },
]

/** The kind of a file by its first bytes; by its name where they say nothing, so that a damaged file gets the right sentence. */
export async function kindOf(file: File): Promise<DroppedKind> {
  let head = new Uint8Array()
  try {
    head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer())
  } catch {
    // A folder, or a file that went away: its name is all there is.
  }
  const found = signatures.find(({ bytes, at = 0 }) =>
    bytes.every((byte, index) => head[at + index] === byte),
  )
  return found?.kind ?? kindByName(file)
}

function kindByName({ name, type }: File): DroppedKind {
  if (/\.mcap$/i.test(name)) return 'recording'
  if (/ubyte|\.idx\d?$|\.gz$/i.test(name)) return 'data'
  return type.startsWith('image/') ? 'picture' : 'unknown'
}

/** Files sorted by their kinds. */
export async function sortFiles(
  files: readonly File[],
): Promise<Readonly<Record<DroppedKind, readonly File[]>>> {
  const sorted: Record<DroppedKind, File[]> = { recording: [], data: [], picture: [], unknown: [] }
  for (const file of files) sorted[await kindOf(file)].push(file)
  return sorted
}
