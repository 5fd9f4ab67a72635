// safetensors: what is written is read back, the bytes are those of the format, and bad files are refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../../src/data/safetensors.ts'
import { FileFormatError, InvalidArgumentError } from '../../src/errors.ts'

/** A file with this header, as given, and this much data. */
function fileWith(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const file = new Uint8Array(8 + json.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  return file
}

const tensor = (offsets: unknown, shape: unknown = [1], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: offsets,
})

const tensors: fc.Arbitrary<NamedTensor[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ unit: 'grapheme' }).filter(name => name !== '__metadata__'),
      data: fc.oneof(
        fc.float32Array({ maxLength: 9 }),
        fc.float64Array({ maxLength: 9 }),
        fc.int32Array({ maxLength: 9 }),
        fc.uint8Array({ maxLength: 9 }),
        fc.int16Array({ maxLength: 9 }),
      ),
    }),
    { selector: ({ name }) => name, maxLength: 6 },
  )
  .map(list => list.map(({ name, data }) => ({ name, shape: [1, data.length], data })))

describe('safetensors', () => {
  it('reads back what was written, bit for bit', () => {
    fc.assert(
      fc.property(tensors, fc.dictionary(fc.string(), fc.string()), (list, metadata) => {
        const read = decodeSafetensors(encodeSafetensors(list, metadata))
        expect({ ...read.metadata }).toEqual({ ...metadata })
        expect(read.tensors.size).toBe(list.length)
        for (const { name, shape, data } of list) {
          const found = read.tensors.get(name)!
          expect(found.shape).toEqual(shape)
          expect(found.data).toEqual(data)
        }
      }),
    )
  })

  it('writes the bytes that the format prescribes', () => {
    const file = encodeSafetensors([{ name: 'w', shape: [1, 2], data: new Float32Array([1, -2]) }])
    const length = Number(new DataView(file.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    expect(new TextDecoder().decode(file.subarray(8, 8 + length)).trimEnd()).toBe(
      '{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}',
    )
    expect([...file.subarray(8 + length)]).toEqual([0, 0, 128, 63, 0, 0, 0, 192])
  })

  it('refuses to write names used twice and shapes that do not fit', () => {
    const data = new Float32Array(2)
    const twice = { name: 'a', shape: [2], data }
    expect(() => encodeSafetensors([twice, twice])).toThrow(/"a" is taken/)
    expect(() => encodeSafetensors([{ name: '__metadata__', shape: [2], data }])).toThrow(
      InvalidArgumentError,
    )
    expect(() => encodeSafetensors([{ name: 'a', shape: [3], data }])).toThrow(/needs 3 elements, got 2/)
    expect(() => encodeSafetensors([{ name: 'a', shape: [-1, -2], data }])).toThrow(/whole numbers/)
  })

  const huge = new Uint8Array(16)
  huge.fill(0xff, 0, 8)
  const cases: [string, Uint8Array, RegExp][] = [
    ['nothing', new Uint8Array(3), /w\.st is not a safetensors file: expected 8 bytes.*found 3/],
    ['a header longer than the file', huge, /w\.st.*at most 8 bytes, found a length of 18446744073709551615/],
    ['a header that is not JSON', fileWith('{"a":', 0), /w\.st: expected a header of JSON/],
    ['a header that is no object', fileWith('[]', 0), /w\.st: expected the header to be an object/],
    [
      'an unknown dtype',
      fileWith({ a: tensor([0, 2], [1], 'F16') }, 2),
      /tensor "a": expected a dtype.*"F16"/,
    ],
    ['a dtype of the prototype', fileWith({ a: tensor([0, 4], [1], 'toString') }, 4), /expected a dtype/],
    ['a negative shape', fileWith({ a: tensor([0, 4], [-1, -1]) }, 4), /tensor "a": expected a shape/],
    ['offsets beyond the data', fileWith({ a: tensor([0, 4]) }, 2), /data_offsets within the 2 bytes/],
    ['offsets the wrong way round', fileWith({ a: tensor([4, 0]) }, 4), /data_offsets within/],
    ['offsets missing', fileWith({ a: tensor(undefined) }, 4), /data_offsets within/],
    ['a shape that does not fit', fileWith({ a: tensor([0, 4], [2]) }, 4), /expected 8 bytes.*found 4/],
    ['a shape that overflows', fileWith({ a: tensor([0, 4], [2 ** 50, 2 ** 50]) }, 4), /expected .* found 4/],
    ['a hole', fileWith({ a: tensor([4, 8]) }, 8), /tensor "a" to begin at byte 0.*found 4/],
    ['an overlap', fileWith({ a: tensor([0, 4]), b: tensor([0, 4]) }, 4), /"b" to begin at byte 4.*found 0/],
    ['bytes left over', fileWith({ a: tensor([0, 4]) }, 9), /expected 4 bytes of data, found 9/],
    ['metadata that is not text', fileWith({ __metadata__: { a: 1 } }, 0), /to map text to text/],
  ]
  it.each(cases)('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'w.st')).toThrow(message)
    expect(() => decodeSafetensors(bytes, 'w.st')).toThrow(FileFormatError)
  })

  it('refuses a file cut off anywhere', () => {
    const file = encodeSafetensors([{ name: 'w', shape: [3], data: new Int32Array([1, 2, 3]) }])
    for (let length = 0; length < file.length; length++) {
      expect(() => decodeSafetensors(file.subarray(0, length))).toThrow(FileFormatError)
    }
  })
})
