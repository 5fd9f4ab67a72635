// Serves a folder to the tests' browser, under the strict policy that a careful host would set.
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

/** No code but the site's own files and the WebAssembly they make: no inline script, no eval. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export interface ServeOptions {
  /** Sends the headers under which a page may share memory between threads; by default false. */
  readonly isolated?: boolean
  /** The Content-Security-Policy that is sent; null for none. By default the strict one. */
  readonly policy?: string | null
  /** Runs before each script that is served, to make of the browser one that lacks something. */
  readonly prepend?: string
}

/** A file that was asked for and sent. */
export interface Sent {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface Served {
  /** Ends in a slash. */
  readonly url: string
  /** What was sent so far, in order. */
  readonly sent: readonly Sent[]
  close(): Promise<void>
}

/** Serves the files under `folder` on a free port of this machine. */
export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<Served> {
  const { isolated = false, policy = strictPolicy, prepend = '' } = options
  const headers: Record<string, string> = policy === null ? {} : { 'Content-Security-Policy': policy }
  const sent: Sent[] = []
  if (isolated) {
    headers['Cross-Origin-Opener-Policy'] = 'same-origin'
    headers['Cross-Origin-Embedder-Policy'] = 'require-corp'
  }
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    // Asked for by the browser itself, whether a page has one or not.
    if (pathname === '/favicon.ico') return response.writeHead(204).end()
    const path = normalize(decodeURIComponent(pathname))
    const file = join(folder, path.endsWith(sep) ? join(path, 'index.html') : path)
    try {
      const bytes = await readFile(file)
      sent.push({ path: pathname, at: Date.now() })
      const type = contentTypes[extname(file)] ?? 'application/octet-stream'
      // As static hosts do: what two workers ask for is sent once.
      response.writeHead(200, { ...headers, 'Content-Type': type, 'Cache-Control': 'max-age=600' })
      if (type === 'text/javascript; charset=utf-8') response.write(prepend)
      response.end(bytes)
    } catch {
      response.writeHead(404, headers).end(`${pathname} is not there`)
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    sent,
    close: () =>
      new Promise((done, fail) => {
        server.close(error => (error === undefined ? done() : fail(error)))
        server.closeAllConnections()
      }),
  }
}
