// Runs make.ts, which is TypeScript, in Node: node viewer/recording/make.mjs. The kernels must have been built.
import { join } from 'node:path'
import { createServer } from 'vite'

const server = await createServer({
  ...{ root: join(import.meta.dirname, '..', '..'), configFile: false, appType: 'custom', logLevel: 'error' },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
try {
  await server.ssrLoadModule('/viewer/recording/make.ts')
} finally {
  await server.close()
}
