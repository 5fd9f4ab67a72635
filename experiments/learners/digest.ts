// The fingerprint of what a network has learned.

/**
 * SHA-256 over arrays, one after another, in hexadecimal.
 * @throws Error where the page has no cryptography: it was not served over HTTPS or from localhost.
 */
export async function sha256(arrays: readonly ArrayBufferView[]): Promise<string> {
  const { subtle } = globalThis.crypto
  if (subtle === undefined) throw new Error('a digest needs a secure context: HTTPS or localhost')
  const bytes = await new Blob(arrays as readonly BlobPart[] as BlobPart[]).arrayBuffer()
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}
