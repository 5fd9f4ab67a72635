// How the page is served and built: a static site for any path, under a strict policy, with its own service worker.
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { contentSecurityPolicy } from './app/build/contentSecurityPolicy.ts'
import { firstChunk } from './app/build/firstChunk.ts'
import { leanPixi } from './app/build/leanPixi.ts'
import { precache } from './app/build/precache.ts'
import { versions } from './app/build/versions.ts'

const root = import.meta.dirname

export default defineConfig({
  root,
  base: './',
  define: { VERSIONS: JSON.stringify(versions()) },
  worker: { format: 'es' },
  plugins: [leanPixi(), contentSecurityPolicy(), precache()],
  build: {
    outDir: resolve(root, '../dist/viewer'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: resolve(root, 'index.html'), serviceWorker: resolve(root, 'app/serviceWorker.ts') },
      // The reader of recordings needs neither the heap nor the indexed reader of these, which do not say so themselves.
      treeshake: {
        moduleSideEffects: [{ test: /node_modules\/(heap-js|@mcap\/core)\//, sideEffects: false }],
      },
      output: {
        codeSplitting: { groups: [{ name: firstChunk(resolve(root, 'main.tsx')) }] },
        // The browser looks for the worker under a name that never changes.
        entryFileNames: ({ name }) =>
          name === 'serviceWorker' ? 'serviceWorker.js' : 'assets/[name]-[hash].js',
      },
    },
  },
})
