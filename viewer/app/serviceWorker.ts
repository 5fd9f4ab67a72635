// The service worker: keeps all of one version of the site, so that it opens without a network after its first visit.

/** The part of the worker's global scope that is used: the DOM's types describe only pages. */
interface WorkerScope {
  readonly registration: {
    readonly scope: string
    readonly installing: object | null
    readonly waiting: object | null
  }
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly { url: string }[]>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

const scope = self as unknown as WorkerScope

/** The build writes its list here; on the development server no worker is registered. */
const { version, files } = JSON.parse('__PRECACHE__') as { version: string; files: readonly string[] }

const PREFIX = 'spikegrad-'
const cacheName = PREFIX + version
const page = new URL('index.html', scope.registration.scope).href
const assets = new URL('assets/', scope.registration.scope).href
const kept = new Set(files.map(file => new URL(file, scope.registration.scope).href))

/** Fetches every file of this version; one that fails leaves the version before in charge. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName)
  for (const url of kept) {
    // The names of assets carry their content's hash, so that the browser's own cache may serve them.
    const request = new Request(url, { cache: url.includes('/assets/') ? 'default' : 'no-cache' })
    if (!(await caches.match(url, { cacheName }))) await cache.add(request)
  }
}

/** Windows that show the page, in whatever version. */
async function openPages(): Promise<number> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  return windows.filter(({ url }) => url.startsWith(scope.registration.scope)).length
}

/** Drops what older versions have kept; not while a newer one is on its way, which keeps its files already. */
async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  if (scope.registration.installing !== null || scope.registration.waiting !== null) return
  await Promise.all(
    names.filter(name => name.startsWith(PREFIX) && name !== cacheName).map(name => caches.delete(name)),
  )
}

/** The one page that asked for this version loads it next; further ones go on with theirs, whose parts are still in its cache. */
async function activate(): Promise<void> {
  if ((await openPages()) <= 1) await dropOthers()
  await scope.clients.claim()
}

/** A page that opens while there is no other: nobody needs an older version any more. */
async function tidy(): Promise<void> {
  if ((await openPages()) === 0) await dropOthers()
}

/** The file of this address if it is kept, or was by an older version; the page itself whatever follows `?`. */
function keptUrl(request: Request): string | null {
  const url = new URL(request.url)
  url.search = ''
  url.hash = ''
  if (request.mode === 'navigate' && url.href === scope.registration.scope) return page
  return kept.has(url.href) || url.href.startsWith(assets) ? url.href : null
}

async function answer(url: string, request: Request): Promise<Response> {
  // The names of assets carry their content's hash: one of another version is the right one, too.
  return (await caches.match(url, { cacheName })) ?? (await caches.match(url)) ?? fetch(request)
}

scope.addEventListener('install', event => event.waitUntil(install()))
scope.addEventListener('activate', event => event.waitUntil(activate()))
scope.addEventListener('message', event => {
  if (event.data === 'take over') void scope.skipWaiting()
})
scope.addEventListener('fetch', event => {
  if (event.request.mode === 'navigate') event.waitUntil(tidy())
  const url = event.request.method === 'GET' ? keptUrl(event.request) : null
  if (url !== null) event.respondWith(answer(url, event.request))
})
