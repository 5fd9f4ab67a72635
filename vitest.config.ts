// Runs the tests against the sources; the command-line tests run the built package, the viewer's the built site.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closingLine.ts'

const inBrowser = 'test/viewer/**/*.browser.test.ts'
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/long/**', inBrowser],
          // By default one core is left free, which on two of them is half the time.
          maxWorkers: Math.min(availableParallelism(), 4),
          ...timeouts,
        },
      },
      {
        test: {
          name: 'viewer',
          include: [inBrowser],
          globalSetup: 'test/viewer/setup.ts',
          // After the others and one at a time: these train live, and want the machine to themselves.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          expect: { poll: { timeout: 30_000, interval: 100 } },
          ...timeouts,
        },
      },
    ],
  },
})
