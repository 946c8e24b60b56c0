import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/** One piece takes about a millisecond of CPU; events are read between two of them. */
const pieceBytes = 256 << 10
/** A file that changed a moment ago may change again within one tick of the file system's clock. */
const settledNanos = 1_000_000_000n

export interface FileHash {
  sha256: string
  stat: BigIntStats
  /** The bytes that were read are the file, and a change since would show in its times. */
  settled: boolean
}

/**
 * Reads an open regular file to its end and hashes it.
 * @returns undefined when it is no regular file, larger than `limit` bytes, or changed while it was read.
 */
export async function readHash(file: FileHandle, limit: number): Promise<FileHash | undefined> {
  const before = await file.stat({ bigint: true })
  if (!before.isFile() || before.size > BigInt(limit)) return undefined
  const hasher = createHash('sha256')
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, Number(before.size) + 1))
  let size = 0
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, piece.length, size)
    if (bytesRead === 0) break
    size += bytesRead
    if (size > limit) return undefined
    hasher.update(bytesRead === piece.length ? piece : piece.subarray(0, bytesRead))
  }
  const stat = await file.stat({ bigint: true })
  if (stat.size !== BigInt(size) || stat.mtimeNs !== before.mtimeNs || stat.ctimeNs !== before.ctimeNs)
    return undefined
  const settled = BigInt(Date.now()) * 1_000_000n - stat.ctimeNs > settledNanos
  return { sha256: hasher.digest('hex'), stat, settled }
}
