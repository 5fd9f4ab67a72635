// The built command line, as a user starts it: help, mistakes, a small run, and Ctrl-C.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareResultSchema } from '../../experiments/compare/result.ts'
import { decodeSafetensors } from '../../src/index.ts'
import { temporaryFolder } from './synthetic.ts'

const main = join(import.meta.dirname, '../../dist/experiments/main.js')

interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts spikegrad and waits for its end; `watch` sees stderr as it grows. */
function spikegrad(
  args: readonly string[],
  watch?: (child: ChildProcess, stderr: string) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    child.stderr.on('data', chunk => {
      stderr += chunk
      watch?.(child, stderr)
    })
    child.on('error', reject)
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }))
  })
}

beforeAll(() => {
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`)
})

describe('spikegrad', () => {
  it('prints help when asked, and when given nothing', async () => {
    for (const args of [[], ['--help']]) {
      const { exitCode, stdout } = await spikegrad(args)
      expect(exitCode).toBe(0)
      expect(stdout).toContain('compare')
    }
    const { stdout } = await spikegrad(['compare', '--help'])
    for (const part of ['--neurons', '--quick', 'Examples:', 'report.html', 'result.json', '--backend']) {
      expect(stdout).toContain(part)
    }
  })

  it('prints its version', async () => {
    const { stdout, exitCode } = await spikegrad(['--version'])
    expect([stdout.trim(), exitCode]).toEqual([
      JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version,
      0,
    ])
  })

  const mistakes: [string[], RegExp][] = [
    [['compar'], /unknown command 'compar'\n\(Did you mean compare\?\)/],
    [['--colour'], /unknown option '--colour'/],
    [
      ['compare', '--neurons', '0', '--seeds', '4'],
      /2 problems:\n {2}unknown option --seeds: did you mean --seed\?\n {2}--neurons/,
    ],
    [['compare', '--data', '/no/such/folder'], /^error: \/no\/such\/folder: expected a folder of IDX files/],
    [['compare', '--out', '/dev/null/run'], /--out: /],
  ]
  it.each(mistakes)('answers %j with a message, code 2 and no stack', async (args, message) => {
    const { exitCode, stdout, stderr } = await spikegrad(args)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('runs a small comparison in its workers', async () => {
    const out = join(temporaryFolder(), 'run')
    const args = ['--quick', '--train', '300', '--test', '100', '--labels', '100', '--neurons', '20']
    const { exitCode, stdout, stderr } = await spikegrad(['compare', ...args, '--json', '--out', out])
    expect(stderr).not.toContain('error')
    expect(exitCode).toBe(0)
    const result = compareResultSchema.parse(JSON.parse(stdout))
    expect(result).toMatchObject({ status: 'complete', dataset: { name: 'MNIST', train: 300, test: 100 } })
    expect(result.models.snn.testAccuracy).not.toBeNull()
    expect(result.models.mlp.testAccuracy).not.toBeNull()
    expect(existsSync(join(out, 'report.html'))).toBe(true)
  })

  it('goes on when nobody reads its progress any more', async () => {
    const out = join(temporaryFolder(), 'run')
    const args = ['--quick', '--train', '300', '--test', '100', '--labels', '100', '--neurons', '20']
    const { exitCode } = await spikegrad(['compare', ...args, '--out', out], child => {
      child.stderr?.destroy()
      child.stdout?.destroy()
    })
    expect(exitCode).toBe(0)
    const { status } = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))
    expect(status).toBe('complete')
    expect(existsSync(join(out, 'report.html'))).toBe(true)
  })

  it('names the weights it writes', async () => {
    const out = join(temporaryFolder(), 'run')
    const args = [
      '--quick',
      '--train',
      '100',
      '--test',
      '20',
      '--labels',
      '50',
      '--neurons',
      '10',
      '--epochs',
      '1',
    ]
    await spikegrad(['compare', ...args, '--out', out])
    const names = (file: string) => [
      ...decodeSafetensors(new Uint8Array(readFileSync(join(out, 'weights', file)))).tensors.keys(),
    ]
    expect(names('snn.safetensors').sort()).toEqual([
      'excitatory.label',
      'excitatory.theta',
      'inputToExcitatory.weight',
    ])
    expect(names('mlp.safetensors')).toContain('hidden1.weight')
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('stops at %s and leaves a marked run behind', async (signal, code) => {
    const out = join(temporaryFolder(), 'run')
    let sent = false
    const { exitCode, stderr } = await spikegrad(
      ['compare', '--out', out, '--epochs', '1000'],
      (child, text) => {
        if (sent || !text.includes('spiking network: training')) return
        sent = true
        child.kill(signal)
      },
    )
    expect(stderr).not.toContain('error')
    expect(exitCode).toBe(code)
    const result = compareResultSchema.parse(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')))
    expect([result.status, result.models.snn.status]).toEqual(['stopped', 'stopped'])
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('stopped before its end')
    expect(existsSync(join(out, 'weights/snn.safetensors'))).toBe(true)
  })
})
