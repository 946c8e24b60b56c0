import { lstatSync, readlinkSync, realpathSync, statfsSync, statSync } from 'node:fs'
import type { Platform } from '@quarry/schema'
import { type Bridge, openBridge } from '../bridge/bridge.ts'
import { addressesByIpTool } from '../net/ip-tool.ts'
import { printFirewall } from '../net/iptables-save.ts'
import { readAttributes } from './attributes.ts'
import { bootFromStat, keptBootTime, measureBootTime } from './boot-anchor.ts'
import { type Guard, openGuard } from './guard.ts'
import { type HashCache, openHashCache } from './hash-cache.ts'
import { defaultHashLimit, hashFile } from './hash-file.ts'
import type { AgentIdentity, Host, Ports } from './host.ts'
import { bridgeOf } from './host-bridge.ts'
import { openRegular } from './open-file.ts'
import { readEntries, readNames, toFsPath } from './path-bytes.ts'
import { readMemory } from './process-memory.ts'
import { defaultReadLimit, readAll, readChunks, splitLines } from './read-file.ts'
import { openParts } from './read-parts.ts'
import { resolveInside } from './root-path.ts'
import { systemError } from './system-error.ts'

export interface HostOptions {
  /** Folder that plays the machine's root; the real machine when left out. */
  root?: string
  /** Default: the platform of this process. */
  platform?: Platform
  /** Folders with Quarry's own data, by their path on this machine; nothing below them is read. */
  dataDirs?: readonly string[]
  /** Folder of the hash cache and the boot anchor, by its path on this machine; without it hashes are kept in memory. */
  cacheDir?: string
  /** Folder of the boot anchor where it is not `cacheDir`; null for none, where it would not be kept: `btime` serves then. */
  anchorDir?: string | null
  identity?: AgentIdentity
  scores?: Ports['scores']
  /** More of what the tables read from. */
  ports?: Partial<Ports>
  /** Bytes beyond which a file is not hashed; default 2 GiB. */
  hashLimit?: number
  /** Whether tables may reach out of the machine, as curl does; default false. */
  network?: boolean
}

/** A host, and how to let go of its files. */
export interface OpenHost extends Host {
  close(): void
}

interface Inner {
  root: string
  platform: Platform
  ports: Ports
  guard: Guard
  cache: HashCache
  hashLimit: number
  bridge: Bridge
  bootFiletime(): bigint
}

/** Files of /proc and /sys that lead nowhere else: they need no look at their parents. */
const leadsNowhere = /^\/(?:proc|sys)(?!.*\/(?:root|cwd|exe|fd|map_files|\.\.)(?:\/|$))(?:\/|$)/
const processFds = /^\/proc\/[^/]+(?:\/task\/\d+)?\/fd$/

const platforms: Partial<Record<NodeJS.Platform, Platform>> = { darwin: 'darwin', win32: 'windows' }

/** Opens the machine that this process runs on, or a folder that plays a machine's part. Opens no file yet. */
export function openHost(options: HostOptions = {}): OpenHost {
  const root = options.root === undefined || options.root === '/' ? '' : realpathSync(options.root)
  const cache = openHashCache(options.cacheDir)
  const bridge = openBridge({ network: options.network ?? false })
  const { anchorDir = options.cacheDir } = options
  const ports: Ports = {
    ...(options.scores && { scores: options.scores }),
    ...(options.identity && { identity: options.identity }),
    ...(root === '' && { interfaceAddresses: addressesByIpTool, firewall: printFirewall }),
    ...options.ports,
  }
  let boot: bigint | undefined
  const host: Host = hostOf({
    root,
    platform: options.platform ?? platforms[process.platform] ?? 'linux',
    ports,
    guard: openGuard(options.dataDirs ?? []),
    cache,
    hashLimit: options.hashLimit ?? defaultHashLimit,
    bridge,
    bootFiletime() {
      boot ??= bootTime(host, root === '' ? (anchorDir ?? undefined) : undefined)
      return boot
    },
  })
  return {
    ...host,
    close() {
      bridge.close()
      cache.close()
    },
  }
}

/** A fixture, whose clock stands still, takes `btime`. */
function bootTime(host: Host, anchorDir: string | undefined): bigint {
  const measure = () => measureBootTime(Date.now(), host.read('/proc/uptime'))
  const bootId =
    anchorDir && host.exists('/proc/sys/kernel/random/boot_id')
      ? host.read('/proc/sys/kernel/random/boot_id').trim()
      : ''
  const kept =
    anchorDir && /^[\da-f-]{36}$/.test(bootId) ? keptBootTime(anchorDir, bootId, measure) : undefined
  return kept ?? bootFromStat(host.read('/proc/stat'))
}

function hostOf(inner: Inner): Host {
  const { root, platform, ports, guard, cache } = inner

  /** The path for `fs`; symlinks are the kernel's matter on the machine itself, and ours inside a root. */
  function locate(path: string, follow: boolean): string {
    if (!path.startsWith('/')) throw systemError('ENOENT', path)
    if (root) return root + resolveInside(root, path, follow)
    return path.length > 1 && path.endsWith('/') ? path.replace(/\/+$/, '') || '/' : path
  }
  const trusted = (real: string) => root === '' && leadsNowhere.test(real)
  /** A folder that needs no look at its parents. */
  const leadsHere = (real: string) => trusted(real) || (root === '' && processFds.test(real))
  function admit(path: string, follow: boolean): string {
    const real = locate(path, follow)
    const free = trusted(real) || (!follow && leadsHere(real.slice(0, real.lastIndexOf('/'))))
    if (!free) guard.path(real, follow)
    return real
  }
  function folder(path: string): string {
    const real = locate(path, true)
    if (!leadsHere(real)) guard.folder(real)
    return real
  }
  function open(path: string, device = false): number {
    const real = locate(path, true)
    return openRegular(real, guard, trusted(real), device)
  }
  const readBytes = (path: string, limit = defaultReadLimit) => readAll(open(path), limit)
  const stat = (path: string) => statSync(toFsPath(admit(path, true)), { bigint: true })

  return {
    platform,
    ports,
    bridge: bridgeOf(inner.bridge, (path) => admit(path, true)),
    read: (path, limit) => readBytes(path, limit).toString('utf8'),
    readBytes,
    lines: (path) => splitLines(readChunks(open(path))),
    chunks: (path) => readChunks(open(path)),
    open: (path, { device = false } = {}) => openParts(open(path, device)),
    memory(pid) {
      if (root !== '') throw systemError('ENOENT', `/proc/${pid}/mem`)
      return readMemory(pid, guard)
    },
    list: (path) => readNames(folder(path)).sort(),
    entries: (path) => readEntries(folder(path)),
    readlink: (path) => readlinkSync(toFsPath(admit(path, false))),
    attributes: (path) => readAttributes(toFsPath(admit(path, true))),
    stat,
    lstat: (path) => lstatSync(toFsPath(admit(path, false)), { bigint: true }),
    statfs: (path) => statfsSync(toFsPath(admit(path, true)), { bigint: true }),
    exists(path) {
      try {
        return statSync(toFsPath(admit(path, true)), { throwIfNoEntry: false }) !== undefined
      } catch {
        return false
      }
    },
    realpath(path) {
      const real = admit(path, true)
      if (root === '') return realpathSync.native(toFsPath(real))
      statSync(toFsPath(real))
      return real.slice(root.length) || '/'
    },
    hash(path, algorithms) {
      const limit = inner.hashLimit
      return hashFile(cache, { path, algorithms, limit, stat: stat(path), open: () => open(path) })
    },
    pathsOfHash: (sha256) =>
      cache.paths(sha256).filter((path) => {
        try {
          return cache.get(stat(path))?.sha256 === sha256
        } catch {
          return false
        }
      }),
    within(pid) {
      const real = locate(`/proc/${pid}/root`, true)
      guard.folder(real)
      statSync(real)
      return hostOf({ ...inner, root: real.replace(/\/$/, '') })
    },
    now: () => Date.now(),
    bootFiletime: inner.bootFiletime,
  }
}
