// Before each file of tests that share a process: the backend that a program begins with.
import { createBackend, useBackend } from '../src/index.ts'

useBackend(createBackend())
