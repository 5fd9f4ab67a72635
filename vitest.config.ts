// Runs the tests against the sources; the command-line tests run the built package.
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closingLine.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
