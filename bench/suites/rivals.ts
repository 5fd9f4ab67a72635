// The peers' processes for each work, and comparisons with them.
import { z } from 'zod'
import type { Comparison, Measurement, OurSide, Rival } from '../comparison.ts'
import type { Engine } from '../engine.ts'
import type { PeerCommand } from '../peer.ts'
import { peerScript } from '../places.ts'
import { createSide, RemoteSide, type Work } from '../sides/side.ts'
import type { SuiteContext } from './suite.ts'

export const installs = {
  pytorch: 'pip install torch numpy',
  tensorFlow:
    'npm install --no-save @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm @tensorflow/tfjs-backend-cpu',
  jax: 'npm install --no-save @jax-js/jax',
} as const

/** At least ten times faster than TensorFlow.js on its WebAssembly backend. */
const TENSORFLOW_BAR = 1 / 10

type TrainingWork = Extract<Work, { kind: 'mlp' | 'cnn' }>

/** Which libraries to compare training with, and on how many batches of a measurement the slower ones are timed. */
export interface TrainingRivals {
  readonly pytorchBar: number | null
  /** Whether the bar against TensorFlow.js counts. */
  readonly tensorFlowBar: boolean
  readonly batches: { readonly wasm?: number; readonly cpu?: number; readonly jax?: number }
}

/** Makes our side of a work in an engine. */
export function ourSide({ dataset, dataFolder }: SuiteContext, engine: Engine, work: Work) {
  return (signal: AbortSignal): OurSide | Promise<OurSide> =>
    engine.own ? createSide(work, dataset) : RemoteSide.start(engine.path, work, dataFolder, signal)
}

function pythonCommand({ python, dataFolder }: SuiteContext, args: readonly string[]): PeerCommand {
  return { command: python, args: ['-B', peerScript('pytorch.py'), '--data', dataFolder, ...args] }
}

function javaScriptCommand(
  { dataFolder, nodeModules }: SuiteContext,
  engine: Engine,
  script: string,
  args: readonly string[],
): PeerCommand {
  const folders = ['--data', dataFolder, '--node-modules', nodeModules]
  return { command: engine.path, args: [peerScript(script), ...folders, ...args] }
}

const trainingReply = z.object({
  secondsPerEpoch: z.number().positive(),
  testAccuracy: z.number(),
  updates: z.number(),
})

function readTraining(reply: unknown): Measurement {
  const { secondsPerEpoch, testAccuracy, updates } = trainingReply.parse(reply)
  return { seconds: secondsPerEpoch, work: `${(testAccuracy * 100).toFixed(1)} % after ${updates} updates` }
}

/** Training, against PyTorch and what else is named. */
export function compareTraining(
  context: SuiteContext,
  engine: Engine,
  labels: Pick<Comparison, 'suite' | 'name'>,
  work: TrainingWork,
  { pytorchBar, tensorFlowBar, batches }: TrainingRivals,
): Comparison {
  const own = ['--work', work.kind, '--batch', `${work.batchSize}`]
  const args = work.kind === 'mlp' ? [...own, '--hidden', `${work.hidden}`] : own
  const some = (count: number | undefined) => (count === undefined ? [] : ['--batches', `${count}`])
  const javaScript = (peer: string, script: string, count: number, more: readonly string[] = []) => ({
    peer,
    readReply: readTraining,
    command: javaScriptCommand(context, engine, script, [...args, ...some(count), ...more]),
  })
  const rivals: Rival[] = [
    {
      ...{ peer: 'PyTorch', target: pytorchBar, install: installs.pytorch, readReply: readTraining },
      command: pythonCommand(context, [...args, ...some(work.batches)]),
    },
  ]
  for (const backend of ['wasm', 'cpu'] as const) {
    const count = batches[backend]
    if (count === undefined) continue
    const target = tensorFlowBar && backend === 'wasm' ? TENSORFLOW_BAR : null
    const process = javaScript(`TensorFlow.js ${backend}`, 'tensorFlow.mjs', count, ['--backend', backend])
    rivals.push({ ...process, target, install: installs.tensorFlow })
  }
  if (batches.jax !== undefined) {
    const process = javaScript('jax-js wasm', 'jax.mjs', batches.jax)
    rivals.push({ ...process, target: null, install: installs.jax })
  }
  return { ...labels, statistic: 'median', unit: 's', prepare: ourSide(context, engine, work), rivals }
}

const additionReply = z.object({ seconds: z.number().positive(), result: z.number() })

function readAddition(reply: unknown): Measurement {
  const { seconds, result } = additionReply.parse(reply)
  return { seconds, work: `${result}` }
}

/** Adding two tensors of one entry, against all. */
export function compareAddition(
  context: SuiteContext,
  engine: Engine,
  labels: Pick<Comparison, 'suite' | 'name'>,
): Comparison {
  const common = { target: null, readReply: readAddition }
  const args = ['--work', 'add']
  const tensorFlow = (backend: string): Rival => ({
    ...{ ...common, peer: `TensorFlow.js ${backend}`, install: installs.tensorFlow },
    command: javaScriptCommand(context, engine, 'tensorFlow.mjs', [...args, '--backend', backend]),
  })
  return {
    ...labels,
    statistic: 'median',
    unit: 'µs',
    prepare: ourSide(context, engine, { kind: 'add' }),
    rivals: [
      {
        ...{ ...common, peer: 'PyTorch', install: installs.pytorch },
        command: pythonCommand(context, args),
      },
      tensorFlow('wasm'),
      tensorFlow('cpu'),
      {
        ...{ ...common, peer: 'jax-js wasm', install: installs.jax },
        command: javaScriptCommand(context, engine, 'jax.mjs', args),
      },
    ],
  }
}

const loopReply = z.object({ seconds: z.number().positive(), gigaflops: z.number() })

function readLoop(reply: unknown): Measurement {
  const { seconds, gigaflops } = loopReply.parse(reply)
  return { seconds, work: `${gigaflops.toFixed(1)} GFLOP/s` }
}

/** A matrix product, against as many multiply-adds in a bare loop in the same engine. */
export function compareProduct(
  context: SuiteContext,
  engine: Engine,
  labels: Pick<Comparison, 'suite' | 'name'>,
  work: Extract<Work, { kind: 'product' }>,
  target: number | null,
): Comparison {
  const multiplyAdds = `${work.m * work.n * work.k}`
  const args = [peerScript('multiplyAddLoop.mjs'), '--multiply-adds', multiplyAdds]
  return {
    ...labels,
    statistic: 'best',
    unit: 'ms',
    prepare: ourSide(context, engine, work),
    rivals: [
      {
        peer: 'multiply-add loop, V8',
        target,
        command: { command: engine.path, args },
        readReply: readLoop,
      },
    ],
  }
}
