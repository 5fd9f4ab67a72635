// Runs the tests against the sources; the command-line tests run the built package, the viewer's the built site.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closingLine.ts'

/** These keep nothing but the backend between files, so that they share the modules that each would load anew. */
const sharing = 'test/{compile,core,data,kernels,learners,nn,optim,random,recording,stage,train}/**/*.test.ts'
const inBrowser = 'test/viewer/**/*.browser.test.ts'
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 }
/** By default one core is left free, which on two of them is half the time. */
const maxWorkers = Math.min(availableParallelism(), 4)

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        test: {
          name: 'shared',
          include: [sharing],
          isolate: false,
          setupFiles: 'test/freshBackend.ts',
          maxWorkers,
          ...timeouts,
        },
      },
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/long/**', sharing, inBrowser],
          maxWorkers,
          ...timeouts,
        },
      },
      {
        test: {
          name: 'viewer',
          include: [inBrowser],
          globalSetup: 'test/viewer/setup.ts',
          // After the others, and two at a time: these train live.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          expect: { poll: { timeout: 30_000, interval: 100 } },
          ...timeouts,
        },
      },
    ],
  },
})
