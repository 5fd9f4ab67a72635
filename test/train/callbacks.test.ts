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

  it('are called one after another, each when the one before is done', async () => {
    const calls: string[] = []
    const later = (name: string): Callback => ({
      onBatchEnd: async () => {
        calls.push(`${name} begins`)
        await new Promise(resolve => setTimeout(resolve, 2))
        calls.push(`${name} ends`)
      },
      onTrainEnd: () => calls.push(name),
    })
    const atOnce: Callback = { onBatchEnd: () => calls.push('at once') }
    const callbacks = [later('a'), atOnce, later('b'), atOnce]
    await classifier().fit(stripes(2), { callbacks })
    expect(calls).toEqual(['a begins', 'a ends', 'at once', 'b begins', 'b ends', 'at once', 'a', 'b'])
  })

  it('after one that fails are not called, and nothing is left to fail unseen', async () => {
    const unseen: unknown[] = []
    const note = (error: unknown) => unseen.push(error)
    process.on('unhandledRejection', note)
    const calls: string[] = []
    const failing = (name: string): Callback => ({
      onBatchEnd: async () => {
        calls.push(name)
        await Promise.resolve()
        throw new Error(name)
      },
    })
    const throwing: Callback = {
      onBatchEnd: () => {
        throw new Error('at once')
      },
    }
    const callbacks = [failing('first'), failing('second'), throwing]
    await expect(classifier().fit(stripes(4), { callbacks })).rejects.toThrow('first')
    await new Promise(resolve => setTimeout(resolve, 5))
    process.off('unhandledRejection', note)
    expect([calls, unseen]).toEqual([['first'], []])
  })

  it('that extend the library’s call what they extend', async () => {
    const rates: number[] = []
    class Noting extends FollowSchedule {
      override onBatchBegin(training: Training): void {
        super.onBatchBegin(training)
        rates.push(training.model.optimiser.learningRate)
      }
    }
    class Louder extends EarlyStopping {
      ended = 0
      override onEpochEnd(training: Training, logs: Logs): void {
        super.onEpochEnd(training, logs)
        this.ended++
      }
    }
    const louder = new Louder({ mode: 'maximise' })
    const callbacks = [new Noting(step => 0.5 / (1 + step)), louder]
    const history = await classifier().fit(stripes(4), { epochs: 9, callbacks })
    expect(rates.slice(0, 2)).toEqual([0.5, 0.25])
    expect([louder.ended, history.ended]).toEqual([history.epochs.length, 'callback'])
  })

  it('see from the beginning which epoch and batch training goes on in', async () => {
    const model = classifier()
    const seen: number[][] = []
    const see: Callback = { onTrainBegin: ({ epoch, batch }) => seen.push([epoch, batch]) }
    const stop: Callback = { onBatchEnd: training => training.batch === 1 && training.stop() }
    const options = { batchSize: 2, callbacks: [see] }
    await model.fit(stripes(8), { epochs: 2, ...options })
    await model.fit(stripes(8), { ...options, callbacks: [see, stop] })
    await model.fit(stripes(8), options)
    expect(seen).toEqual([
      [0, 0],
      [2, 0],
      [2, 2],
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

  it('of a patience of 1 ends at the first epoch that is no better, as of 0', async () => {
    for (const patience of [0, 1]) {
      const { epochs } = await follow(new EarlyStopping({ patience }), losses(3, 2, 2, 1, 0))
      expect(epochs).toBe(3)
    }
    expect((await follow(new EarlyStopping({ patience: 3 }), losses(3, 2, 2, 2, 1, 1, 1, 1))).epochs).toBe(8)
  })

  it('leaves training that a signal ended as it is, to go on bit for bit', async () => {
    const [whole, stopped] = [classifier(), classifier()]
    const controller = new AbortController()
    const { signal } = controller
    const abort: Callback = { onEpochEnd: ({ epoch }) => epoch === 1 && controller.abort() }
    const best = () => new EarlyStopping({ mode: 'maximise', patience: 9 })
    await whole.fit(stripes(16), { epochs: 3, batchSize: 4 })
    const { ended } = await stopped.fit(stripes(16), {
      epochs: 3,
      batchSize: 4,
      callbacks: [abort, best()],
      signal,
    })
    expect(ended).toBe('signal')
    await stopped.fit(stripes(16), { batchSize: 4 })
    expect(stateOf(stopped.network)).toEqual(stateOf(whole.network))
    const restored = classifier()
    await restored.fit(stripes(16), { epochs: 3, batchSize: 4, callbacks: [best()] })
    expect(stateOf(restored.network)).not.toEqual(stateOf(whole.network))
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

  it('writes names again when they change', async () => {
    let text = ''
    const model = classifier()
    const callbacks = [
      new CsvLogger(part => {
        text += part
      }),
    ]
    await model.fit(stripes(4), { epochs: 2, callbacks })
    await model.fit(stripes(4), { callbacks, validationData: stripes(4, 2) })
    await model.fit(stripes(4), { callbacks, validationData: stripes(4, 2) })
    const lines = text.split('\r\n').map(line => line.replaceAll(/[\d.e-]+$/g, ''))
    expect(lines.map(line => line.split(',').length)).toEqual([3, 3, 3, 5, 5, 5, 1])
    expect([lines[0], lines[3]]).toEqual([
      'epoch,loss,accuracy',
      'epoch,loss,accuracy,validationLoss,validationAccuracy',
    ])
  })
})

describe('saved checkpoints', () => {
  it('are those of the best over all calls of fit, as long as model and number are the same', async () => {
    const saved: number[] = []
    const callback = new SaveCheckpoint({ save: (_, { epoch }) => saved.push(epoch!), bestOnly: true })
    const model = classifier()
    const logs = (epoch: number, loss: number, rest: object = {}) => ({ epoch, loss, ...rest })
    const train = (of: typeof model, ...epochs: Logs[]) => {
      const training: Training = { model: of, epoch: 0, batch: 0, stop: () => undefined }
      callback.onTrainBegin(training)
      for (const each of epochs) callback.onEpochEnd(training, each)
    }
    train(model, logs(1, 3), logs(2, 2), logs(3, 4))
    train(model, logs(4, 2.5), logs(5, 1))
    expect(saved).toEqual([1, 2, 5])
    train(model, logs(6, 9, { validationLoss: 7 }), logs(7, 9, { validationLoss: 8 }))
    train(classifier(), logs(8, 9, { validationLoss: 9 }))
    expect(saved).toEqual([1, 2, 5, 6, 8])
  })

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
