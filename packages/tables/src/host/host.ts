import type { BigIntStats, BigIntStatsFs } from 'node:fs'
import type { Platform } from '@quarry/schema'
import type { Bridge } from '../bridge/bridge.ts'
import type { InterfaceAddress } from '../net/interface-address.ts'
import type { MemoryPart } from './process-memory.ts'
import type { Parts } from './read-parts.ts'

/** Reputation and scores of one file: −1 where nothing is known, `data` JSON that explains the score. */
export interface Scores {
  localRep: number
  localRepData: string
  globalRep: number
  globalRepData: string
  mlScore: number
  mlScoreData: string
  puaScore: number
  puaScoreData: string
}

/** A file whose scores are asked for. */
export interface ScoredFile {
  /** As the kernel or the query names it; the kernel adds ` (deleted)` to an image that is gone. */
  path: string
  /** Where its bytes are to be read; another path than its own for the image of a process. */
  image: string
  sha256: string
}

/** What the agent knows about its own place, for `sophos_endpoint_info` and `osquery_info`. */
export interface AgentIdentity {
  endpointId: string
  tenantId: string
  agentVersion: string
  /** Process id of the agent, and when it started in seconds since 1970. */
  pid?: number
  startTime?: number
}

/** Sums of a file's bytes, in hex. */
export interface Hashes {
  md5: string
  sha1: string
  sha256: string
}

/** A name in a folder. */
export interface Entry {
  name: string
  folder: boolean
}

/** What a host cannot give by itself and the agent fills in. A missing port means: unknown. */
export interface Ports {
  scores?: { of(host: Host, file: ScoredFile): Scores | undefined }
  identity?: AgentIdentity
  /** Addresses of every interface, also of those that are down; undefined where the system has no tool that tells. */
  interfaceAddresses?(): InterfaceAddress[] | undefined
  /** The firewall as `iptables-save -c` prints it; undefined where the system has no such tool. */
  firewall?(): string | undefined
}

/**
 * What a table may touch of the machine; tests give it a fixture folder. Paths are absolute as on the host itself.
 * Every call throws a Node.js system error (`code` ENOENT, EACCES, …) and refuses paths below the agent's or server's own data
 * with EACCES.
 */
export interface Host {
  readonly platform: Platform
  readonly ports: Ports
  /**
   * The way to what is asynchronous: HTTP and streams over unix sockets, by their paths on the host, and over the network where queries
   * may use it. A socket that does not exist throws ENOENT at once.
   */
  readonly bridge: Omit<Bridge, 'close'>
  /** Whole file as UTF-8, wrong bytes replaced. `limit` (default 16 MiB) in bytes; a longer file is cut. */
  read(path: string, limit?: number): string
  readBytes(path: string, limit?: number): Uint8Array
  /** Lines of a text file of any size, one at a time, without their ends; bounded memory. */
  lines(path: string): Iterable<string>
  /** A file of any size in chunks, each valid until the next is pulled. */
  chunks(path: string): Iterable<Uint8Array>
  /**
   * Opens a file for reading parts of it; the caller closes it. With `device` it may be a block device: whoever reads one takes
   * its fixed structures only, since the guard of Quarry's own data does not see what the blocks belong to.
   */
  open(path: string, options?: { device?: boolean }): Parts
  /** Readable memory of a process of this machine in pieces, each valid until the next is pulled; EACCES for Quarry's own. */
  memory(pid: number): Iterable<MemoryPart>
  /** Names in a folder, sorted. */
  list(path: string): string[]
  /** The same, and which of them are folders; a symlink is none. */
  entries(path: string): Entry[]
  readlink(path: string): string
  /** Extended attributes of a file or folder by name; symlinks are followed. */
  attributes(path: string): Map<string, Buffer>
  /** Follows symlinks. */
  stat(path: string): BigIntStats
  lstat(path: string): BigIntStats
  /** Sizes and free space of the file system at a path. */
  statfs(path: string): BigIntStatsFs
  exists(path: string): boolean
  realpath(path: string): string
  /** The hashes of a regular file, from the cache keyed by (device, inode, size, mtime, ctime) where it is known. */
  hash(path: string, algorithms: readonly (keyof Hashes)[]): Partial<Hashes>
  /** Paths at which a file with this SHA-256 was hashed before and still is. */
  pathsOfHash(sha256: string): string[]
  /** The host as a process sees it: its root folder is ours. Throws ENOENT for a process that is gone. */
  within(pid: number): Host
  /** Now, in milliseconds since 1970. */
  now(): number
  /** Wall clock at boot in Windows FILETIME ticks (100 ns since 1601), the anchor of `sophos_pid`; the same for a boot. */
  bootFiletime(): bigint
}
