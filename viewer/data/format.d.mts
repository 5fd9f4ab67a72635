// Types of the format of the shipped images.
export const MAGIC: number
export const PIXELS: number
export function pack(images: Uint8Array): { readonly runs: Uint8Array; readonly values: Uint8Array }
export function placeOf(at: number): number
