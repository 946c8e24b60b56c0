import { crc32, deflateRawSync } from 'node:zlib'

/** Makes a zip archive with one entry, deflated or stored. */
export function makeZip(name: string, content: string, packed = true): Buffer {
  const plain = Buffer.from(content)
  const bytes = packed ? deflateRawSync(plain) : plain
  const title = Buffer.from(name)
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(crc32(plain), 0)
  sizes.writeUInt32LE(bytes.length, 4)
  sizes.writeUInt32LE(plain.length, 8)
  sizes.writeUInt16LE(title.length, 12)
  const method = packed ? 8 : 0
  const local = Buffer.concat([
    Buffer.from(`PK\x03\x04\x14\0\0\0${String.fromCharCode(method)}\0\0\0\0\0`, 'latin1'),
    sizes,
    title,
    bytes,
  ])
  const directory = Buffer.concat([
    Buffer.from(`PK\x01\x02\x14\0\x14\0\0\0${String.fromCharCode(method)}\0\0\0\0\0`, 'latin1'),
    sizes,
    Buffer.alloc(14),
    title,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, directory, end])
}
