// Callbacks: when they are called, early stopping, schedules, log files and saved checkpoints.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  type Callback,
  CsvLogger,
  cosineDecay,
  dense,
  EarlyStopping,
  FollowSchedule,
  History,
  InvalidArgumentError,
  type Logs,
  SaveCheckpoint,
  sequential,
  type Training,
  useBackend,
} from '../../src/index.ts'
import { stateOf, stripes } from './problems.ts'

beforeEach(() => void useBackend('js'))

const classifier = () =>
  sequential([dense(4)], { seed: 1, inputShape: [16] }).compile({
    optimiser: parameters => new Adam(parameters, { learningRate: 0.02 }),
    loss: 'crossEntropy',
    metrics: ['accuracy'],
  })

describe('callbacks', () => {
  it('are called in order, and waited for', async () => {
    const calls: string[] = []
    const note = (moment: string) => async (training: Training) => {
      await new Promise(resolve => setTimeout(resolve, 1))
      calls.push(`${moment} ${training.epoch}.${training.batch}`)
    }
    const noting: Callback = {
      onTrainBegin: note('train'),
      onEpochBegin: note('epoch'),
      onBatchBegin: note('batch'),
      onBatchEnd: note('after batch'),
      onEpochEnd: note('after epoch'),
      onTrainEnd: note('after train'),
    }
    await classifier().fit(stripes(6), { epochs: 2, batchSize: 4, callbacks: [noting] })
    expect(calls).toEqual([
      'train 0.0',
      ...['epoch 0.0', 'batch 0.0', 'after batch 0.0', 'batch 0.1', 'after batch 0.1', 'after epoch 0.1'],
      ...['epoch 1.0', 'batch 1.0', 'after batch 1.0', 'batch 1.1', 'after batch 1.1', 'after epoch 1.1'],
      'after train 1.1',
    ])
  })

  it('that throw end training with their error', async () => {
    const model = classifier()
    const fail: Callback = {
      onBatchEnd: () => {
        throw new Error('no more')
      },
    }
    await expect(model.fit(stripes(6), { callbacks: [fail] })).rejects.toThrow('no more')
    expect((await model.fit(stripes(6))).ended).toBe('completed')
  })

  it('may stop training after a batch and after an epoch', async () => {
    const stop = (moment: keyof Callback): Callback => ({ [moment]: (training: Training) => training.stop() })
    const model = classifier()
    const early = await model.fit(stripes(8), { epochs: 5, batchSize: 2, callbacks: [stop('onBatchEnd')] })
    expect([early.ended, early.epochs.length, model.optimiser.steps]).toEqual(['callback', 0, 1])
    const late = await classifier().fit(stripes(8), { epochs: 5, callbacks: [stop('onEpochEnd')] })
    expect([late.ended, late.epochs.length]).toEqual(['callback', 1])
  })
})

describe('early stopping', () => {
  /** Logs of one epoch after the other, as if training had given them. */
  async function follow(callback: EarlyStopping, series: readonly Logs[]) {
    const model = classifier()
    const states: ReturnType<typeof stateOf>[] = []
    let stopped = false
    const training: Training = { model, epoch: 0, batch: 0, stop: () => (stopped = true) }
    callback.onTrainBegin()
    for (const logs of series) {
      model.parameters()[0]!.view().fill(states.length)
      states.push(stateOf(model.network))
      callback.onEpochEnd(training, logs)
      if (stopped) break
    }
    callback.onTrainEnd(training, new History([], 'callback'))
    return { epochs: states.length, stopped, kept: model.parameters()[0]!.toArray()[0] }
  }

  const losses = (...values: number[]) => values.map(validationLoss => ({ loss: 1, validationLoss }))

  it('ends when the loss gets no better, and goes back to the best epoch', async () => {
    const result = await follow(new EarlyStopping({ patience: 2 }), losses(3, 2, 2.5, 1, 1, 1, 0))
    expect(result).toEqual({ epochs: 6, stopped: true, kept: 3 })
  })

  it('follows what it is told to', async () => {
    const accuracies = [0.5, 0.7, 0.6].map(accuracy => ({ loss: 1, accuracy }))
    expect(await follow(new EarlyStopping({ monitor: 'accuracy' }), accuracies)).toEqual({
      epochs: 3,
      stopped: true,
      kept: 1,
    })
    const change = new EarlyStopping({ minimumChange: 0.5, restoreBest: false })
    expect(await follow(change, losses(2, 1.6, 0))).toEqual({ epochs: 2, stopped: true, kept: 1 })
    const least = new EarlyStopping({ monitor: 'accuracy', mode: 'minimise' })
    expect((await follow(least, accuracies)).epochs).toBe(2)
  })

  it('does not take NaN for the best, and begins anew with each fit', async () => {
    const callback = new EarlyStopping({ patience: 2 })
    expect((await follow(callback, losses(Number.NaN, 2, 1))).kept).toBe(2)
    expect((await follow(callback, losses(9, 8, 7))).stopped).toBe(false)
  })

  it('refuses a number that is not there, and patience below 0', async () => {
    const callbacks = [new EarlyStopping({ monitor: 'validationF1' })]
    const run = classifier().fit(stripes(4), { callbacks })
    await expect(run).rejects.toThrow('follows "validationF1", the logs have epoch, loss, accuracy')
    expect(() => new EarlyStopping({ patience: -1 })).toThrow(InvalidArgumentError)
    expect(() => new EarlyStopping({ minimumChange: Number.NaN })).toThrow('minimumChange')
  })
})

describe('a schedule', () => {
  it('is followed batch by batch, also after a checkpoint', async () => {
    const schedule = cosineDecay(0.5, { steps: 8 })
    const rates: number[] = []
    const callbacks: Callback[] = [
      new FollowSchedule(schedule),
      { onBatchEnd: ({ model }) => rates.push(model.optimiser.learningRate) },
    ]
    const model = classifier()
    await model.fit(stripes(8), { batchSize: 2, callbacks })
    const resumed = classifier().load(model.save())
    await resumed.fit(stripes(8), { batchSize: 2, callbacks })
    expect(rates).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(schedule))
  })
})

describe('the CSV logger', () => {
  it('writes a head once, then a line for each epoch, and quotes odd names', async () => {
    let text = ''
    const model = sequential([dense(4)], { seed: 1, inputShape: [16] }).compile({
      optimiser: 'adam',
      loss: 'crossEntropy',
      metrics: { 'rows, "all"': outputs => outputs.shape[0]! },
    })
    const logger = new CsvLogger(part => {
      text += part
    })
    const history = await model.fit(stripes(4), { epochs: 2, callbacks: [logger] })
    await model.fit(stripes(4), { callbacks: [logger] })
    const lines = text.split('\r\n')
    expect(lines[0]).toBe('epoch,loss,"rows, ""all"""')
    expect(lines[1]).toBe(`1,${history.series('loss')[0]},4`)
    expect([lines.length, lines[3]!.slice(0, 2), lines[4]]).toEqual([5, '3,', ''])
  })
})

describe('saved checkpoints', () => {
  it('come at the epochs, batches and bests asked for', async () => {
    const count = async (options: object, epochs = 4) => {
      const epochsSaved: number[] = []
      const save = (bytes: Uint8Array) => epochsSaved.push(classifier().load(bytes).epochs)
      const callbacks = [new SaveCheckpoint({ save, ...options })]
      await classifier().fit(stripes(8), { epochs, batchSize: 2, callbacks })
      return epochsSaved
    }
    expect(await count({})).toEqual([1, 2, 3, 4])
    expect(await count({ everyEpochs: 2 })).toEqual([2, 4])
    expect(await count({ everyEpochs: 9, everyBatches: 2 }, 1)).toEqual([0, 0])
    expect((await count({ bestOnly: true, mode: 'maximise' }))[0]).toBe(1)
    expect(() => new SaveCheckpoint({ save: () => 0, everyEpochs: 0 })).toThrow('everyEpochs is a positive')
  })
})
