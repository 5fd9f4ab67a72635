// The format of recordings: what is in the file, its version, and how much a reader takes.

/**
 * A recording is an MCAP file (mcap.dev) of profile `spikegrad`, its chunks compressed by Zstandard, with CRCs. The time of a
 * message is in nanoseconds since the recording began.
 *
 * | topic | a message is |
 * |---|---|
 * | `/mlp/key`, `/brain/key` | a keyframe: everything that readers keep from frame to frame |
 * | `/mlp/frame`, `/brain/frame` | a frame: its fields, what it changes in what is kept, its own story |
 * | `/mlp/measures`, `/brain/measures` | accuracies and the like as JSON, about once a second, for other programs |
 * | `/events` | a change of the configuration, as JSON: `{mlpSamples, brainSamples, exact, config}` |
 *
 * To show a frame, take the last keyframe at or before it and the changes of every frame since. Weights are kept in four bits;
 * between keyframes those rows that moved most are told first, as far as a byte budget goes, so a picture may lag behind its run
 * until the next keyframe, at most ten seconds. Input spikes and membranes are told in slow motion only.
 *
 * Metadata records: `spikegrad` (version, configuration, data set, ...) at the beginning; `digest` (network, samples, SHA-256 of
 * all that was learned) wherever a run tells it.
 */
export const FORMAT_VERSION = 1
export const PROFILE = 'spikegrad'

export const topics = [
  '/mlp/key',
  '/mlp/frame',
  '/mlp/measures',
  '/brain/key',
  '/brain/frame',
  '/brain/measures',
  '/events',
] as const
export type Topic = (typeof topics)[number]

/** Names of the metadata records. */
export const INFORMATION = 'spikegrad'
export const DIGEST = 'digest'

/** What a reader takes, so that no file can make it allocate more: bytes, and numbers of things. */
export const limits = {
  file: 256 * 2 ** 20,
  /** Records of the file itself: chunks, their indexes and what stands beside them. */
  records: 100_000,
  /** A chunk, decompressed. */
  chunk: 8 * 2 ** 20,
  /** All chunks, decompressed. */
  decompressed: 2 ** 30,
  metadata: 2 ** 16,
  digests: 1024,
  events: 4096,
  messages: 2 ** 19,
} as const

const encoding = `Numbers are little-endian. varint: seven bits a byte, the lowest first, the eighth bit set on all but the last.
signed: a varint, 0 -1 1 -2 as 0 1 2 3. number: a varint 2 * signed, or the varint 1 and a float32.
sparse: varint zeros, varint count, the bytes; until the array is full.
runs: varint length, then bytes: upper half zeros before the number in the lower half; 0xf0 is fifteen zeros.
places: varint count, then from each place to the next, less one. changes: places, then a signed difference for each.
spikes: varint count; the neurons that fired as places; how often each, varints; their steps of 0.5 ms, varints, each less the
one before.
A level of the brain is weight * 15; level k of the MLP is scale * (k - 7) * |k - 7| / 49.`

/** What a message says, for each topic that is not JSON. */
export const layouts: Readonly<Partial<Record<Topic, string>>> = {
  '/mlp/key': `${encoding}
hidden units: 2 varints; scales of the layers: 3 float32; levels of all weights [units, inputs], layer after layer: 4 bits each;
lesions: sparse; confusion: 100 varints.`,
  '/mlp/frame': `${encoding}
fields (their names are in the metadata): varint count, numbers; rows of weights that change: places, then for each a byte
and runs, byte 0: of level differences modulo 16, byte 1: of all levels, less 7 modulo 16; lesions, confusion: changes; byte: the
largest of the numbers that follow; pixels: sparse; activations of the hidden layers: float32 scale,
sparse signed bytes; probabilities: 10 float16; gradients of the three layers: float32 scale, sparse signed bytes of the root.`,
  '/brain/key': `${encoding}
neurons: varint; levels of all weights [neurons, 784]: 4 bits each; theta: float16 each; labels: signed each; lesions: sparse;
confusion: 100 varints.`,
  '/brain/frame': `${encoding}
fields (their names are in the metadata): varint count, numbers; rows of weights that change: places, then for each a byte
and runs, byte 0: of level differences modulo 16, byte 1: of all levels; then theta of each, float16; labels, lesions, confusion: changes; parts: a byte, 1 input spikes,
2 membranes, 4 counts; pixels: sparse; excitatory spikes: spikes; inhibitory spikes: of each excitatory one how many follow it in
its own neuron, varints, then after how many steps each, varints, then the others: spikes; votes: 10 float32; change of the
winner's weights: runs of levels as the MLP's, from the middle, of 0.25; counts: varints; input spikes: spikes; membranes: runs
of differences of 4 bits modulo 16, [neurons, samples].`,
}
