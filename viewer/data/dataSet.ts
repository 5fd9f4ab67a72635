// How images reach a live run: first the labels and how many images come in which order, then the images, piece by piece.

export interface Outline {
  readonly trainLabels: Uint8Array
  readonly testLabels: Uint8Array
  /** Sizes of the parts of the training images that the first pass goes through one after another. */
  readonly parts: readonly number[]
}

/** Some images, in order of their places: the pieces of one set come one after another. */
export interface Piece {
  readonly set: 'train' | 'test'
  /** Place of the first image. */
  readonly first: number
  /** [images, 784]; whoever receives them may keep them. */
  readonly images: Uint8Array<ArrayBuffer>
}

export interface Receiver {
  /** Resolves when the first images are being learned from, or never will be: the others need not come before. */
  readonly begun: Promise<void>
  outline(outline: Outline): void
  piece(piece: Piece): void
}

export interface DataLoader {
  /** What to call the set: its files' names, or MNIST. */
  readonly name: string
  /** Hands over everything, each piece once it is there. Rejects with an Error that says what was wrong. */
  load(receiver: Receiver, signal: AbortSignal): Promise<void>
}
