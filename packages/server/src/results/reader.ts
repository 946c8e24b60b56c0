import { writeExport } from './export/export.ts'
import type { ExportRequest } from './export/read-chunks.ts'
import { type GroupRequest, readGroups } from './groups.ts'
import { type PageRequest, readPage } from './page.ts'
import { type Db, openToRead } from './result-file.ts'
import { Views } from './view.ts'

/** What the reading thread can be asked. `path` is the file of a run. */
export type ReadRequest =
  | { op: 'page'; path: string; request: PageRequest }
  | { op: 'groups'; path: string; request: GroupRequest }
  | { op: 'export'; path: string; request: ExportRequest; exportId: number }
  | { op: 'exportNext'; exportId: number }
  | { op: 'exportEnd'; exportId: number }
  | { op: 'forget'; path: string }

const maxOpen = 16

interface OpenFile {
  db: Db
  views: Views
  exports: number
}

/** Reads result files, keeping those it read last open. Lives in a thread of its own: sorting a million rows takes seconds. */
export class Reader {
  readonly #files = new Map<string, OpenFile>()
  readonly #exports = new Map<number, { file: OpenFile; pieces: Generator<string | Uint8Array> }>()

  /**
   * Answers one request.
   * @throws AppError column_not_found, bad_request
   */
  answer(message: ReadRequest): unknown {
    switch (message.op) {
      case 'page': {
        const { db, views } = this.#open(message.path)
        return readPage(db, views, message.request)
      }
      case 'groups':
        return readGroups(this.#open(message.path).db, message.request)
      case 'export': {
        const file = this.#open(message.path)
        const pieces = writeExport(file.db, file.views, message.request)
        file.exports++
        this.#exports.set(message.exportId, { file, pieces })
        return undefined
      }
      case 'exportNext': {
        const next = this.#exports.get(message.exportId)?.pieces.next()
        return next === undefined || next.done ? undefined : next.value
      }
      case 'exportEnd': {
        const open = this.#exports.get(message.exportId)
        this.#exports.delete(message.exportId)
        if (open) open.file.exports--
        open?.pieces.return(undefined)
        return undefined
      }
      case 'forget':
        this.#files.get(message.path)?.db.close()
        this.#files.delete(message.path)
        return undefined
    }
  }

  close(): void {
    for (const { db } of this.#files.values()) db.close()
    this.#files.clear()
  }

  #open(path: string): OpenFile {
    let file = this.#files.get(path)
    if (file === undefined) {
      const db = openToRead(path)
      file = { db, views: new Views(db), exports: 0 }
    }
    this.#files.delete(path)
    this.#files.set(path, file)
    for (const [old, { db, exports }] of this.#files) {
      if (this.#files.size <= maxOpen) break
      if (exports > 0 || old === path) continue
      db.close()
      this.#files.delete(old)
    }
    return file
  }
}
