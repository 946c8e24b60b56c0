// Makes small PE files for tests: every header has a value of its own, so that a parser that reads the wrong place is caught.

export interface PeParts {
  is64Bit?: boolean
  sections?: { name: string; bytes: Buffer; characteristics?: number; virtualSize?: number }[]
  entryPoint?: number
  /** Bytes after the image, with the certificate table pointing at them. */
  certificates?: Buffer
}

const fileAlignment = 512
const sectionAlignment = 4096
const lfanew = 128
const aligned = (size: number, to: number) => Math.ceil(size / to) * to

/** A PE file of the given sections, each at the next multiple of 4096 in memory and of 512 in the file. */
export function makePe({
  is64Bit = false,
  sections = [],
  entryPoint = 4096,
  certificates,
}: PeParts = {}): Buffer {
  const optionalSize = is64Bit ? 240 : 224
  const headers = Buffer.alloc(aligned(lfanew + 24 + optionalSize + 40 * sections.length, fileAlignment))
  writeDos(headers)
  const at = lfanew + 4
  headers.write('PE\0\0', lfanew, 'latin1')
  headers.writeUInt16LE(is64Bit ? 0x8664 : 0x14c, at)
  headers.writeUInt16LE(sections.length, at + 2)
  headers.writeUInt32LE(1_600_000_000, at + 4)
  headers.writeUInt32LE(71, at + 8)
  headers.writeUInt32LE(72, at + 12)
  headers.writeUInt16LE(optionalSize, at + 16)
  headers.writeUInt16LE(0x102, at + 18)
  const bodies = sections.map(({ bytes }) =>
    Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length, fileAlignment) - bytes.length)]),
  )
  const end = headers.length + bodies.reduce((sum, body) => sum + body.length, 0)
  writeOptional(headers, at + 20, {
    is64Bit,
    entryPoint,
    count: sections.length,
    headersSize: headers.length,
  })
  if (certificates) {
    const entry = at + 20 + (is64Bit ? 112 : 96) + 32
    headers.writeUInt32LE(end, entry)
    headers.writeUInt32LE(certificates.length, entry + 4)
  }
  let raw = headers.length
  for (const [index, section] of sections.entries()) {
    const place = at + 20 + optionalSize + 40 * index
    headers.write(section.name.slice(0, 8), place, 'latin1')
    headers.writeUInt32LE(section.virtualSize ?? section.bytes.length, place + 8)
    headers.writeUInt32LE(sectionAlignment * (index + 1), place + 12)
    headers.writeUInt32LE(bodies[index]!.length, place + 16)
    headers.writeUInt32LE(raw, place + 20)
    headers.writeUInt32LE(section.characteristics ?? 0x60000020, place + 36)
    raw += bodies[index]!.length
  }
  return Buffer.concat([headers, ...bodies, ...(certificates ? [certificates] : [])])
}

function writeDos(headers: Buffer) {
  headers.write('MZ', 0, 'latin1')
  for (let word = 1; word <= 13; word++) headers.writeUInt16LE(100 + word, word * 2)
  headers.writeUInt16LE(114, 36)
  headers.writeUInt16LE(115, 38)
  headers.writeUInt32LE(lfanew, 60)
}

function writeOptional(
  headers: Buffer,
  at: number,
  of: { is64Bit: boolean; entryPoint: number; count: number; headersSize: number },
) {
  headers.writeUInt16LE(of.is64Bit ? 0x20b : 0x10b, at)
  headers[at + 2] = 14
  headers[at + 3] = 29
  for (const [offset, value] of [
    [4, 1001],
    [8, 1002],
    [12, 1003],
    [16, of.entryPoint],
    [20, 4096],
  ] as const)
    headers.writeUInt32LE(value, at + offset)
  if (of.is64Bit) headers.writeBigUInt64LE(0x140000000n, at + 24)
  else headers.writeUInt32LE(0x400000, at + 28)
  headers.writeUInt32LE(sectionAlignment, at + 32)
  headers.writeUInt32LE(fileAlignment, at + 36)
  for (let version = 0; version < 6; version++) headers.writeUInt16LE(version + 1, at + 40 + 2 * version)
  headers.writeUInt32LE(sectionAlignment * (of.count + 1), at + 56)
  headers.writeUInt32LE(of.headersSize, at + 60)
  headers.writeUInt32LE(12345, at + 64)
  headers.writeUInt16LE(3, at + 68)
  headers.writeUInt16LE(0x140, at + 70)
  const sizes = [0x100000, 0x1000, 0x200000, 0x2000]
  for (const [index, size] of sizes.entries())
    if (of.is64Bit) headers.writeBigUInt64LE(BigInt(size), at + 72 + 8 * index)
    else headers.writeUInt32LE(size, at + 72 + 4 * index)
  const rest = at + 72 + (of.is64Bit ? 32 : 16)
  headers.writeUInt32LE(7, rest)
  headers.writeUInt32LE(16, rest + 4)
}
