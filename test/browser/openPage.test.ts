// What a page complains about does fail the test that opened it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BuiltPage } from './build.ts'
import { openPage } from './openPage.ts'

const folder = mkdtempSync(join(tmpdir(), 'complaints-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A page of one script, as it stands. */
function pageOf(name: string, script: string, head = ''): BuiltPage {
  writeFileSync(join(folder, `${name}.js`), script)
  const html = `<!doctype html><meta charset="utf-8">${head}<script type="module" src="${name}.js"></script>`
  writeFileSync(join(folder, `${name}.html`), html)
  return { folder, page: `${name}.html`, scripts: [], modules: [], remove: () => {} }
}

describe('a page in the browser', () => {
  it('gives its result and closes in peace', async () => {
    const opened = await openPage(
      pageOf('quiet', 'globalThis.result = Promise.resolve([1, 2]); console.warn("hm")'),
    )
    expect(await opened.result()).toEqual([1, 2])
    expect(await opened.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false)
    await opened.close()
  })

  it('may share memory between threads when served so', async () => {
    const opened = await openPage(pageOf('shared', 'globalThis.result = typeof SharedArrayBuffer'), {
      isolated: true,
    })
    expect(await opened.result()).toBe('function')
    await opened.close()
  })

  it.each([
    ['an error in the console', 'console.error("a complaint")', '', 'a complaint'],
    ['an uncaught error', 'throw new Error("a complaint")', '', 'a complaint'],
    ['a rejected promise', 'Promise.reject(new Error("a complaint"))', '', 'a complaint'],
    ['a missing file', 'fetch("missing.json")', '', '404'],
    ['eval', 'eval("1 + 1")', '', 'unsafe-eval'],
    ['new Function', 'new Function("return 1")()', '', 'unsafe-eval'],
    ['an inline script', '', '<script>1 + 1</script>', 'inline script'],
    ['another site', 'fetch("https://example.org/").catch(() => {})', '', 'Content Security Policy'],
  ])('cannot hide %s', async (name, script, head, complaint) => {
    const opened = await openPage(pageOf(name.replaceAll(' ', '-'), script, head))
    // What the script set off has had its say once a task of its own has run.
    await opened.page.evaluate(() => new Promise(done => setTimeout(done, 100)))
    await expect(opened.close()).rejects.toThrow(complaint)
  })

  it('says so when it leaves no result', async () => {
    const opened = await openPage(pageOf('nothing', ''))
    await expect(opened.result()).rejects.toThrow('globalThis.result is not there')
    await opened.close()
  })
})
