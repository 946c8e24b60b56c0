import type { BigIntStats } from 'node:fs'
import { stat as statOf } from 'node:fs/promises'
import type { HashCache } from '@quarry/tables/hash-cache'
import { openQuietly } from './open-quietly.ts'
import { readHash } from './read-hash.ts'
import { openTurns } from './turns.ts'

/** A file that is to be hashed. */
export interface HashRequest {
  /** Ways to it, the surest first: `/proc/<pid>/exe`, its path, its path below the parent's root. */
  paths: readonly string[]
  /** What the kernel said it is; without it the first way that leads to a file is taken. */
  device?: number
  inode?: number
  /** Whether the first way leads to the right file whatever its numbers say: overlay file systems give others. */
  sure?(): boolean
  /** It can wait for all others: what ran long before is not in a hurry. */
  later?: boolean
}

export interface Hashed {
  sha256: string
  size: number
  device: bigint
  inode: bigint
  /** `read`: it was read for the first time; `cached`: it was hashed before this process started; `known`: neither. */
  news: 'read' | 'cached' | 'known'
}

export interface Hasher {
  /** Resolves to undefined when the file is gone, is another one by now, too large, or too many wait. Never rejects. */
  hash(request: HashRequest): Promise<Hashed | undefined>
  /** Forgets what is remembered of a file, since it has changed. */
  changed(device: number, inode: number): void
}

export interface HasherOptions {
  cache: HashCache
  /** Bytes beyond which a file is not hashed. */
  limit: number
  /** Requests that may wait; more are refused. */
  waiting: number
}

interface Remembered {
  path: string
  key: string
  hashed: Hashed
  /** A later change would show in the file's times. */
  settled: boolean
}

const maxRemembered = 10_000
/** Files that are read side by side: the disk may be slow, the CPU is not to be taken. */
const parallel = 2

const keyOf = (stat: BigIntStats) => `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`

/** Hashes files off the hot path: nothing waits for it, and a file that is known costs one `stat`, shared by all who ask at once. */
export function openHasher({ cache, limit, waiting }: HasherOptions): Hasher {
  const remembered = new Map<string, Remembered>()
  const looks = new Map<string, Promise<BigIntStats | undefined>>()
  const readings = new Map<string, Promise<Hashed | undefined>>()
  const turns = openTurns(parallel, waiting)

  /** One look at a path for all who ask in this moment; who asks while it is under way gets the next, as the file may have changed. */
  function look(path: string): Promise<BigIntStats | undefined> {
    const next = `+${path}`
    const under = looks.get(path)
    const known = under && looks.get(next)
    if (known) return known
    const begin = () => {
      const found = statOf(path, { bigint: true }).catch(() => undefined)
      looks.set(path, found)
      void found.then(() => looks.get(path) === found && looks.delete(path))
      return found
    }
    if (!under) return begin()
    const later = under.then(() => {
      looks.delete(next)
      return begin()
    })
    looks.set(next, later)
    return later
  }

  async function recall(id: string): Promise<Hashed | undefined> {
    const known = remembered.get(id)
    if (!known?.settled) return undefined
    const stat = await look(known.path)
    if (!stat) return undefined
    if (keyOf(stat) === known.key) return known.hashed
    // The path of a container leads elsewhere on the host; only the same file with other times has changed.
    if (stat.dev === known.hashed.device && stat.ino === known.hashed.inode) remembered.delete(id)
    return undefined
  }

  function remember(id: string, stat: BigIntStats, path: string, sha256: string, settled: boolean): Hashed {
    const { dev: device, ino: inode, size } = stat
    const before = remembered.get(id)
    const hashed: Hashed = { sha256, size: Number(size), device, inode, news: 'known' }
    remembered.delete(id)
    remembered.set(id, { path, key: keyOf(stat), hashed, settled })
    if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value!)
    return before?.hashed.sha256 === sha256 ? hashed : { ...hashed, news: 'read' }
  }

  async function read(request: HashRequest, id: string): Promise<Hashed | undefined> {
    for (const [index, path] of request.paths.entries()) {
      const file = await openQuietly(path).catch(() => undefined)
      if (!file) continue
      try {
        const stat = await file.stat({ bigint: true })
        const same = stat.dev === BigInt(request.device ?? -1) && stat.ino === BigInt(request.inode ?? -1)
        const right = same || (index === 0 && request.sure?.() === true)
        if (!right || !stat.isFile()) continue
        const name = request.paths[1] ?? path
        const known = cache.get(stat)?.sha256
        if (known) {
          const hashed = remember(id, stat, name, known, true)
          return hashed.news === 'read' ? { ...hashed, news: 'cached' } : hashed
        }
        const found = await readHash(file, limit)
        if (!found) return undefined
        if (found.settled) cache.put(found.stat, name, { sha256: found.sha256 })
        return remember(id, found.stat, name, found.sha256, found.settled)
      } catch {
        // It went away while it was read: perhaps another way leads to it.
      } finally {
        await file.close().catch(() => {})
      }
    }
    return undefined
  }

  /** Finds out which file is meant, where the source could not tell. */
  async function identify(request: HashRequest): Promise<HashRequest | undefined> {
    for (const path of request.paths) {
      const stat = await look(path)
      if (stat) return { ...request, device: Number(stat.dev), inode: Number(stat.ino) }
    }
    return undefined
  }

  /** The last that is known of a file that no way leads to any more. */
  const last = (id: string) => remembered.get(id)?.hashed

  return {
    async hash(asked) {
      const request = asked.inode === undefined ? await identify(asked) : asked
      if (!request) return undefined
      const id = `${request.device}:${request.inode}`
      const known = await recall(id)
      if (known) return known
      const under = readings.get(id)
      if (under) {
        const hashed = await under
        return hashed ? { ...hashed, news: 'known' } : last(id)
      }
      const reading = turns.take(() => read(request, id), request.later)
      readings.set(id, reading)
      const hashed = await reading
      readings.delete(id)
      return hashed ?? last(id)
    },
    changed: (device, inode) => void remembered.delete(`${device}:${inode}`),
  }
}
