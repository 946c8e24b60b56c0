import { expect, test } from 'vitest'
import { structureSigns } from '../pua/structure.ts'
import { makePe } from '../testing/make-pe.ts'
import { seeded } from '../training/random.ts'
import { signatureOf } from './authenticode.ts'
import { entropyOf } from './entropy.ts'
import { headerFeatures, parsePe } from './parse-pe.ts'

const text = { name: '.text', bytes: Buffer.alloc(600, 0x90) }
const data = { name: '.data1234', bytes: Buffer.alloc(10, 1), characteristics: 0xc0000040, virtualSize: 9000 }

test.each([
  [false, 0x10b, 0x400000, 224],
  [true, 0x20b, 0x140000000, 240],
])('reads every header of an image (64 bits: %s)', (is64Bit, magic, imageBase, optionalSize) => {
  const file = parsePe(makePe({ is64Bit, sections: [text, data], entryPoint: 4100 }))!
  expect(headerFeatures(file)).toEqual([
    101,
    102,
    103,
    104,
    105,
    106,
    107,
    108,
    109,
    110,
    111,
    112,
    113,
    114,
    115,
    128,
    2,
    71,
    72,
    optionalSize,
    0x102,
    magic,
    14,
    29,
    1001,
    1002,
    1003,
    4100,
    4096,
    imageBase,
    4096,
    512,
    1,
    2,
    3,
    4,
    5,
    6,
    512,
    12345,
    12288,
    3,
    0x140,
    0x100000,
    0x1000,
    0x200000,
    0x2000,
    7,
    16,
  ])
  expect(file.machine).toBe(is64Bit ? 0x8664 : 0x14c)
  expect(file.timeDateStamp).toBe(1_600_000_000)
  expect(file.directories).toHaveLength(16)
  expect(file.sections).toEqual([
    {
      name: '.text',
      virtualSize: 600,
      virtualAddress: 4096,
      rawSize: 1024,
      rawOffset: 512,
      characteristics: 0x60000020,
    },
    {
      name: '.data123',
      virtualSize: 9000,
      virtualAddress: 8192,
      rawSize: 512,
      rawOffset: 1536,
      characteristics: 0xc0000040,
    },
  ])
})

test('what is not a PE file is not one, wherever it ends', () => {
  const whole = makePe({ sections: [text] })
  const headersEnd = 128 + 24 + 96
  for (let length = 0; length < headersEnd; length++)
    expect(parsePe(whole.subarray(0, length))).toBeUndefined()
  expect(parsePe(whole.subarray(0, headersEnd + 8))?.directories).toHaveLength(1)
  expect(parsePe(Buffer.from('\x7fELF'.padEnd(2000, '\0')))).toBeUndefined()
})

test('counts that promise more than the file holds give what it holds', () => {
  const file = makePe({ sections: [text] })
  file.writeUInt16LE(65535, 128 + 4 + 2)
  file.writeUInt32LE(0xffffffff, 128 + 24 + 92)
  const parsed = parsePe(file)!
  expect(parsed.sections.length).toBeLessThanOrEqual(96)
  expect(parsed.directories).toHaveLength(16)
  file.writeUInt32LE(0xfffffff0, 60)
  expect(parsePe(file)).toBeUndefined()
})

test('entropy is 0 for one value, 8 for all alike, and 0 for nothing', () => {
  expect(entropyOf(Buffer.alloc(100, 7))).toBe(0)
  expect(entropyOf(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))).toBe(8)
  expect(entropyOf(Buffer.alloc(0))).toBe(0)
})

test('an image damaged anywhere is read or refused, and never more than it holds', () => {
  const random = seeded(20261124)
  const whole = makePe({ sections: [text, data], certificates: Buffer.alloc(40, 5) })
  const byte = () => Math.floor(random() * 256)
  let read = 0
  for (let round = 0; round < 5000; round++) {
    const image = Buffer.from(whole.subarray(0, Math.floor(random() * whole.length) + 1))
    for (let change = 0; change < 8; change++)
      image[Math.floor(random() * Math.min(image.length, 600))] = byte()
    const file = parsePe(image)
    if (!file) continue
    read++
    expect(headerFeatures(file).every(Number.isFinite)).toBe(true)
    expect(file.sections.length).toBeLessThanOrEqual(96)
    for (const { weight } of structureSigns(file, image)) expect(weight).toBeGreaterThan(0)
    expect(signatureOf(image, file).state).toMatch(/unsigned|digest/)
  }
  expect(read).toBeGreaterThan(500)
})
