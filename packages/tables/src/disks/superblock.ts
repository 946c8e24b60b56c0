import type { Scan } from '../define-table.ts'
import { jsonIn } from '../files/json-file.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import type { Host } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'
import { entriesAt, textAt } from '../json/read-json.ts'

/** What the first blocks of a device say is on it. */
export interface Content {
  type: string
  uuid: string
  label: string
  /** Cipher and mode of LUKS, such as aes-xts-plain64. */
  cipher?: string
}

const headSize = 68 << 10
const maxLuksJson = 4 << 20

/** Looks at the first blocks of a device (or image) for a file system, swap space or LUKS; undefined for anything else. */
export function contentOf(host: Host, scan: Pick<Scan, 'warn' | 'once'>, path: string): Content | undefined {
  try {
    const parts = host.open(path, { device: true })
    try {
      const head = parts.read(0, headSize)
      return (
        luks(head, (offset, length) => parts.read(offset, length)) ??
        ext(head) ??
        xfs(head) ??
        btrfs(head) ??
        swap(head)
      )
    } finally {
      parts.close()
    }
  } catch (error) {
    // No medium (ENOMEDIUM), or a device without a driver (ENXIO).
    if (!isAbsent(error) && !['ENOMEDIUM', 'EIO'].includes(errorCode(error) ?? ''))
      warnUnread(scan, path, error)
    return undefined
  }
}

const text = (bytes: Buffer, from: number, length: number) =>
  bytes.toString('utf8', from, from + length).replace(/\0[\s\S]*$/, '')
const uuidAt = (bytes: Buffer, at: number) =>
  bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

function luks(head: Buffer, read: (offset: number, length: number) => Buffer): Content | undefined {
  if (head.toString('latin1', 0, 6) !== 'LUKS\xba\xbe') return undefined
  const version = head.readUInt16BE(6)
  const found = {
    type: 'crypto_LUKS',
    uuid: text(head, 168, 40),
    label: version === 2 ? text(head, 24, 48) : '',
  }
  if (version === 1) return { ...found, cipher: `${text(head, 8, 32)}-${text(head, 40, 32)}` }
  const size = Math.min(Number(head.readBigUInt64BE(8)), maxLuksJson)
  const json = jsonIn(text(read(4096, size - 4096), 0, size))
  const segments = entriesAt(json, 'segments').map(([, segment]) => textAt(segment, 'encryption'))
  const cipher = segments.find((one) => one !== null)
  return { ...found, cipher: cipher ?? '' }
}

function ext(head: Buffer): Content | undefined {
  if (head.length < 2048 || head.readUInt16LE(1080) !== 0xef53) return undefined
  const journal = head.readUInt32LE(1024 + 0x5c) & 4
  // Extents, 64 bits and flexible groups came with ext4.
  const newer = head.readUInt32LE(1024 + 0x60) & 0x2c0
  return {
    type: newer ? 'ext4' : journal ? 'ext3' : 'ext2',
    uuid: uuidAt(head, 1024 + 0x68),
    label: text(head, 1024 + 0x78, 16),
  }
}

function xfs(head: Buffer): Content | undefined {
  if (head.toString('latin1', 0, 4) !== 'XFSB') return undefined
  return { type: 'xfs', uuid: uuidAt(head, 32), label: text(head, 108, 12) }
}

function btrfs(head: Buffer): Content | undefined {
  if (head.toString('latin1', 0x10040, 0x10048) !== '_BHRfS_M') return undefined
  return { type: 'btrfs', uuid: uuidAt(head, 0x10020), label: text(head, 0x1012b, 256) }
}

function swap(head: Buffer): Content | undefined {
  if (head.toString('latin1', 4086, 4096) !== 'SWAPSPACE2') return undefined
  return { type: 'swap', uuid: uuidAt(head, 1036), label: text(head, 1052, 16) }
}
