import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makePrivateFile } from './private-file.ts'

/** Keeps a second writer out of a folder. The system gives it back when the process ends, however it ends. */
export function takeWriterLock(folder: string): { release(): void } {
  const path = join(folder, 'writer.lock')
  makePrivateFile(path)
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new Error(`Another process writes to the journals in ${folder}. Only one writer may.`, { cause })
  }
  return { release: () => lock.close() }
}
