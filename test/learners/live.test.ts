// A live run: frames in pairs of one image, speeds, steps, paces, probes, digests and problems.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { DataLoader } from '../../viewer/data/dataSet.ts'
import { loaderOf } from '../../viewer/data/wholeSet.ts'
import { LiveSource } from '../../viewer/frames/live.ts'
import { configOf, data, imageAt } from './data.ts'
import { workerOf } from './liveRun.ts'

const sources: LiveSource[] = []
const problems: string[] = []
function liveOf(
  changes: Partial<LearnerConfig> = {},
  { loader = loaderOf('digits', data), pace }: { loader?: DataLoader; pace?: 'together' } = {},
): LiveSource {
  const source = new LiveSource({
    data: loader,
    config: configOf(changes),
    startWorker: workerOf,
    onProblem: problem => problems.push(problem),
    ...(pace && { pace }),
  })
  sources.push(source)
  return source
}
afterEach(() => {
  for (const source of sources.splice(0)) source.dispose()
  problems.length = 0
})

/** Waits until something holds, looking whenever the source tells. */
function until(source: LiveSource, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!holds()) return
      end()
      resolve()
    }
    const end = source.subscribe(look)
    look()
  })
}

const samplesOf = (source: LiveSource) => ({
  mlp: source.current('mlp')?.samples ?? -1,
  brain: source.current('brain')?.samples ?? -1,
})

/** One step, and the frames it brings. */
async function step(source: LiveSource): Promise<void> {
  const { brain } = samplesOf(source)
  source.step(1)
  await until(source, () => samplesOf(source).brain === brain + 1)
}

/** Digests of learners that see nothing but so many images. */
async function plainDigests(samples: { mlp: number; brain: number }, changes: Partial<LearnerConfig> = {}) {
  const learners = [
    new MlpLearner(configOf(changes), data),
    new BrainLearner(configOf(changes), data),
  ] as const
  if (samples.mlp > 0) learners[0].advance(samples.mlp)
  learners[1].advance(samples.brain)
  const [mlp, brain] = await Promise.all(learners.map(learner => learner.digest()))
  for (const learner of learners) learner.dispose()
  return { mlp, brain }
}

describe('standing still', () => {
  it('shows the first image to both before anything is learned', async () => {
    const source = liveOf()
    await until(source, () => samplesOf(source).brain === 0 && samplesOf(source).mlp === 0)
    expect(source.current('mlp')!.pixels).toEqual(source.current('brain')!.pixels)
    expect(source.position).toBe(0)
    expect(source.step(-1)).toBe(false)
    expect(source.seek()).toBe(false)
  })

  it('steps image by image: both show the same one, and the MLP learns when a batch is full', async () => {
    const source = liveOf({ batchSize: 4 })
    await until(source, () => samplesOf(source).brain === 0)
    const learned: number[] = []
    for (let image = 1; image <= 9; image++) {
      await step(source)
      const [mlp, brain] = [source.current('mlp')!, source.current('brain')!]
      expect(mlp.image).toBe(brain.image)
      expect(mlp.pixels).toEqual(brain.pixels)
      expect(brain.learned).toBe(1)
      expect(mlp.samples).toBe(4 * Math.floor(image / 4))
      learned.push(mlp.learned)
    }
    expect(learned).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0])
    const digests = await source.digests()
    const plain = await plainDigests({ mlp: 8, brain: 9 }, { batchSize: 4 })
    expect(digests.mlp).toEqual({ samples: 8, digest: plain.mlp })
    expect(digests.brain).toEqual({ samples: 9, digest: plain.brain })
  })

  it('shows a new focus and a new configuration without learning', async () => {
    const source = liveOf()
    await until(source, () => samplesOf(source).brain === 0)
    await step(source)
    source.setFocus('brain', { layer: 0, unit: 7 })
    source.setFocus('mlp', { layer: 1, unit: 2 })
    await until(
      source,
      () => source.current('brain')!.focusUnit === 7 && source.current('mlp')!.focusUnit === 2,
    )
    expect(source.current('brain')!.learned).toBe(1)
    expect(source.configure(configOf({ brainLesion: 0.5, mlpLesion: 0.5 }))).toEqual({
      mlp: false,
      brain: false,
    })
    await until(source, () => source.current('brain')!.lesions.includes(1))
    await until(source, () => source.current('mlp')!.lesions[0]!.includes(1))
    expect(source.current('brain')!.learned).toBe(0)
    expect(samplesOf(source).brain).toBe(1)
  })
})

describe('running', () => {
  it('learns at full speed what it would without frames, reads drawn digits meanwhile, and pauses', async () => {
    const source = liveOf()
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => samplesOf(source).brain >= 10 && samplesOf(source).mlp >= 100)
    const reading = await source.probe(imageAt(3))
    expect(reading.mlp.pixels).toEqual(imageAt(3))
    expect(reading.brain).toMatchObject({ image: -1, label: -1, learned: 0 })
    await until(source, () => samplesOf(source).brain >= 30)
    expect(source.current('mlp')!.image).toBe(source.current('brain')!.image)
    source.run(0)
    const digests = await source.digests()
    const plain = await plainDigests({ mlp: digests.mlp.samples, brain: digests.brain.samples })
    expect(digests.mlp.digest).toBe(plain.mlp)
    expect(digests.brain.digest).toBe(plain.brain)
    expect((await source.digests()).brain).toEqual(digests.brain)
    expect(source.history.brain.length).toBeGreaterThan(1)
    expect(problems).toEqual([])
  })

  it('begins with the images that are there, and waits for the others', async () => {
    let more = () => {}
    const { train, test, parts } = data
    const loader: DataLoader = {
      name: 'slow',
      async load(receiver) {
        receiver.outline({ trainLabels: train.labels, testLabels: test.labels, parts: parts! })
        receiver.piece({ set: 'train', first: 0, images: train.images.slice(0, 784 * 100) })
        await new Promise<void>(resolve => {
          more = resolve
        })
        receiver.piece({ set: 'train', first: 100, images: train.images.slice(784 * 100) })
        receiver.piece({ set: 'test', first: 0, images: test.images.slice() })
      },
    }
    const source = liveOf({}, { loader })
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => source.position === 100)
    more()
    await until(source, () => source.position >= 120)
    source.run(0)
    const digests = await source.digests()
    const plain = await plainDigests({ mlp: digests.mlp.samples, brain: digests.brain.samples })
    expect(digests.mlp.digest).toBe(plain.mlp)
    expect(digests.brain.digest).toBe(plain.brain)
  })

  it('keeps both at the same image when together, also when one begins anew', async () => {
    const source = liveOf({}, { pace: 'together' })
    source.run(Number.POSITIVE_INFINITY)
    const near = () => samplesOf(source).brain >= 60 && samplesOf(source).mlp >= 40
    await until(source, near)
    expect(samplesOf(source).mlp).toBeLessThanOrEqual(samplesOf(source).brain)
    expect(source.configure(configOf({ neurons: 24 }))).toEqual({ mlp: false, brain: true })
    await until(source, () => source.current('brain')!.shape.neurons === 24 && near())
    expect(samplesOf(source).mlp).toBeLessThanOrEqual(samplesOf(source).brain)
    source.run(0)
    const { mlp } = await source.digests()
    expect(mlp.digest).toBe((await plainDigests({ mlp: mlp.samples, brain: 1 })).mlp)
  })

  it('lets the MLP go ahead at its own pace, and brings it back when together', async () => {
    const source = liveOf()
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => samplesOf(source).mlp > samplesOf(source).brain + 400)
    source.setPace('together')
    await until(source, () => samplesOf(source).mlp <= samplesOf(source).brain)
    expect(samplesOf(source).brain).toBeGreaterThan(0)
  })

  it('begins anew by a change that was taken back at once', async () => {
    const source = liveOf({}, { pace: 'together' })
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => samplesOf(source).mlp >= 60)
    const { brain } = source.samples
    expect(source.configure(configOf({ hidden1: 12 }))).toEqual({ mlp: true, brain: false })
    expect(source.configure(configOf())).toEqual({ mlp: true, brain: false })
    // The brain would wait forever for a network that it believes to have begun anew.
    await until(source, () => samplesOf(source).brain >= brain + 200)
    source.run(0)
    const digests = await source.digests()
    expect(digests.mlp.digest).toBe((await plainDigests({ mlp: digests.mlp.samples, brain: 1 })).mlp)
  })

  it('begins anew when told to', async () => {
    const source = liveOf()
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => source.position >= 20)
    source.run(0)
    source.restart()
    await until(source, () => samplesOf(source).brain === 0 && samplesOf(source).mlp === 0)
    expect(source.position).toBe(0)
    const { brain } = await source.digests()
    expect(brain.digest).toBe((await plainDigests({ mlp: 0, brain: 0 })).brain)
  })
})

describe('a page that is hidden', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('gets no frames while both learn on, and others when it is shown again', async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    vi.stubGlobal('document', page)
    const turn = (visibilityState: string) => {
      page.visibilityState = visibilityState
      page.dispatchEvent(new Event('visibilitychange'))
    }
    const source = liveOf()
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => samplesOf(source).brain >= 5)
    turn('hidden')
    // One frame of each may be on its way.
    const { position } = source
    await until(source, () => source.position >= position + 60)
    const shown = samplesOf(source)
    await until(source, () => source.position >= position + 120)
    expect(samplesOf(source)).toEqual(shown)
    expect(source.history.brain.column('samples').at(-1)).toBeGreaterThan(shown.brain)
    // The loss that is charted is that of an image shown: there is none.
    await until(source, () => source.history.mlp.column('samples').at(-1)! > shown.mlp)
    expect(source.history.mlp.column('loss').at(-1)).toBeNaN()
    expect(source.history.mlp.column('loss')[0]).toBeGreaterThan(0)
    turn('visible')
    await until(source, () => samplesOf(source).brain > position + 120)
    expect(source.current('mlp')!.image).toBe(source.current('brain')!.image)
  })

  it('goes on slowly where it was slow', async () => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'hidden' }))
    const source = liveOf({ batchSize: 1 })
    source.run(100)
    await until(source, () => source.position >= 10)
    expect(source.current('brain')).toBe(null)
  })
})

describe('problems', () => {
  it('says that the loss is lost, and the brain goes on with both showing its images', async () => {
    const source = liveOf({ optimiser: 'gradientDescent', learningRate: 1e38 }, { pace: 'together' })
    source.run(Number.POSITIVE_INFINITY)
    await until(source, () => problems.includes('nonFinite'))
    const { brain } = samplesOf(source)
    await until(source, () => samplesOf(source).brain > brain + 150)
    expect(source.current('mlp')!.image).toBe(source.current('brain')!.image)
    // Its weights are lost: it has to begin anew.
    source.configure(configOf({ seed: 2 }))
    await until(source, () => samplesOf(source).mlp >= 60)
  })

  it('says that no image is of the classes, and goes on with others', async () => {
    const source = liveOf({ classes: '0000000000' })
    source.run(Number.POSITIVE_INFINITY)
    await expect.poll(() => problems.filter(problem => problem === 'noImages').length).toBe(2)
    source.configure(configOf())
    await until(source, () => samplesOf(source).brain > 0)
  })

  it('says that the images could not be had', async () => {
    liveOf({}, { loader: { name: 'none', load: () => Promise.reject(new Error('gone')) } })
    await expect.poll(() => problems).toEqual(['dataFailed'])
  })

  it('says that there are no workers', () => {
    const source = new LiveSource({
      data: loaderOf('digits', data),
      config: configOf(),
      startWorker: () => {
        throw new Error('no workers here')
      },
      onProblem: problem => problems.push(problem),
    })
    sources.push(source)
    expect(problems).toEqual(['noWorkers', 'noWorkers'])
    expect(source.current('brain')).toBe(null)
  })
})
