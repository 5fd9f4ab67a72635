// What every frame begins with, and the sizes that both networks share.

export const SIDE = 28
export const PIXELS = SIDE * SIDE
export const CLASSES = 10

/** The numbers that every frame begins with, float64, in this order. */
export const commonFields = [
  /** Training images learned from so far, this one included. */
  'samples',
  /** Place of the image in the training set; -1 for one that is not of it, a drawn digit say. */
  'image',
  /** The image's class, -1 when nobody has said. */
  'label',
  /** The class the network named before it learned from the image, -1 for none. */
  'predicted',
  /** Share of the last 500 training images that were named right before being learned from; NaN before the first. */
  'trainAccuracy',
  /** Share of the last `testImages` test images named right, none of them ever learned from; NaN before the first. */
  'testAccuracy',
  'testImages',
  /** Operations spent on learning so far: multiply-accumulates (MLP: forward, backward, update), accumulates (brain). */
  'operations',
  /** Seconds that the learner has worked. */
  'seconds',
  /** Counts the changes of `weights`, so that a reader can tell whether it has seen them. */
  'weightsVersion',
  /** 1 when the network learned from this image, 0 when it only looked. */
  'learned',
  /** The unit whose exact values are in `focus`, -1 for none, and its layer: 1 for the MLP's first hidden one, 0 for the brain. */
  'focusUnit',
  'focusLayer',
] as const
