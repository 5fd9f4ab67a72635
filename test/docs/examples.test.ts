// Every public export has a docstring with an example, which compiles, runs and gives what its comments show.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBackend, useBackend } from '../../src/index.ts'
import { checkedModule, codeOf, hasCode } from './example.ts'
import { compilerOptions, type PublicExport, publicExports, sourceProgram } from './publicExports.ts'

const sources = sourceProgram()
const exported = publicExports(sources)
const where = ({ entry, name, file }: PublicExport) => `${entry}: ${name} (${file})`

/** Files are numbered, since some names differ in case alone. */
const examples = exported
  .flatMap(item => item.examples.filter(hasCode).map(text => ({ title: where(item), code: codeOf(text) })))
  .map((example, i) => ({ ...example, file: resolve(`dist/docExamples/example${i}`) }))

describe('every public export', () => {
  it('is seen', () => {
    expect(exported.length).toBeGreaterThan(90)
    expect(exported.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['matmul', 'SafetensorsFile', 'dense']),
    )
  })

  it('has a docstring', () => {
    expect(exported.filter(({ summary }) => summary === '').map(where)).toEqual([])
  })

  it('has an example', () => {
    expect(exported.filter(({ examples }) => examples.length === 0).map(where)).toEqual([])
  })

  it('has its examples in blocks of TypeScript', () => {
    expect(exported.filter(({ examples }) => !examples.every(hasCode)).map(where)).toEqual([])
  })
})

describe('the examples', () => {
  const folder = resolve('dist/docExamples')
  beforeAll(() => mkdirSync(folder, { recursive: true }))
  afterAll(() => rmSync(folder, { recursive: true }))
  // Each starts from the default backend, whatever another chose.
  beforeEach(() => void useBackend(createBackend()))

  it('compile', () => {
    const texts = new Map(examples.map(({ file, code }) => [`${file}.ts`, `${code}export {}\n`]))
    const options = compilerOptions()
    const host = ts.createCompilerHost(options)
    const { getSourceFile, fileExists } = host
    host.fileExists = file => texts.has(file) || fileExists(file)
    host.getSourceFile = (file, version, onError) => {
      const text = texts.get(file)
      return text === undefined
        ? getSourceFile(file, version, onError)
        : ts.createSourceFile(file, text, version)
    }
    const program = ts.createProgram([...texts.keys()], options, host, sources)
    const problems = examples.flatMap(({ file, title }) => {
      const source = program.getSourceFile(`${file}.ts`)!
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return found.map(({ messageText }) => `${title}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
    })
    expect(problems).toEqual([])
  })

  it.each(examples)('$title runs', async ({ file, code }) => {
    writeFileSync(`${file}.mjs`, checkedModule(code))
    await import(/* @vite-ignore */ `${file}.mjs`)
  })
})
