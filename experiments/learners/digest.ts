// Fingerprints: of what a network has learned, and of the images that it learned from.
import { SIDE } from './common.ts'
import { InsecureContextError } from './errors.ts'
import type { LabelledImages, LearnerData } from './learner.ts'

/**
 * SHA-256 over arrays, one after another, in hexadecimal.
 * @throws InsecureContextError where the page has no cryptography.
 */
export async function sha256(arrays: readonly ArrayBufferView[]): Promise<string> {
  const { subtle } = globalThis.crypto
  if (subtle === undefined) {
    throw new InsecureContextError(
      'SHA-256: expected a page served over HTTPS or from localhost, found one without crypto.subtle',
    )
  }
  const bytes = await new Blob(arrays as readonly BlobPart[] as BlobPart[]).arrayBuffer()
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * SHA-256 of images and labels, as of the four IDX files that would hold them, one after another: training images, training
 * labels, test images, test labels.
 * @throws InsecureContextError where the page has no cryptography.
 */
export function dataDigest({ train, test }: Pick<LearnerData, 'train' | 'test'>): Promise<string> {
  return sha256([train, test].flatMap(idxParts))
}

function idxParts({ images, labels }: LabelledImages): ArrayBufferView[] {
  const count = labels.length
  return [idxHeader([count, SIDE, SIDE]), images, idxHeader([count]), labels]
}

/** Of bytes: two zeros, the type 8, the number of dimensions, and each of them, big-endian. */
function idxHeader(shape: readonly number[]): DataView {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint32(0, 0x0800 + shape.length)
  shape.forEach((length, axis) => {
    header.setUint32(4 + 4 * axis, length)
  })
  return header
}
