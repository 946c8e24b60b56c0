import { expect, test } from 'vitest'
import { parsePe } from '../pe/parse-pe.ts'
import { makePe, type PeParts } from '../testing/make-pe.ts'
import { structureSigns } from './structure.ts'

const text = { name: '.text', bytes: Buffer.alloc(2000, 0x90) }
const dense = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 8) * 31) & 255))

function signs(parts: PeParts, importTable = 0) {
  const bytes = makePe(parts)
  bytes.writeUInt32LE(importTable, 128 + 24 + 96 + 8)
  return structureSigns(parsePe(bytes)!, bytes).map(({ code, weight }) => [code, weight])
}

test('an ordinary program shows no signs', () => expect(signs({ sections: [text] })).toEqual([]))

test('tells a packer’s sections, code that can be written, and a start outside code', () => {
  const upx = { name: 'UPX0', bytes: Buffer.alloc(600, 1), characteristics: 0xe0000020 }
  expect(signs({ sections: [upx] })).toEqual([
    ['packer_section', 15],
    ['writable_code', 15],
  ])
  const data = { name: '.data', bytes: Buffer.alloc(600, 1), characteristics: 0xc0000040 }
  expect(signs({ sections: [text, data], entryPoint: 8200 })).toEqual([['entry_outside_code', 15]])
  expect(signs({ sections: [text], entryPoint: 0x500000 })).toEqual([['entry_outside_code', 15]])
  expect(signs({ sections: [text], entryPoint: 0 })).toEqual([])
})

test('tells compressed code, and next to no imports', () => {
  expect(signs({ sections: [{ name: '.text', bytes: dense }] })).toEqual([['dense_section', 10]])
  // Two descriptors and the empty one that ends the table, at the start of a section of data.
  const imports = Buffer.alloc(100)
  imports.writeUInt32LE(1, 12)
  const one = { name: '.idata', bytes: imports, characteristics: 0x40000040 }
  expect(signs({ sections: [text, one] }, 8192)).toEqual([['few_imports', 5]])
  const more = Buffer.from(imports)
  more.writeUInt32LE(1, 32)
  expect(signs({ sections: [text, { ...one, bytes: more }] }, 8192)).toEqual([])
})
