import type { Layout } from '../layout.ts'
import type { KeptValue } from '../types.ts'

/** A block holds at most this many rows, or characters of text. */
const MOST_ROWS = 4096
const MOST_CHARACTERS = 24 * 2 ** 20

/** Takes in the rows of a block, in the order of their sequences: each distinct value once. */
export class BlockBuilder {
  readonly layout: Layout
  readonly times: number[] = []
  readonly runs: [number, number][] = []
  readonly columns: { values: KeptValue[]; places: Map<KeptValue, number>; ids: number[] }[]
  #characters = 0

  constructor(layout: Layout) {
    this.layout = layout
    this.columns = layout.columns.map(() => ({ values: [], places: new Map(), ids: [] }))
  }

  get rows(): number {
    return this.times.length
  }

  get full(): boolean {
    return this.rows >= MOST_ROWS || this.#characters >= MOST_CHARACTERS
  }

  add(sequence: number, time: number, row: readonly KeptValue[]): void {
    const run = this.runs.at(-1)
    if (run && run[0] + run[1] === sequence) run[1]++
    else this.runs.push([sequence, 1])
    this.times.push(time)
    for (let index = 0; index < this.columns.length; index++) {
      const { values, places, ids } = this.columns[index]!
      const value = row[index] ?? null
      let place = places.get(value)
      if (place === undefined) {
        place = values.push(value) - 1
        places.set(value, place)
        if (typeof value === 'string') this.#characters += value.length
      }
      ids.push(place)
    }
  }
}
