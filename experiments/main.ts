#!/usr/bin/env node
// Starts the command line.
import { runProgram } from './cli/program.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough closes the pipe; that is no fault of the run.
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runProgram(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  continuousIntegration: Boolean(process.env.CI),
  leave: exitCode => process.exit(exitCode),
})
