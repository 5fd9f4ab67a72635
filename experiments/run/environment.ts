// What a run ran on: versions and machine, for the record.
import { readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { z } from 'zod'

export const environmentSchema = z.object({
  spikegrad: z.string(),
  node: z.string(),
  v8: z.string(),
  platform: z.string(),
  arch: z.string(),
  cpu: z.string(),
  cores: z.number().int().positive(),
  memoryBytes: z.number().positive(),
})

export type Environment = z.infer<typeof environmentSchema>

const packageSchema = z.object({ name: z.literal('spikegrad'), version: z.string() })

/** The version in this package's package.json, which lies above both the sources and what is built of them. */
export function packageVersion(): string {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    try {
      const parsed = packageSchema.safeParse(
        JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')),
      )
      if (parsed.success) return parsed.data.version
    } catch {
      // No package.json here.
    }
    if (folder.pathname === '/' || new URL('../', folder).href === folder.href) return 'unknown'
  }
}

export function describeEnvironment(): Environment {
  const processors = cpus()
  return {
    spikegrad: packageVersion(),
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${platform()} ${release()}`,
    arch: arch(),
    cpu: processors[0]?.model.trim() || 'unknown',
    cores: Math.max(processors.length, 1),
    memoryBytes: totalmem(),
  }
}
