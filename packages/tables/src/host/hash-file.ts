import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { closeSync, fstatSync } from 'node:fs'
import type { HashCache } from './hash-cache.ts'
import type { Hashes } from './host.ts'
import { readChunks } from './read-file.ts'
import { systemError } from './system-error.ts'

/** A larger file is not hashed: 2 GiB take about ten seconds of a CPU. */
export const defaultHashLimit = 2 * 1024 ** 3
const chunkSize = 256 << 10
/** A file of /proc says size 0 and may have no end. */
const maxUnsized = 16 << 20
/** A file that changed a moment ago may change again within one tick of the file system's clock. */
const settledNanos = 1_000_000_000n

export interface HashRequest {
  /** Path as asked for; it names the file in errors and in the cache. */
  path: string
  algorithms: readonly (keyof Hashes)[]
  /** Bytes; a larger file gives EFBIG. */
  limit: number
  /** What the path leads to now. */
  stat: BigIntStats
  open(): number
}

/** The hashes of a regular file, from the cache or by reading it once. Throws EFBIG, EISDIR and EINVAL beside what reading throws. */
export function hashFile(cache: HashCache, request: HashRequest): Partial<Hashes> {
  const { path, stat } = request
  if (stat.isDirectory()) throw systemError('EISDIR', path)
  if (!stat.isFile()) throw systemError('EINVAL', path)
  const known = cache.get(stat)
  if (known && request.algorithms.every((algorithm) => known[algorithm])) return known
  if (stat.size > BigInt(request.limit)) throw tooLarge(request)

  const fd = request.open()
  let before: BigIntStats
  try {
    before = fstatSync(fd, { bigint: true })
    if (before.size > BigInt(request.limit)) throw tooLarge(request)
  } catch (error) {
    closeSync(fd)
    throw error
  }
  return digest(cache, request, fd, before)
}

function digest(cache: HashCache, request: HashRequest, fd: number, before: BigIntStats): Partial<Hashes> {
  const hashers = request.algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
  const end = before.size === 0n ? maxUnsized : request.limit
  let size = 0
  let after = before
  // A large buffer for each of many small files would cost more than their hashes.
  const step = before.size === 0n ? chunkSize : Math.min(Number(before.size) + 1, chunkSize)
  for (const chunk of readChunks(fd, step)) {
    size += chunk.length
    if (size > end) throw tooLarge(request)
    for (const [, hasher] of hashers) hasher.update(chunk)
    after = fstatSync(fd, { bigint: true })
  }
  const hashes: Partial<Hashes> = Object.fromEntries(
    hashers.map(([name, hasher]) => [name, hasher.digest('hex')]),
  )
  if (settled(before, after, size)) cache.put(after, request.path, hashes)
  return hashes
}

/** Whether the bytes that were read are the file: it did not change meanwhile, and not so recently that a change could hide. */
function settled(before: BigIntStats, after: BigIntStats, size: number): boolean {
  const now = BigInt(Date.now()) * 1_000_000n
  return (
    after.size === BigInt(size) &&
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs &&
    now - after.ctimeNs > settledNanos
  )
}

const tooLarge = ({ path, limit }: HashRequest) =>
  systemError('EFBIG', path, `the file is larger than ${Math.floor(limit / 2 ** 20)} MiB and is not hashed`)
