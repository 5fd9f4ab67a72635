// Names of exported files: what they hold and how many images had been learned from.

/** @param samples images so far; left out when it does not matter. */
export function fileName(what: string, extension: string, samples?: number): string {
  const when = samples === undefined || !Number.isFinite(samples) ? '' : `-${Math.round(samples)}-images`
  return `spikegrad-${what}${when}.${extension}`
}

/** `mlpNetwork` as people write it in names of files: `mlp-network`. */
export function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
