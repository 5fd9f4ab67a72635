// Runs make.ts, which is TypeScript, through the bundler.
import { createServer } from 'vite'

const server = await createServer({ configFile: false, root: new URL('../..', import.meta.url).pathname })
try {
  await server.ssrLoadModule('/viewer/recording/make.ts')
} finally {
  await server.close()
}
