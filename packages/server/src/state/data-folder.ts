import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { ConfigError } from '../config.ts'

/**
 * Makes the data folder, readable by its owner alone, and takes it for this server.
 * @returns a function that gives the folder back.
 * @throws ConfigError when the folder cannot be written or another server has it.
 */
export function takeDataFolder(folder: string): () => void {
  try {
    makeFolder(folder)
    chmodSync(folder, 0o700)
    const probe = join(folder, `.probe-${process.pid}`)
    privateFile(probe)
    rmSync(probe)
  } catch (error) {
    throw new ConfigError(
      `The data folder ${folder} cannot be written (${reason(error)}); set QUARRY_DATA to a folder that can.`,
    )
  }
  return lock(folder)
}

/**
 * Makes a folder and those above it.
 * @note Node's own `recursive` never returns where the kernel answers "no such file" for a folder whose parent exists,
 * as it does below /proc.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    // A file in the place of the folder is an error; a folder is not.
    if (!statSync(folder).isDirectory()) mkdirSync(folder)
    return
  }
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Makes a file that only its owner may read; one that exists keeps its content. SQLite's side files take its mode. */
export function privateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/**
 * The lock is SQLite's own, on a file of nothing else: the kernel drops it with the process, whatever ended it, so a
 * lock is never stale.
 */
function lock(folder: string): () => void {
  const path = join(folder, 'server.lock')
  privateFile(path)
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new ConfigError(`Another Quarry server is using the data folder ${folder}.`)
    }
    throw new ConfigError(`The data folder ${folder} cannot be locked (${reason(error)}).`)
  }
  return () => db.close()
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOENT: 'no folder can be made there',
    ENOTDIR: 'a part of the path is not a folder',
    EEXIST: 'it is not a folder',
  }
  return words[code ?? ''] ?? message
}
