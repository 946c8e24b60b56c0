import { crc32 } from 'node:zlib'
import type { KeptValue } from '../types.ts'
import { type Dictionary, findEach, openDictionary } from './dictionary.ts'
import { unpackNumbers } from './given.ts'
import type { BlockHeader, ColumnHeader, Part } from './header.ts'
import { planesOf, unzigzag } from './numbers.ts'
import { fillGuesses, type Ids, unpackRows } from './predict.ts'
import { openProcesses } from './processes.ts'
import { groupOrder, inOrder, unpackRecency } from './recency.ts'
import { unpackStreams } from './streams.ts'

/** A column that was read: for each row, in the order of the block, a place in its dictionary. */
export interface ReadColumn {
  ids: Int32Array
  dictionary: Dictionary
}

const nothing: Dictionary = { count: 1, valueAt: () => null, find: (values) => (values.has(null) ? [0] : []) }

/** Reads a block, part by part as they are asked for. Throws when a part is damaged. */
export class BlockView {
  readonly header: BlockHeader
  #read: (offset: number, length: number) => Buffer
  readonly #columns = new Map<string, ReadColumn>()
  #times: Float64Array | undefined
  #group: (ReadColumn & { order: Int32Array; inTurn: Int32Array }) | undefined

  constructor(header: BlockHeader, read: (offset: number, length: number) => Buffer) {
    this.header = header
    this.#read = read
  }

  /** Reads further parts by another function: the file may have been closed and opened again. */
  readFrom(read: (offset: number, length: number) => Buffer): void {
    this.#read = read
  }

  /** Forgets the columns that take much room. */
  shrink(): void {
    for (const { name, kept } of this.header.columns) if (kept !== 'integer') this.#columns.delete(name)
  }

  /** Milliseconds since 1970, in the order of the sequences. */
  get times(): Float64Array {
    if (this.#times === undefined) {
      const { times, rows } = this.header
      const differences = planesOf(this.#streams(times)[0]!, rows)
      let time = times.first
      for (let row = 0; row < rows; row++) {
        time += unzigzag(differences[row]!)
        differences[row] = time
      }
      this.#times = differences
    }
    return this.#times
  }

  /** For each row of the block the row in the order of the sequences. */
  get order(): Int32Array {
    return this.#groups()?.order ?? Int32Array.from({ length: this.header.rows }, (_, row) => row)
  }

  /** Reads a column; one that the block does not have is NULL. */
  column(name: string): ReadColumn {
    if (name === '#' || name === this.header.group?.name) return this.#groups()!
    let column = this.#columns.get(name)
    if (column === undefined) {
      const header = this.header.columns.find((column) => column.name === name)
      column = header
        ? this.#readColumn(header)
        : { ids: new Int32Array(this.header.rows), dictionary: nothing }
      this.#columns.set(name, column)
    }
    return column
  }

  /** Reads every part. @throws when one is damaged. */
  check(): void {
    const { times, group, columns } = this.header
    for (const part of [times, ...(group ? [group] : []), ...columns]) this.#bytes(part)
  }

  #readColumn(header: ColumnHeader): ReadColumn {
    const { rows } = this.header
    const [wrongRows, explicit, ...streams] = this.#streams(header)
    const wrong = unpackRows(wrongRows!, header.wrong, rows)
    const key = header.key === undefined ? undefined : this.#keyOf(header.key)
    if (header.numbers) {
      const rowTime = (index: number) => Math.floor(this.times[this.order[wrong[index]!]!]! / 1000)
      const values = unpackNumbers({ ...header.numbers, planes: explicit! }, header.wrong, rowTime)
      const given = Int32Array.from({ length: header.wrong }, (_, index) => index)
      const valueAt = (id: number): KeptValue => values[id]!
      const find = (wanted: ReadonlySet<KeptValue>) => findEach(values.length, valueAt, wanted)
      const dictionary = { count: values.length, valueAt, find }
      return { ids: fillGuesses(rows, wrong, given, key), dictionary }
    }
    const references = planesOf(explicit!, header.wrong)
    const given = new Int32Array(header.wrong)
    const firstRows: number[] = []
    for (let index = 0; index < given.length; index++) {
      const reference = references[index]!
      given[index] = reference === 0 ? firstRows.push(wrong[index]!) - 1 : reference - 1
    }
    return {
      ids: fillGuesses(rows, wrong, given, key),
      dictionary: this.#openDictionary(header, streams, firstRows),
    }
  }

  #openDictionary(header: ColumnHeader, streams: Buffer[], firstRows: number[]): Dictionary {
    if (header.dictionary) return openDictionary({ ...header.dictionary, streams })
    const group = this.#groups()
    const { times, order } = this
    const sightOf = (place: number) => {
      const row = firstRows[place]!
      return { time: times[order[row]!]!, own: group ? group.ids[row]! : -1 }
    }
    return openProcesses({ ...header.processes!, streams }, sightOf, group?.dictionary)
  }

  #keyOf(name: string): Ids {
    const { ids, dictionary } = this.column(name)
    return { ids, count: dictionary.count }
  }

  #groups() {
    const { group } = this.header
    if (group === undefined) return undefined
    if (this.#group === undefined) {
      const [codes, forgotten, ...streams] = this.#streams(group)
      const { ids: inTurn, count } = unpackRecency(codes!, planesOf(forgotten!, group.forgotten))
      const { times } = this
      const first = new Float64Array(count)
      for (let row = 0, next = 0; next < count; row++) if (inTurn[row] === next) first[next++] = times[row]!
      const sightOf = (place: number) => ({ time: first[place]!, own: -1 })
      const dictionary = openProcesses({ ...group.processes, streams }, sightOf, undefined)
      const order = groupOrder(inTurn, count)
      this.#group = { inTurn, order, dictionary, ids: inOrder(inTurn, order) }
    }
    return this.#group
  }

  #streams(part: Part): Buffer[] {
    return unpackStreams(this.#bytes(part), part)
  }

  #bytes(part: Part): Buffer {
    const bytes = this.#read(part.offset, part.length)
    if (crc32(bytes) !== part.crc) throw new Error('a part of a block is damaged')
    return bytes
  }
}
