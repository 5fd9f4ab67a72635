// Runs the maker of the lessons' recordings, which is TypeScript, in Node: node viewer/lessons/make/run.mjs [first inhibition forgetting].
import { join } from 'node:path'
import { createServer } from 'vite'

const server = await createServer({
  ...{
    root: join(import.meta.dirname, '..', '..', '..'),
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
  },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
try {
  const { make } = await server.ssrLoadModule('/viewer/lessons/make/main.ts')
  await make(process.argv.slice(2))
} finally {
  await server.close()
}
