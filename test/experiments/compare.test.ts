// The command `compare` from options to files, with workers that end at once.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../experiments/cli/program.ts'
import type { WorkerMessage } from '../../experiments/compare/messages.ts'
import { compareResultSchema } from '../../experiments/compare/result.ts'
import type { TaskTable } from '../../experiments/compare/taskRunner.ts'
import { runWorkers, type StartWorker } from '../../experiments/compare/workers.ts'
import { decodeSafetensors } from '../../src/data/safetensors.ts'
import { InvalidArgumentError } from '../../src/errors.ts'
import {
  Captured,
  config,
  instantTasks,
  inThisThread,
  mlpOutcome,
  smallDataset,
  temporaryFolder,
  writeFiles,
} from './synthetic.ts'

async function compare(args: readonly string[], startWorker: StartWorker = inThisThread(instantTasks)) {
  const stdout = new Captured()
  const stderr = new Captured()
  const data = writeFiles(temporaryFolder(), smallDataset())
  const out = join(temporaryFolder(), 'run')
  const exitCode = await runProgram(['compare', '--data', data, '--out', out, ...args], {
    stdout,
    stderr,
    continuousIntegration: true,
    leave: () => undefined,
    startWorker,
  })
  const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8'))
  return { exitCode, stdout: stdout.text, stderr: stderr.text, out, read }
}

const withTask = (changes: Partial<TaskTable>) => inThisThread({ ...instantTasks, ...changes })

describe('compare', () => {
  it('writes the whole run folder and says where the report is', async () => {
    const { exitCode, stdout, stderr, out, read } = await compare(['--neurons', '9', '--labels', '30'])
    expect(stderr).not.toContain('error')
    expect(exitCode).toBe(0)
    expect(readdirSync(out).sort()).toEqual([
      'config.json',
      'metrics.jsonl',
      'report.html',
      'result.json',
      'weights',
    ])
    expect(compareResultSchema.parse(read('result.json'))).toMatchObject({ status: 'complete' })
    expect(read('config.json')).toMatchObject({ neurons: 9, train: 40, test: 20, labelImages: 30 })
    expect(stdout).toContain('87.1 %')
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^Report: file:\/\/.*\/run\/report\.html$/)
    const weights = decodeSafetensors(readFileSync(join(out, 'weights/snn.safetensors')))
    expect(weights.tensors.get('inputToExcitatory.weight')?.shape).toEqual([784, 9])
    expect(weights.metadata).toMatchObject({ status: 'complete', seed: '1' })
    const metrics = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trimEnd().split('\n')
    const lines = metrics.map(line => JSON.parse(line))
    expect(lines[0]).toMatchObject({ task: 'mlp', images: 40, accuracy: 0.5 })
    expect(new Date(lines[0].time).getTime()).toBeGreaterThan(0)
  })

  it('prints the result and nothing else to stdout with --json', async () => {
    const { stdout, stderr, read } = await compare(['--json'])
    expect(JSON.parse(stdout)).toEqual(read('result.json'))
    expect(stderr).toContain('Report: file://')
  })

  it('says quick in the result and the report', async () => {
    const { stdout, out, read } = await compare(['--quick'])
    expect(read('result.json').config.quick).toBe(true)
    expect(stdout).toContain('quick run')
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('quick comparison')
  })

  it('stops at Ctrl-C, writes what it has, marks it, and exits with 130', async () => {
    const started = withTask({
      mlp: context => {
        process.emit('SIGINT', 'SIGINT')
        return mlpOutcome(context.shouldStop() ? 'stopped' : 'complete')
      },
    })
    const { exitCode, stderr, stdout, out, read } = await compare([], started)
    expect(exitCode).toBe(130)
    expect(stderr).toContain('stopping')
    expect(stdout).toContain('Stopped')
    expect(read('result.json')).toMatchObject({ status: 'stopped', models: { mlp: { status: 'stopped' } } })
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('stopped before its end')
    const weights = decodeSafetensors(readFileSync(join(out, 'weights/mlp.safetensors')))
    expect(weights.metadata).toMatchObject({ status: 'stopped' })
  })

  it('keeps one network when the other throws, with one message and no stack', async () => {
    const broken = withTask({
      mlp: () => {
        throw new TypeError('x is not a function')
      },
    })
    const { exitCode, stderr, stdout, out, read } = await compare([], broken)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('error: MLP: TypeError: x is not a function\n')
    expect(stderr + stdout).not.toMatch(/\n\s+at /)
    expect(read('result.json')).toMatchObject({
      status: 'failed',
      models: { mlp: { status: 'failed', testAccuracy: null }, snn: { testAccuracy: 0.8712 } },
      controls: { nearestClassMean: 0.8203 },
    })
    expect(existsSync(join(out, 'weights/snn.safetensors'))).toBe(true)
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).toContain('compare.test.ts')
  })

  it('keeps the weights of a loss that stopped being finite', async () => {
    const diverged = withTask({
      mlp: () => ({ ...mlpOutcome('failed'), message: 'the loss stopped being finite at step 7' }),
    })
    const { exitCode, stderr, out } = await compare([], diverged)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('error: MLP: the loss stopped being finite at step 7\n')
    expect(existsSync(join(out, 'weights/mlp.safetensors'))).toBe(true)
  })

  it('refuses a folder that holds a run before anything starts', async () => {
    let started = 0
    const counting: StartWorker = job => {
      started++
      return inThisThread(instantTasks)(job)
    }
    const first = await compare([], counting)
    expect(started).toBe(2)
    const again = await compare(['--out', first.out], counting)
    expect([again.exitCode, started]).toEqual([2, 2])
    expect(again.stderr).toMatch(/^error: --out: .*nothing is overwritten/)
  })

  it('names all mistakes at once and trains nothing', async () => {
    const { exitCode, stderr, out } = await compare([
      '--nuerons',
      '5',
      '--seed=-3',
      '--train',
      '9999',
      '--quick=yes',
      'extra',
      '--backend',
    ])
    expect(exitCode).toBe(2)
    expect(stderr.split('\n')).toEqual([
      'error: 6 problems:',
      '  unknown option --nuerons: did you mean --neurons?',
      '  --quick: takes no value',
      '  unexpected argument "extra": compare takes options only',
      '  --seed: expected a whole number from 0 to 2^53 - 1, found "-3"',
      '  --train: expected a whole number from 10 to 40, found "9999"',
      '  --backend: expected js or wasm, found nothing',
      '',
    ])
    expect(existsSync(out)).toBe(false)
  })

  it('warns of a network that takes long', async () => {
    const { stderr } = await compare(['--neurons', '1601'])
    expect(stderr).toContain('warning: 1,601 neurons take long')
  })
})

describe('runWorkers', () => {
  const job = {
    tasks: ['mlp', 'controls'] as const,
    config,
    train: { images: new Uint8Array(0), labels: new Uint8Array(0), count: 0 },
    test: { images: new Uint8Array(0), labels: new Uint8Array(0), count: 0 },
    stop: new SharedArrayBuffer(4),
  }

  it('gives an error to each task that a dead worker owed', async () => {
    const dying: StartWorker = () => {
      const listeners = new Map<string, (value: never) => void>()
      setImmediate(() => {
        listeners.get('message')?.({ kind: 'outcome', task: 'mlp', outcome: mlpOutcome() } as never)
        listeners.get('error')?.(new Error('out of memory') as never)
        listeners.get('exit')?.(1 as never)
      })
      return { on: (event: string, listener: (value: never) => void) => listeners.set(event, listener) }
    }
    const received: WorkerMessage[] = []
    const ends = await runWorkers([job], message => received.push(message), dying)
    expect(ends.mlp).toHaveProperty('outcome')
    expect(ends.controls).toEqual({ error: 'the worker died: out of memory' })
    expect(received.map(message => message.kind)).toEqual(['outcome', 'error'])
  })

  it('sends the message of an error raised on purpose without a stack', async () => {
    const tasks: TaskTable = {
      ...instantTasks,
      mlp: () => {
        throw new InvalidArgumentError('too few images')
      },
    }
    const ends = await runWorkers([job], () => undefined, inThisThread(tasks))
    expect(ends.mlp).toEqual({ error: 'too few images' })
    expect(ends.controls).toHaveProperty('outcome')
  })
})
