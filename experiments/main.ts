#!/usr/bin/env node
// Starts the command line.
import { runProgram } from './cli/program.ts'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough closes the pipe; that is no fault of the run, which goes on and writes its folder.
    if (error.code === 'EPIPE') return
    process.exitCode = 1
    if (stream === process.stdout) process.stderr.write(`error: stdout cannot be written: ${error.message}\n`)
  })
}

const exitCode = await runProgram(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  continuousIntegration: Boolean(process.env.CI),
  leave: code => process.exit(code),
})
process.exitCode = exitCode || process.exitCode || 0
