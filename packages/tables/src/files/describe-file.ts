import type { BigIntStats } from 'node:fs'
import type { Host } from '../host/host.ts'
import { directoryOf } from './paths.ts'
import { isAbsent } from './unread.ts'

/** A file as `file` shows it: what its path leads to, and whether the path is a symlink. */
export interface FileFacts {
  stat: BigIntStats
  symlink: boolean
}

/** Looks at a path; a symlink that leads nowhere is described itself. Throws like `lstat`. */
export function lookAt(host: Host, path: string): FileFacts {
  const link = host.lstat(path)
  if (!link.isSymbolicLink()) return { stat: link, symlink: false }
  try {
    return { stat: host.stat(path), symlink: true }
  } catch (error) {
    if (!isAbsent(error) && !String(error).includes('ELOOP')) throw error
    return { stat: link, symlink: true }
  }
}

/** The kind of a file in osquery's words. */
export function typeName(stat: BigIntStats): string {
  if (stat.isFile()) return 'regular'
  if (stat.isDirectory()) return 'directory'
  if (stat.isSymbolicLink()) return 'symlink'
  if (stat.isBlockDevice()) return 'block'
  if (stat.isCharacterDevice()) return 'character'
  if (stat.isFIFO()) return 'fifo'
  return stat.isSocket() ? 'socket' : 'unknown'
}

/** Permission bits as four octal digits, set-user-id, set-group-id and sticky in the first. */
export const modeText = (stat: BigIntStats): string => (stat.mode & 0o7777n).toString(8).padStart(4, '0')

/** Where a symlink leads in the end; of one that leads nowhere, what it names. */
export function linkTarget(host: Host, path: string): string {
  try {
    return host.realpath(path)
  } catch {
    const target = host.readlink(path)
    return target.startsWith('/') ? target : `${directoryOf(path)}/${target}`
  }
}
