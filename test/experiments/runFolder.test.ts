// The run folder: nothing is overwritten, a file is whole or absent, and trouble is known before the work.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RunFolderError } from '../../experiments/errors.ts'
import { freeFolder, RunFolder, runFolderProblem, timestamp } from '../../experiments/run/runFolder.ts'
import { temporaryFolder } from './synthetic.ts'

describe('RunFolder', () => {
  it('claims a folder that does not exist, with its config', async () => {
    const path = join(temporaryFolder(), 'a', 'b')
    expect(await runFolderProblem(path)).toBeNull()
    const folder = await RunFolder.create(path, { seed: 3 })
    await folder.close()
    expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual({ seed: 3 })
  })

  it('refuses a folder that holds any part of a run, and leaves it as it was', async () => {
    for (const name of ['config.json', 'metrics.jsonl', 'result.json', 'report.html', 'weights']) {
      const path = temporaryFolder()
      writeFileSync(join(path, name), 'mine')
      expect(await runFolderProblem(path)).toMatch(new RegExp(`found ${name}: nothing is overwritten`))
      await expect(RunFolder.create(path, {})).rejects.toBeInstanceOf(RunFolderError)
      expect(readFileSync(join(path, name), 'utf8')).toBe('mine')
      expect(readdirSync(path)).toEqual([name])
    }
  })

  it('refuses a file, and a folder below a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await runFolderProblem(file)).toMatch(/expected a folder, found a file/)
    expect(await runFolderProblem(join(file, 'run'))).toMatch(/expected a folder, found a file/)
  })

  it('makes the folders above it, and gives up where the system refuses one', async () => {
    const deep = join(temporaryFolder(), 'a', 'b', 'run')
    await (await RunFolder.create(deep, {})).close()
    expect(existsSync(join(deep, 'config.json'))).toBe(true)
    // A kernel file system has no room for folders, whoever asks; elsewhere there is no such path.
    if (existsSync('/proc/self')) {
      await expect(RunFolder.create('/proc/spikegrad/run', {})).rejects.toThrow(/cannot be written/)
    }
  })

  it('gives a folder to one of two runs that want it', async () => {
    const path = join(temporaryFolder(), 'run')
    const claims = await Promise.allSettled([RunFolder.create(path, 1), RunFolder.create(path, 2)])
    expect(claims.map(claim => claim.status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const claim of claims) if (claim.status === 'fulfilled') await claim.value.close()
  })

  it('replaces a file whole, and leaves no temporary file behind', async () => {
    const folder = await RunFolder.create(join(temporaryFolder(), 'run'), {})
    await folder.write('result.json', 'first')
    await folder.write('result.json', 'second')
    await folder.write('weights/a.bin', new Uint8Array([1, 2]))
    await folder.close()
    expect(readFileSync(join(folder.path, 'result.json'), 'utf8')).toBe('second')
    expect(readdirSync(folder.path).sort()).toEqual([
      'config.json',
      'metrics.jsonl',
      'result.json',
      'weights',
    ])
    expect(readdirSync(join(folder.path, 'weights'))).toEqual(['a.bin'])
  })

  it('keeps what was there when a write fails, and says which file', async () => {
    const folder = await RunFolder.create(join(temporaryFolder(), 'run'), {})
    mkdirSync(join(folder.path, 'result.json'))
    await expect(folder.write('result.json', 'x')).rejects.toThrow(/result\.json cannot be written/)
    await folder.close()
    expect(readdirSync(folder.path).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('appends metrics a line each', async () => {
    const folder = await RunFolder.create(join(temporaryFolder(), 'run'), {})
    folder.appendMetric({ a: 1 })
    folder.appendMetric({ b: 'two\n' })
    await folder.close()
    const lines = readFileSync(join(folder.path, 'metrics.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line))).toEqual([{ a: 1 }, { b: 'two\n' }])
  })
})

describe('the default folder', () => {
  it('is named for the time, and never one that exists', async () => {
    expect(timestamp(new Date(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02-030405')
    const base = join(temporaryFolder(), 'compare')
    expect(await freeFolder(base)).toBe(base)
    mkdirSync(base)
    mkdirSync(`${base}-2`)
    expect(await freeFolder(base)).toBe(`${base}-3`)
  })
})
