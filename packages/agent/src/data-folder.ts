import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { codeOf, messageOf, StartError } from './start-error.ts'

/** The agent's own folder, locked: nobody else uses it until `close`. */
export interface DataFolder {
  readonly path: string
  /** What tables may keep between queries: the hash cache and the anchor of process start times. */
  readonly cache: string
  file(name: string): string
  close(): void
}

/**
 * Opens the folder in which the agent keeps its key, its identity and its outbox, and locks it.
 * The lock is SQLite's own (an `fcntl` lock), which the kernel drops with the process: no stale lock is left after kill -9.
 * @param path made with mode 0700 when it is missing.
 * @throws StartError when it cannot be used, or another agent uses it.
 */
export function openDataFolder(path: string): DataFolder {
  const cache = join(path, 'cache')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const { uid } = statSync(path)
    if (process.getuid && uid !== process.getuid())
      throw new Error(`it belongs to the user with id ${uid}, and the agent runs as ${process.getuid()}`)
    chmodSync(path, 0o700)
    mkdirSync(cache, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError(`The agent's folder ${path} cannot be used: ${messageOf(error)}.`, { cause: error })
  }
  const lock = takeLock(path)
  writeFileSync(join(path, 'agent.pid'), `${process.pid}\n`, { mode: 0o600 })
  return { path, cache, file: (name) => join(path, name), close: () => lock.close() }
}

function takeLock(path: string): Database.Database {
  let lock: Database.Database | undefined
  try {
    lock = new Database(join(path, 'lock.db'), { timeout: 0 })
    chmodSync(join(path, 'lock.db'), 0o600)
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (codeOf(error).startsWith('SQLITE_BUSY'))
      throw new StartError(`Another agent (process ${holder(path)}) uses the folder ${path}; stop it first.`)
    throw new StartError(`The agent's folder ${path} cannot be locked: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

function holder(path: string): string {
  try {
    return readFileSync(join(path, 'agent.pid'), 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
