// The configuration as a file: what is written comes back, and any text gives values within the limits or none at all.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialConfig, parameterNames } from '../../experiments/learners/parameters.ts'
import { readConfig, writeConfig } from '../../viewer/state/configFile.ts'

describe('a configuration file', () => {
  it('comes back as it was written', () => {
    const config = {
      ...initialConfig,
      neurons: 123,
      learningRate: 0.0123,
      brainLearning: false,
      classes: '0000000001',
    }
    expect(readConfig(writeConfig(config))).toEqual({ config, problems: [] })
  })

  it('of any text is none, or has every parameter', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .dictionary(fc.constantFrom(...parameterNames), fc.oneof(fc.jsonValue(), fc.double()))
        .map(values => JSON.stringify(values)),
    )
    fc.assert(
      fc.property(texts, text => {
        const read = readConfig(text)
        if (read === null) return
        expect(Object.keys(read.config)).toEqual(parameterNames)
        // Read again, nothing is left to correct.
        expect(readConfig(writeConfig(read.config))).toEqual({ config: read.config, problems: [] })
      }),
    )
  })

  it('names what it could not take, and takes the rest', () => {
    const read = readConfig('{"neurons": 1e7, "seed": 4, "optimiser": null, "colour": "red"}')
    expect(read?.problems).toEqual(['colour', 'optimiser', 'neurons'])
    expect(read?.config).toEqual({ ...initialConfig, neurons: 1600, seed: 4 })
  })

  it('that names no parameter is none', () => {
    for (const text of ['', '[]', 'null', '7', '{}', '{"colour": "red"}', '{"neurons"'])
      expect(readConfig(text), text).toBeNull()
  })
})
