// The API site: TypeDoc builds it without a warning, with a page for every export, and nothing that needs a network.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, LogLevel, TSConfigReader, TypeDocReader } from 'typedoc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entries, publicExports, sourceProgram } from './publicExports.ts'

describe('the site', () => {
  const out = mkdtempSync(join(tmpdir(), 'site-'))
  let warnings: string[]
  let pages: string[]
  beforeAll(async () => {
    // `npm run check:types` has seen to the types.
    const options = { out, skipErrorChecking: true }
    const readers = [new TypeDocReader(), new TSConfigReader()]
    const application = await Application.bootstrapWithPlugins(options, readers)
    warnings = []
    application.logger.log = (message, level) => {
      if (level >= LogLevel.Warn) warnings.push(message)
    }
    const project = await application.convert()
    application.validate(project!)
    await application.generateOutputs(project!)
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    pages = files.filter(file => file.endsWith('.html'))
  }, 120_000)
  afterAll(() => rmSync(out, { recursive: true }))

  it('comes without a warning', () => {
    expect(warnings).toEqual([])
  })

  it('has a page for every export', () => {
    const names = new Set(pages.map(page => page.replace(/^.*[/\\]/, '')))
    const exported = publicExports(sourceProgram())
    expect(exported.length).toBeGreaterThan(100)
    const page = (entry: string, name: string) => `${entry.replace('/', '_')}.${name}.html`
    expect(exported.filter(({ entry, name }) => !names.has(page(entry, name)))).toEqual([])
    for (const entry of Object.keys(entries)) {
      expect(existsSync(join(out, 'modules', `${entry.replace('/', '_')}.html`))).toBe(true)
    }
  })

  it('is fine offline', () => {
    for (const page of pages) {
      const html = readFileSync(join(out, page), 'utf8')
      const loaded = [...html.matchAll(/<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"/g)].map(
        match => match[1]!,
      )
      expect(loaded.length).toBeGreaterThan(0)
      expect(
        loaded.filter(address => /^(https?:)?\/\//.test(address)),
        page,
      ).toEqual([])
    }
  })
})
