import type { Scan } from '@quarry/tables/define-table'
import type { KeptValue } from '../../store/types.ts'
import type { Ahead } from './ahead.ts'

type Equals = Record<string, readonly KeptValue[]>

/** Answers that are at hand, of one shape of question. */
interface Known<R> {
  questions: number
  rows: Map<string, R[]>
  /** Processes have too many rows for looking up many of them at once. */
  large: boolean
}

const mostAnswers = 4096
const mostRows = 64
const mostTogether = 512
const mostRowsTogether = 8192
/** Looking ahead pays off once the same question came so often. */
const patience = 3

/**
 * Reads the rows of the processes that a scan asks for. A join asks for one process at a time, again and again: small answers are kept
 * for the length of the statement, and other processes that are about to be asked for are looked up with the one that is.
 * @param shape whatever else the question depends on, as JSON
 * @param make reads the rows for some needles; each row has its `sophos_pid`
 */
export function lookedUp<R extends Record<string, unknown>>(
  scan: Scan,
  ahead: Ahead,
  shape: unknown,
  equals: Equals,
  make: (equals: Equals) => Iterable<R>,
): Iterable<R> {
  const [id, ...others] = equals.sophos_pid ?? []
  if (typeof id !== 'string' || others.length > 0) return make(equals)
  return ofOne(id, scan, ahead, shape, equals, make)
}

function* ofOne<R extends Record<string, unknown>>(
  id: string,
  scan: Scan,
  ahead: Ahead,
  shape: unknown,
  equals: Equals,
  make: (equals: Equals) => Iterable<R>,
): Generator<R> {
  const shapes = scan.once('looked up', () => new Map<string, Known<R>>())
  const key = JSON.stringify([shape, { ...equals, sophos_pid: [] }])
  let known = shapes.get(key)
  if (!known) {
    // Where each question differs from the others, as in a join by time, nothing is gained.
    if (shapes.size >= mostRows) return yield* make(equals)
    known = { questions: 0, rows: new Map(), large: false }
    shapes.set(key, known)
  }
  known.questions++
  if (!known.rows.has(id) && known.questions > patience && !known.large && ahead.has(id))
    lookAhead(known, id, ahead, (ids) => make({ ...equals, sophos_pid: ids }))
  const rows = known.rows.get(id)
  if (rows) return yield* rows
  const found: R[] = []
  for (const row of make(equals)) {
    if (found.length <= mostRows) found.push(row)
    yield row
  }
  if (found.length > mostRows) return
  if (known.rows.size >= mostAnswers) known.rows.clear()
  known.rows.set(id, found)
}

function lookAhead<R extends Record<string, unknown>>(
  known: Known<R>,
  id: string,
  ahead: Ahead,
  make: (ids: string[]) => Iterable<R>,
) {
  const ids = [id]
  for (const other of ahead.ids()) {
    if (ids.length >= mostTogether) break
    if (other !== id && !known.rows.has(other)) ids.push(other)
  }
  const rows = new Map<string, R[]>(ids.map((one) => [one, []]))
  let count = 0
  for (const row of make(ids)) {
    rows.get(row.sophos_pid as string)?.push(row)
    count++
    if (count <= mostRowsTogether) continue
    known.large = true
    return
  }
  if (known.rows.size + rows.size > mostAnswers) known.rows.clear()
  for (const [one, found] of rows) known.rows.set(one, found)
}
