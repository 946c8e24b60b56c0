import type { Parts } from '../host/read-parts.ts'

export interface Partition {
  /** Number as TSK counts: the place in the table. */
  number: number
  label: string
  type: string
  /** In blocks. */
  offset: number
  blocks: number
  flags: number
  blockSize: number
}

const sector = 512
/** Flags of TSK: a partition, space that no partition takes, the table itself. */
const allocated = 1
const maxEntries = 1024
const names: Record<number, string> = {
  5: 'DOS Extended',
  7: 'NTFS / exFAT',
  11: 'Win95 FAT32',
  12: 'Win95 FAT32',
  15: 'Win95 Extended',
  130: 'Linux Swap / Solaris x86',
  131: 'Linux',
  142: 'Linux Logical Volume Manager',
  239: 'EFI File System',
  253: 'Linux RAID',
}

/** Partitions of a disk by its GPT, or else by its MBR with the logical ones; none where there is no table. */
export function partitionsOf(disk: Parts, blockSize = sector): Partition[] {
  const mbr = disk.read(0, sector)
  if (mbr.length < sector || mbr.readUInt16LE(510) !== 0xaa55) return []
  const gpt = disk.read(blockSize, blockSize)
  if (gpt.toString('latin1', 0, 8) === 'EFI PART') return gptPartitions(disk, gpt, blockSize)
  return dosPartitions(disk, mbr, blockSize)
}

function gptPartitions(disk: Parts, header: Buffer, blockSize: number): Partition[] {
  const size = header.readUInt32LE(84)
  const count = Math.min(header.readUInt32LE(80), maxEntries)
  if (size < 128 || size > 4096) return []
  const table = disk.read(Number(header.readBigUInt64LE(72)) * blockSize, size * count)
  const found: Partition[] = []
  for (let index = 0; (index + 1) * size <= table.length; index += 1) {
    const entry = table.subarray(index * size, (index + 1) * size)
    if (entry.subarray(0, 16).every((byte) => byte === 0)) continue
    const first = Number(entry.readBigUInt64LE(32))
    found.push({
      number: index,
      label: entry.toString('utf16le', 56, 128).replace(/\0[\s\S]*$/, ''),
      type: guid(entry),
      offset: first,
      blocks: Number(entry.readBigUInt64LE(40)) - first + 1,
      flags: allocated,
      blockSize,
    })
  }
  return found
}

/** The first three parts of a GUID are little-endian. */
function guid(entry: Buffer): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  const parts = [hex(entry.readUInt32LE(0), 8), hex(entry.readUInt16LE(4), 4), hex(entry.readUInt16LE(6), 4)]
  return [...parts, entry.toString('hex', 8, 10), entry.toString('hex', 10, 16)].join('-').toUpperCase()
}

function dosPartitions(disk: Parts, mbr: Buffer, blockSize: number): Partition[] {
  const found: Partition[] = []
  const add = (kind: number, offset: number, blocks: number, number: number) =>
    found.push({
      number,
      label: '',
      type: names[kind] ?? `Unknown type (0x${kind.toString(16).padStart(2, '0')})`,
      offset,
      blocks,
      flags: allocated,
      blockSize,
    })
  const isExtended = (kind: number) => [0x05, 0x0f, 0x85].includes(kind)
  for (const [index, entry] of entries(mbr).entries()) {
    if (entry.kind === 0) continue
    add(entry.kind, entry.first, entry.count, index)
    if (!isExtended(entry.kind)) continue
    // Each logical partition stands behind a record that names it and the next record.
    for (let next = entry.first, number = 4; number < 64; number += 1) {
      const record = disk.read(next * blockSize, sector)
      if (record.length < sector || record.readUInt16LE(510) !== 0xaa55) break
      const [own, following] = entries(record)
      if (own && own.kind !== 0) add(own.kind, next + own.first, own.count, number)
      if (!following || !isExtended(following.kind)) break
      next = entry.first + following.first
    }
  }
  return found
}

const entries = (record: Buffer) =>
  [446, 462, 478, 494].map((at) => ({
    kind: record.readUInt8(at + 4),
    first: record.readUInt32LE(at + 8),
    count: record.readUInt32LE(at + 12),
  }))
