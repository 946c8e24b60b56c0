import { getSystemErrorMap } from 'node:util'
import type { Table } from '../define-table.ts'

const sentences = new Map([...getSystemErrorMap().values()].map(([code, sentence]) => [code, sentence]))

/**
 * The sentence about a scan that ended early. A system error is told by its own words; any other error is ours, and its
 * message might hold what nobody should read, so only its kind is named.
 */
export function scanFailure(table: Table, error: unknown): string {
  return `The table ${table.name} ended early: ${reason(error)}.`
}

function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const said = sentences.get(error.code)
    if (said) return `${said} (${error.code})`
  }
  return `an internal error (${error instanceof Error ? error.name : typeof error})`
}
