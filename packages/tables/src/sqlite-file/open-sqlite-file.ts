import type { Parts } from '../host/read-parts.ts'
import { readCell, usableSize } from './cells.ts'
import { readRecord, type StoredValue } from './record.ts'
import { readVarint } from './varint.ts'
import { walPages } from './wal.ts'

/** A row of a table: its rowid, and its values in the order of the columns as the file keeps them. */
export interface StoredRow {
  rowid: number
  values: StoredValue[]
}

/** A database file, read without SQLite: page by page as rows are pulled, in little memory, and nothing on the machine changes. */
export interface SqliteFile {
  /** Rows of a table in the order of their rowids; none where there is no such table. Throws a RangeError for a damaged file. */
  rows(table: string): Generator<StoredRow>
  /** The row with a rowid. */
  row(table: string, rowid: number): StoredRow | undefined
}

const leaf = 0x0d
const interior = 0x05
const maxDepth = 40

/**
 * Opens a database of SQLite 3 (https://www.sqlite.org/fileformat2.html) with UTF-8 text; `wal` is its write-ahead log. Undefined
 * for a file that is none. Tables WITHOUT ROWID and indexes are not read.
 */
export function openSqliteFile(parts: Parts, wal?: Parts): SqliteFile | undefined {
  const header = parts.read(0, 100)
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return undefined
  const stored = header.readUInt16BE(16)
  const pageSize = stored === 1 ? 65_536 : stored
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return undefined
  const usable = usableSize(pageSize, header[20]!)
  const newer = wal ? walPages(wal, pageSize) : new Map<number, number>()
  const last = Math.max(parts.size / pageSize, ...newer.keys())

  function page(number: number): Buffer {
    const offset = newer.get(number)
    const bytes =
      offset === undefined ? parts.read((number - 1) * pageSize, pageSize) : wal!.read(offset, pageSize)
    if (number < 1 || number > last || bytes.length < pageSize) throw new RangeError('A page is missing.')
    return bytes
  }
  function rowAt(bytes: Buffer, at: number): StoredRow {
    const { rowid, payload } = readCell(bytes, at, usable, page)
    return { rowid, values: readRecord(payload) }
  }

  function* walk(root: number, depth = 0): Generator<StoredRow> {
    if (depth > maxDepth) throw new RangeError('The pages form a circle.')
    const { bytes, kind, cells, right } = node(page(root), root)
    for (const at of cells) {
      if (kind === leaf) yield rowAt(bytes, at)
      else yield* walk(bytes.readUInt32BE(at), depth + 1)
    }
    if (kind === interior) yield* walk(right, depth + 1)
  }

  function find(root: number, rowid: number): StoredRow | undefined {
    for (let next = root, depth = 0; depth <= maxDepth; depth += 1) {
      const { bytes, kind, cells, right } = node(page(next), next)
      if (kind === leaf) {
        const at = cells.find((cell) => rowidOf(bytes, cell) === rowid)
        return at === undefined ? undefined : rowAt(bytes, at)
      }
      const child = cells.find((cell) => readVarint(bytes, cell + 4).value >= rowid)
      next = child === undefined ? right : bytes.readUInt32BE(child)
    }
    throw new RangeError('The pages form a circle.')
  }

  let roots: Map<string, number> | undefined
  function rootOf(table: string): number | undefined {
    roots ??= new Map(
      [...walk(1)].flatMap(({ values: [type, name, , root] }) =>
        type === 'table' && typeof root === 'number' ? [[String(name), root] as const] : [],
      ),
    )
    return roots.get(table)
  }
  return {
    *rows(table) {
      const root = rootOf(table)
      if (root !== undefined) yield* walk(root)
    },
    row(table, rowid) {
      const root = rootOf(table)
      return root === undefined ? undefined : find(root, rowid)
    },
  }
}

/** A page of a table's tree: where its cells are, and the last child of an interior one. The first page begins behind the header. */
function node(bytes: Buffer, number: number) {
  const start = number === 1 ? 100 : 0
  const kind = bytes[start]
  if (kind !== leaf && kind !== interior) throw new RangeError('A page is of another kind.')
  const first = start + (kind === leaf ? 8 : 12)
  const cells = Array.from({ length: bytes.readUInt16BE(start + 3) }, (_, at) =>
    bytes.readUInt16BE(first + at * 2),
  )
  return { bytes, kind, cells, right: kind === interior ? bytes.readUInt32BE(start + 8) : 0 }
}

/** The rowid of a leaf's cell stands behind the length of its payload. */
const rowidOf = (bytes: Buffer, cell: number) => readVarint(bytes, readVarint(bytes, cell).end).value
