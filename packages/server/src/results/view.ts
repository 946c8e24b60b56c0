import type { Db, StoredColumn } from './result-file.ts'
import { type Selection, selectionSql } from './selection.ts'

/** The ids of the selected rows in their order, in a temporary table `(pos INTEGER PRIMARY KEY, id)`, `pos` from 1 without gaps. */
export interface View {
  table: string
  /** Rows of the run that it was made from; results only grow, so the same number gives the same view again. */
  upTo: number
  rows: number
  buildMillis: number
  builtAt: number
}

const maxViews = 6
/** A view that took longer than this to make may serve for a while although rows were added. */
const slowMillis = 100

/** Views of one open file, the least recently used thrown away. */
export class Views {
  readonly #db: Db
  readonly #views = new Map<string, View>()
  #next = 0

  constructor(db: Db) {
    this.#db = db
    db.function('holds_text', { deterministic: true }, (value: unknown, text: unknown) =>
      value === null || Buffer.isBuffer(value)
        ? 0
        : Number(String(value).toLowerCase().includes(String(text))),
    )
  }

  /**
   * Returns the view of a selection over the first `upTo` rows; makes it when it isn't there.
   * @param mayLag a view of fewer rows may serve while rows keep coming, so that making views takes a fifth of the time at most
   */
  get(columns: readonly StoredColumn[], selection: Selection, upTo: number, mayLag: boolean): View {
    const enriched = selection.enriched?.map(({ prefix, version }) => [prefix, version]) ?? []
    const { sort = '', filter = [], search = '' } = selection
    const name = JSON.stringify([sort, filter, search, enriched])
    const key = `${upTo} ${name}`
    const lagging = mayLag ? this.#lagging(name) : undefined
    const found = this.#views.get(key) ?? lagging?.[1]
    if (found !== undefined) {
      const foundKey = this.#views.has(key) ? key : lagging![0]
      this.#views.delete(foundKey)
      this.#views.set(foundKey, found)
      return found
    }
    const view = this.#make(columns, selection, upTo)
    this.#views.set(key, view)
    for (const [old, { table }] of this.#views) {
      if (this.#views.size <= maxViews) break
      this.#db.exec(`DROP TABLE temp.${table}`)
      this.#views.delete(old)
    }
    return view
  }

  /** Makes a view that stays until its user releases it, whatever else is asked meanwhile. */
  pinned(columns: readonly StoredColumn[], selection: Selection, upTo: number): View & { release(): void } {
    const view = this.#make(columns, selection, upTo)
    return { ...view, release: () => void this.#db.exec(`DROP TABLE IF EXISTS temp.${view.table}`) }
  }

  #lagging(name: string): [string, View] | undefined {
    return [...this.#views]
      .reverse()
      .find(
        ([key, view]) =>
          key.endsWith(` ${name}`) &&
          key.length === `${view.upTo} ${name}`.length &&
          view.buildMillis > slowMillis &&
          performance.now() - view.builtAt < 5 * view.buildMillis,
      )
  }

  #make(columns: readonly StoredColumn[], selection: Selection, upTo: number): View {
    const { where, order, params } = selectionSql(columns, selection)
    const table = `view_${this.#next++}`
    const start = performance.now()
    this.#db.exec(`CREATE TEMP TABLE ${table} (pos INTEGER PRIMARY KEY, id INTEGER NOT NULL)`)
    const { changes } = this.#db
      .prepare(
        `INSERT INTO temp.${table} (id) SELECT r.id FROM rows r WHERE r.id <= ? AND (${where}) ORDER BY ${order}`,
      )
      .run(upTo, ...params)
    const now = performance.now()
    return { table, upTo, rows: changes, buildMillis: now - start, builtAt: now }
  }
}
