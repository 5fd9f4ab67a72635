// The convolutional example reaches 99.0 % on the test images of MNIST within its five epochs.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('the convolutional example reads 99 of 100 test digits after five epochs', () => {
  const output = execFileSync(process.execPath, ['dist/examples/cnn.js'], { encoding: 'utf8' })
  expect(output.match(/^epoch \d/gm)).toHaveLength(5)
  expect(Number(output.match(/test accuracy: (0\.\d{4})\n$/)?.[1])).toBeGreaterThanOrEqual(0.99)
})
