/** Cells of one column, as small as their values allow: whole numbers of 32 bits, then numbers, then anything. */
export class CellList {
  #cells: Int32Array | Float64Array | unknown[]
  readonly #size: number

  constructor(size: number) {
    this.#size = size
    this.#cells = new Int32Array(size)
  }

  at(place: number): unknown {
    return this.#cells[place]
  }

  /** Sets a cell; those before it are set, none after it. Returns the bytes that this takes. */
  set(place: number, value: unknown): number {
    if (this.#cells instanceof Int32Array) {
      if (typeof value === 'number' && (value | 0) === value && !Object.is(value, -0)) {
        this.#cells[place] = value
        return 4
      }
      this.#cells = typeof value === 'number' ? Float64Array.from(this.#cells) : this.#anything(place)
      this.#cells[place] = value as number
      return 4 * place + 8
    }
    if (this.#cells instanceof Float64Array && typeof value !== 'number') this.#cells = this.#anything(place)
    this.#cells[place] = value as number
    return 8
  }

  #anything(length: number): unknown[] {
    const cells = new Array<unknown>(this.#size)
    for (let place = 0; place < length; place++) cells[place] = this.#cells[place]
    return cells
  }
}
