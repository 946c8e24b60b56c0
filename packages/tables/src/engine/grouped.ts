import type { Row, Table } from '../define-table.ts'
import { CellList } from './cell-list.ts'
import { compareGroups, type Group, groupKey, groupOf } from './group-keys.ts'

type Rows = Iterable<Row<Table['columns']>>

/** Rows of a chunk: lists grow by whole chunks, so that nothing large is ever copied. */
const BITS = 14
const SIZE = 2 ** BITS
/** Bytes of a row: its group, and its place in the order. */
const ROW_BYTES = 8
const ROWS_BETWEEN_LOOKS = 16
/** Different texts that are remembered, so that equal ones are kept once. */
const MOST_TEXTS = 20_000

interface Chunk {
  groups: Int32Array
  cells: CellList[]
  length: number
}

/**
 * Gives the rows of a table in the order of some columns, as `GROUP BY` needs them: SQLite would sort whole rows, which takes longer than
 * reading them, and more memory than a query has. Where they do not fit, the groups are taken part by part, each with a scan of its own.
 * @param open begins a scan; it may be called more than once
 * @param by columns of the groups, by name
 * @param reads columns that are kept
 * @param bytes about how much may be kept at a time
 * @param mustStop asked now and then; the rows end when it says so
 */
export function* grouped(
  open: () => Rows,
  by: readonly string[],
  reads: readonly string[],
  bytes: number,
  mustStop: () => boolean,
): Generator<Row<Table['columns']>> {
  let failure: { error: unknown } | undefined
  let from: Group | undefined
  do {
    const part = new Part(by, reads, bytes, from)
    try {
      let count = 0
      for (const row of open()) {
        if (count++ % ROWS_BETWEEN_LOOKS === 0 && mustStop()) return
        part.add(row)
      }
    } catch (error) {
      failure = { error }
    }
    from = part.until
    yield* part.rows()
  } while (from !== undefined && !failure)
  if (failure) throw failure.error
}

/** The rows of the groups from one on, as many groups as fit. */
class Part {
  /** The first group that did not fit. */
  until: Group | undefined
  readonly #by: readonly string[]
  readonly #others: readonly string[]
  readonly #limit: number
  readonly #from: Group | undefined
  /** Numbers of groups by their key; −1 for one that is not of this part. */
  readonly #numbers = new Map<unknown, number>()
  readonly #groups: Group[] = []
  #counts: number[] = []
  #chunks: Chunk[] = []
  #bytes = 0
  readonly #texts = new Map<string, string>()

  constructor(by: readonly string[], reads: readonly string[], limit: number, from: Group | undefined) {
    this.#by = by
    this.#others = reads.filter((name) => !by.includes(name))
    this.#limit = limit
    this.#from = from
  }

  add(row: Row<Table['columns']>): void {
    const number = this.#numberOf(row)
    if (number < 0) return
    this.#counts[number]!++
    const others = this.#others
    if (others.length === 0) return
    const { cells, length } = this.#place(number)
    for (let index = 0; index < others.length; index++)
      this.#bytes += cells[index]!.set(length - 1, this.#kept(row[others[index]!]))
    if (this.#bytes > this.#limit && this.#groups.length > 1) this.#cut()
  }

  *rows(): Generator<Row<Table['columns']>> {
    const sorted = this.#sorted()
    const row: Record<string, unknown> = {}
    const places = this.#places(sorted)
    let place = 0
    for (const number of sorted) {
      for (const [index, name] of this.#by.entries()) row[name] = this.#groups[number]![index]
      for (let left = this.#counts[number]!; left > 0; left--) {
        if (places) this.#fill(row, places[place++]!)
        yield row as Row<Table['columns']>
      }
    }
  }

  #fill(row: Record<string, unknown>, place: number): void {
    const { cells } = this.#chunks[place >> BITS]!
    const others = this.#others
    for (let index = 0; index < others.length; index++)
      row[others[index]!] = cells[index]!.at(place & (SIZE - 1))
  }

  #numberOf(row: Row<Table['columns']>): number {
    const key = groupKey(row, this.#by)
    let number = this.#numbers.get(key)
    if (number === undefined) {
      const group = groupOf(row, this.#by)
      number = this.#isHere(group) ? this.#groups.push(group) - 1 : -1
      if (number >= 0) this.#counts.push(0)
      this.#numbers.set(key, number)
    }
    return number
  }

  #isHere(group: Group): boolean {
    if (this.#from && compareGroups(group, this.#from) < 0) return false
    return !this.until || compareGroups(group, this.until) < 0
  }

  /** Takes in a row of a group; its cells come after those that are there. */
  #place(group: number): Chunk {
    let chunk = this.#chunks.at(-1)
    if (chunk === undefined || chunk.length === SIZE) {
      chunk = { groups: new Int32Array(SIZE), cells: this.#others.map(() => new CellList(SIZE)), length: 0 }
      this.#chunks.push(chunk)
    }
    chunk.groups[chunk.length++] = group
    this.#bytes += ROW_BYTES
    return chunk
  }

  #kept(value: unknown): unknown {
    if (typeof value !== 'string') return value
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear()
    this.#texts.set(value, value)
    this.#bytes += value.length
    return value
  }

  /** Numbers of the groups that have rows, in their order. */
  #sorted(): number[] {
    const numbers = [...this.#groups.keys()].filter((number) => this.#counts[number]! > 0)
    return numbers.sort((a, b) => compareGroups(this.#groups[a]!, this.#groups[b]!))
  }

  /** Places of the rows in the order of their groups, within a group as they came; undefined where only their number is kept. */
  #places(sorted: readonly number[]): Int32Array | undefined {
    if (this.#others.length === 0) return undefined
    const next = new Int32Array(this.#groups.length)
    let rows = 0
    for (const number of sorted) {
      next[number] = rows
      rows += this.#counts[number]!
    }
    const places = new Int32Array(rows)
    for (const [index, { groups, length }] of this.#chunks.entries())
      for (let at = 0; at < length; at++) places[next[groups[at]!]!++] = index * SIZE + at
    return places
  }

  /** Leaves the upper half of the groups to a later part. */
  #cut(): void {
    const sorted = this.#sorted()
    const half = this.#counts.reduce((sum, count) => sum + count, 0) / 2
    let rows = 0
    let kept = 0
    while (kept < sorted.length - 1 && (kept === 0 || rows < half)) rows += this.#counts[sorted[kept++]!]!
    if (kept === sorted.length) return
    this.until = this.#groups[sorted[kept]!]!
    const stays = new Uint8Array(this.#groups.length)
    for (const number of sorted.slice(0, kept)) stays[number] = 1
    for (const [key, number] of this.#numbers) if (stays[number] !== 1) this.#numbers.set(key, -1)
    this.#counts = this.#counts.map((count, number) => (stays[number] === 1 ? count : 0))
    const before = this.#chunks
    this.#chunks = []
    this.#texts.clear()
    this.#bytes = 0
    for (const { groups, cells, length } of before)
      for (let at = 0; at < length; at++) {
        if (stays[groups[at]!] !== 1) continue
        const chunk = this.#place(groups[at]!)
        for (const [index, list] of cells.entries())
          this.#bytes += chunk.cells[index]!.set(chunk.length - 1, this.#kept(list.at(at)))
      }
  }
}
