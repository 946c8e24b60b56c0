import type { Cell } from '@quarry/schema'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { numberOf } from '../../components/cells/cell-text.ts'
import { bearsName, scoreNames } from '../../components/cells/score-name.ts'
import { findingsOf } from './findings.ts'
import type { FileScores } from './judge.ts'

/** The scores in a row, with their reasons where the question asked for them; `sha256` only where it is one. */
export interface RowScores {
  scores: FileScores
  sha256: string | undefined
}

/**
 * Finds the scores of the file that a row is about: columns that bear the very names. Those of a parent, or renamed ones, may
 * be of another file and are left out. Undefined for a row without any.
 */
export function scoresOfRow(columns: readonly ResultColumn[], row: ResultItem): RowScores | undefined {
  const cellOf = (wanted: (name: string) => boolean): Cell | undefined => {
    const column = columns.find(({ name }) => wanted(name))
    return column && row[column.name]
  }
  const found = scoreNames.flatMap((name) => {
    const cell = cellOf((column) => bearsName(column, name))
    const score = cell === undefined || cell === null ? undefined : numberOf(cell)
    if (score === undefined) return []
    const findings = findingsOf(cellOf((column) => bearsName(column, name, '_data')))
    return [[name, { score, ...(findings && { findings }) }] as const]
  })
  if (found.length === 0) return undefined
  const sha256 = cellOf((column) => column === 'sha256')
  const isHash = typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256)
  return { scores: Object.fromEntries(found), sha256: isHash ? sha256.toLowerCase() : undefined }
}
