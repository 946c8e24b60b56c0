export interface PageAnswer<Row> {
  items: readonly Row[]
  /** Rows in all, as far as the answer says. */
  total?: number
}

export interface PageSource<Row> {
  /** Reads rows `offset` to `offset + limit`. */
  load(offset: number, limit: number, signal: AbortSignal): Promise<PageAnswer<Row>>
  pageSize: number
  /** Pages that are kept; the least recently seen go first. */
  maxPages: number
}

interface Page<Row> {
  rows: readonly Row[]
  /** Has fewer rows than there were when it was read, or than there are now: to be read again when it is seen. */
  stale: boolean
}

/**
 * The window on a long list that stays on the server: pages by offset, read when they are seen, the next ones ahead, the
 * oldest forgotten. It holds no more than `maxPages × pageSize` rows, whatever the length of the list.
 */
export class PageCache<Row> {
  readonly #source: PageSource<Row>
  readonly #pages = new Map<number, Page<Row>>()
  readonly #loading = new Map<number, AbortController>()
  readonly #listeners = new Set<() => void>()
  #wanted: readonly number[] = []
  #count = 0
  /** What `grow` said last: an answer that was on its way then knows less. */
  #floor = 0
  #error: unknown
  #answered = false
  #version = 0

  constructor(source: PageSource<Row>) {
    this.#source = source
  }

  /** Rows in all, as last told by `grow` or by an answer. */
  get count(): number {
    return this.#count
  }

  /** The error of the last read; undefined after one that succeeded. */
  get error(): unknown {
    return this.#error
  }

  /** Whether a read has been answered yet. */
  get answered(): boolean {
    return this.#answered
  }

  /** A number that changes with every change: what `useSyncExternalStore` compares. */
  version = (): number => this.#version

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The row at an index, undefined while it is not there. */
  rowAt(index: number): Row | undefined {
    const { pageSize } = this.#source
    return this.#pages.get(Math.floor(index / pageSize))?.rows[index % pageSize]
  }

  /** Says which rows are in view: reads what is missing, one page ahead too, and gives up reads that nobody waits for. */
  want(first: number, last: number): void {
    const { pageSize } = this.#source
    const [from, to] = [Math.floor(first / pageSize), Math.floor(Math.max(first, last) / pageSize)]
    const lastPage = Math.max(0, Math.ceil(this.#count / pageSize) - 1)
    const wanted = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    this.#wanted = [...wanted, to + 1, from - 1].filter((page) => page >= 0 && page <= lastPage)
    for (const [page, abort] of this.#loading) if (!this.#wanted.includes(page)) abort.abort()
    this.#read()
  }

  /** Takes a new number of rows; rows were added at the end. Pages that were not full are read again when they are seen. */
  grow(count: number): void {
    if (count === this.#count) return
    const { pageSize } = this.#source
    this.#floor = count
    this.#count = count
    for (const page of this.#pages.values()) if (page.rows.length < pageSize) page.stale = true
    this.#changed()
    this.#read()
  }

  /** Reads everything again that is in view; old rows stay on show until the new ones come. */
  refresh(): void {
    for (const [page, held] of this.#pages) {
      if (this.#wanted.includes(page)) held.stale = true
      else this.#pages.delete(page)
    }
    for (const abort of this.#loading.values()) abort.abort()
    this.#loading.clear()
    if (this.#wanted.length === 0) this.#wanted = [0]
    this.#read()
  }

  /** Gives up all reads. The cache can be used again afterwards. */
  stop(): void {
    for (const abort of this.#loading.values()) abort.abort()
    this.#loading.clear()
  }

  #read(): void {
    for (const page of this.#wanted) {
      const held = this.#pages.get(page)
      if (held) this.#touch(page, held)
      if (this.#loading.has(page) || (held && !held.stale)) continue
      void this.#load(page)
    }
  }

  async #load(page: number): Promise<void> {
    const abort = new AbortController()
    this.#loading.set(page, abort)
    const { pageSize } = this.#source
    const known = this.#count
    try {
      const answer = await this.#source.load(page * pageSize, pageSize, abort.signal)
      if (this.#loading.get(page) !== abort) return
      this.#loading.delete(page)
      this.#take(page, answer)
      const outdated = this.#pages.get(page)?.stale && this.#count !== known && known > 0
      if (outdated && this.#wanted.includes(page)) this.#read()
    } catch (error) {
      if (this.#loading.get(page) === abort) this.#loading.delete(page)
      if (abort.signal.aborted) return
      this.#error = error
      this.#answered = true
      this.#changed()
    }
  }

  #take(page: number, { items, total }: PageAnswer<Row>): void {
    const { pageSize } = this.#source
    this.#error = undefined
    this.#answered = true
    if (total !== undefined) this.#count = Math.max(total, this.#floor)
    const expected = Math.min(pageSize, Math.max(0, this.#count - page * pageSize))
    this.#pages.set(page, { rows: items, stale: items.length < expected })
    while (this.#pages.size > this.#source.maxPages) {
      const oldest = [...this.#pages.keys()].find((key) => !this.#wanted.includes(key))
      if (oldest === undefined) break
      this.#pages.delete(oldest)
    }
    this.#changed()
  }

  #touch(page: number, held: Page<Row>): void {
    this.#pages.delete(page)
    this.#pages.set(page, held)
  }

  #changed(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}
