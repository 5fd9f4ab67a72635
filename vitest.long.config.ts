// Runs the tests that train on the whole of MNIST: one at a time, since they measure time and memory.
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closingLine.ts'

export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    reporters: ['verbose', new ClosingLine()],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
})
