import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@quarry/schema'
import { type Appended, Appender, type BatchInput } from './append.ts'
import type { ExportRequest } from './export/read-chunks.ts'
import { GroupCommit } from './group-commit.ts'
import type { GroupRequest, Groups } from './groups.ts'
import { isPlain, type Page, type PageRequest, readPage } from './page.ts'
import { ReaderThreads } from './reader-threads.ts'
import {
  type Db,
  openToAppend,
  openToRead,
  readColumns,
  rowCount,
  type StoredColumn,
  unfinished,
} from './result-file.ts'
import { Views } from './view.ts'

const maxOpen = 64
const emptyPage: Page = { columns: [], items: [] }

/** The results of all runs: one SQLite file each, in one folder. */
export type ResultStore = ReturnType<typeof openResults>

/**
 * Opens the folder of results, and makes it when it is not there.
 * Appending and reading in order of arrival happen here; sorting, filtering, grouping and exporting in threads.
 */
export function openResults(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A server that was killed while it made a file left it under its unfinished name.
  for (const name of readdirSync(folder)) if (name.includes(unfinished)) rmSync(join(folder, name))
  const open = new Map<string, { db: Db; appender: Appender; views: Views }>()
  const threads = new ReaderThreads()
  const commit = new GroupCommit((runId) => openRun(runId).appender)
  const pathOf = (runId: string) => join(folder, `${runId}.sqlite`)

  const openRun = (runId: string) => {
    let run = open.get(runId)
    if (run === undefined) {
      const db = openToAppend(pathOf(runId))
      run = { db, appender: new Appender(db), views: new Views(db) }
    }
    open.delete(runId)
    open.set(runId, run)
    for (const old of open.keys()) {
      if (open.size <= maxOpen) break
      settle(old)
    }
    return run
  }

  /** Closes the file of a run until it is needed again. */
  const settle = (runId: string) => {
    open.get(runId)?.db.close()
    open.delete(runId)
  }

  const exists = (runId: string) => open.has(runId) || existsSync(pathOf(runId))

  return {
    /**
     * Appends a batch; a repeated one changes nothing.
     * @throws AppError disk_full; then nothing was stored and the same batch may come again
     */
    async append(runId: string, batch: BatchInput): Promise<Appended> {
      try {
        return await commit.append(runId, batch)
      } catch (error) {
        if (isDiskFull(error)) throw new AppError('disk_full', undefined, { cause: error })
        throw error
      }
    },

    /** Columns of a run so far. */
    columns(runId: string): readonly StoredColumn[] {
      if (!exists(runId)) return []
      return open.get(runId)?.appender.columns ?? briefly(pathOf(runId), readColumns)
    },

    /** Sequence of the last batch of a device; 0 for none. */
    lastSequence(runId: string, endpointId: string): number {
      if (!exists(runId)) return 0
      const read = (db: Db) =>
        db.prepare('SELECT last_sequence FROM devices WHERE endpoint_id = ?').pluck().get(endpointId)
      const run = open.get(runId)
      return Number((run ? read(run.db) : briefly(pathOf(runId), read)) ?? 0)
    },

    /** Number of rows of a run so far. */
    rows(runId: string): number {
      if (!exists(runId)) return 0
      return open.get(runId)?.appender.rows ?? briefly(pathOf(runId), rowCount)
    },

    /** @throws AppError column_not_found, bad_request */
    async page(runId: string, request: PageRequest): Promise<Page> {
      if (!exists(runId)) return { ...emptyPage, ...(request.withTotal && { total: 0 }) }
      const run = open.get(runId)
      if (run && isPlain(request) && !request.enriched?.length) return readPage(run.db, run.views, request)
      return threads.page(pathOf(runId), request)
    },

    /** @throws AppError column_not_found */
    async groups(runId: string, request: GroupRequest): Promise<Groups> {
      return exists(runId) ? threads.groups(pathOf(runId), request) : { items: [], groups: 0 }
    },

    /** Returns the pieces of a file; each is made when it is taken. @throws AppError column_not_found, bad_request */
    export(runId: string, request: ExportRequest): Promise<AsyncGenerator<string | Uint8Array>> {
      // A run without a row has no file yet; an empty one makes an empty export.
      if (!exists(runId)) openRun(runId)
      return threads.export(pathOf(runId), request)
    },

    settle,

    /** The file of a run. */
    pathOf,

    /** Deletes the results of a run. */
    async remove(runId: string): Promise<void> {
      settle(runId)
      await threads.forget(pathOf(runId))
      for (const suffix of ['', '-wal', '-shm']) rmSync(pathOf(runId) + suffix, { force: true })
    },

    /** Lists the runs that have results, with the bytes of each. */
    sizes(): Map<string, number> {
      const sizes = new Map<string, number>()
      for (const name of readdirSync(folder)) {
        const runId = /^([0-9a-f-]{36})\.sqlite(-wal|-shm)?$/.exec(name)?.[1]
        const size = statSync(join(folder, name), { throwIfNoEntry: false })?.size
        if (runId !== undefined && size !== undefined) sizes.set(runId, (sizes.get(runId) ?? 0) + size)
      }
      return sizes
    },

    async close(): Promise<void> {
      commit.flush()
      for (const runId of [...open.keys()]) settle(runId)
      await threads.close()
    },
  }
}

function briefly<T>(path: string, read: (db: Db) => T): T {
  const db = openToRead(path)
  try {
    return read(db)
  } finally {
    db.close()
  }
}

/** Whether SQLite failed because the disk has no room. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code ?? ''
  return (
    code === 'SQLITE_FULL' ||
    code === 'ENOSPC' ||
    code === 'SQLITE_IOERR_WRITE' ||
    code === 'SQLITE_IOERR_SHMSIZE'
  )
}
