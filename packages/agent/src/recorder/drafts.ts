import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A row that waits longer than this, in milliseconds, is written down: with the store's own delay that makes 200. */
const afterMillis = 40

/** A row that waits for something before it goes to the store: for the hash of its file. */
export interface Draft {
  subject: string
  /** Milliseconds since 1970. */
  time: number
  row: Record<string, unknown>
}

/** Rows that wait, on disk, so that a kill -9 does not lose them. */
export interface Drafts {
  /** What an earlier process left: rows that happened and never went to the store. */
  readonly left: readonly Draft[]
  /** Whether the process before this one did not close the drafts: it was killed, or the machine was. */
  readonly interrupted: boolean
  /** Forgets what was left, once it is in the store. */
  clear(): void
  /** Keeps a row; call what it returns when the row has gone to the store. */
  keep(draft: Draft): () => void
  close(): void
}

/**
 * Opens the file of drafts: a line for each row that waits, and a line with its number once it waits no more. It is emptied whenever
 * nothing waits. A disk that is full costs the safety of these rows, nothing else.
 */
export function openDrafts(path: string): Drafts {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const before = readText(path)
  const file = openSync(path, 'a', 0o600)
  const fresh = new Map<number, Draft>()
  const written = new Set<number>()
  let last = 0
  let timer: NodeJS.Timeout | undefined

  function put(text: string) {
    try {
      writeSync(file, text)
    } catch {
      // The store says that the disk is full.
    }
  }
  function write() {
    timer = undefined
    if (fresh.size === 0) return
    let text = ''
    for (const [id, draft] of fresh) {
      text += `${JSON.stringify([id, draft])}\n`
      written.add(id)
    }
    fresh.clear()
    put(text)
  }
  return {
    left: before === undefined ? [] : readDrafts(before),
    interrupted: before !== undefined,
    clear: () => written.size === 0 && ftruncateSync(file),
    keep(draft) {
      const id = ++last
      fresh.set(id, draft)
      timer ??= setTimeout(write, afterMillis).unref()
      return () => {
        if (fresh.delete(id) || !written.delete(id)) return
        if (written.size === 0) ftruncateSync(file)
        else put(`${JSON.stringify([id])}\n`)
      }
    },
    close() {
      clearTimeout(timer)
      closeSync(file)
      rmSync(path, { force: true })
    },
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readDrafts(text: string): Draft[] {
  const drafts = new Map<number, Draft>()
  for (const line of text.split('\n')) {
    const [id, draft] = parse(line)
    if (id === undefined) continue
    if (draft) drafts.set(id, draft)
    else drafts.delete(id)
  }
  return [...drafts.values()]
}

/** The last line may be torn. */
function parse(line: string): [id?: number, draft?: Draft] {
  try {
    return JSON.parse(line)
  } catch {
    return []
  }
}
