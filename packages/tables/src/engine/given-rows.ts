import { createHash } from 'node:crypto'
import type { QueryRequest, WireValue } from '@quarry/schema/agent/query'

/** What was given of a statement that gathers before it gives, as one that sorts does: to go on, it runs anew and its first rows are passed over. */
export interface GivenRows {
  /** Whether a row that was found was given by the run before. */
  passes(row: WireValue[]): boolean
  gives(row: WireValue[]): void
  /** The rows of the run before have changed: going on behind them would repeat some and leave out others. */
  readonly changed: boolean
  /** Rows of the run before have not been found yet. */
  readonly missing: boolean
  /** Rows given in all, and what tells them from others. */
  sum(): { passed: number; digest: string }
}

/** @param before of the run before */
export function countGiven(before: QueryRequest['continuation']): GivenRows {
  const hash = createHash('sha256')
  const wanted = before && 'passed' in before ? before : undefined
  let rows = 0
  let changed = false
  const digest = () => hash.copy().digest('base64')
  const add = (row: WireValue[]) => {
    hash.update(JSON.stringify(row)).update('\n')
    rows++
  }
  return {
    passes(row) {
      if (!wanted || rows >= wanted.passed) return false
      add(row)
      if (rows === wanted.passed) changed = digest() !== wanted.digest
      return true
    },
    gives: add,
    get changed() {
      return changed
    },
    get missing() {
      return wanted !== undefined && rows < wanted.passed
    },
    sum: () => ({ passed: rows, digest: digest() }),
  }
}
