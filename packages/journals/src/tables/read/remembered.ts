import type { Scan } from '@quarry/tables/define-table'

/** So many answers are kept for a statement, and of so many rows each at most. */
const mostAnswers = 2000
const mostRows = 64

/**
 * Keeps small answers for the length of a statement: a join asks for the same process again and again.
 * @param key what was asked for; without one nothing is kept
 */
export function* remembered<T>(scan: Scan, key: string | undefined, make: () => Iterable<T>): Generator<T> {
  if (key === undefined) return yield* make()
  const answers = scan.once('answers', () => new Map<string, readonly T[]>())
  const known = answers.get(key)
  if (known) return yield* known
  const rows: T[] = []
  for (const row of make()) {
    if (rows.length <= mostRows) rows.push(row)
    yield row
  }
  if (rows.length > mostRows) return
  const [oldest] = answers.keys()
  if (answers.size >= mostAnswers && oldest !== undefined) answers.delete(oldest)
  answers.set(key, rows)
}
