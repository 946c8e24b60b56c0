import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { bearsName, scoreNames } from '../../components/cells/score-name.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { findingsOf } from './findings.ts'

/** More lines than this are for the card of the row. */
const MOST = 5
const LONGEST = 300

/** What the reasons of a score say in each row, for whoever hovers over it; undefined for a column without reasons beside it. */
export function scoreTip(column: ResultColumn, columns: readonly ResultColumn[]) {
  const name = column.scale && scoreNames.find((each) => bearsName(column.name, each))
  const reasons = name && columns.find((other) => bearsName(other.name, name, '_data'))
  if (!reasons) return undefined
  return (row: ResultItem): string | undefined => {
    const texts = (findingsOf(row[reasons.name]) ?? []).map(({ text }) => visibleText(text, LONGEST))
    return texts.length > 0 ? texts.slice(0, MOST).join('\n') : undefined
  }
}
