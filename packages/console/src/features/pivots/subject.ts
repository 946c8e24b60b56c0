import { type PivotGroup, type PivotType, unaskable } from '@quarry/schema'
import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import type { z } from 'zod'

type Group = z.infer<typeof PivotGroup>

/** What a pivot menu is about: the cells of one column, each value once. */
export interface Subject {
  column: ResultColumn
  type: PivotType | undefined
  /** The groups that the menu may offer. */
  groups: ReadonlySet<Group>
  rows: readonly ResultItem[]
  /** Values as text, those that can be asked about. */
  values: readonly string[]
  /** Why the others cannot, each reason once. */
  refusals: readonly { reason: string; count: number }[]
}

const allGroups: readonly Group[] = ['live', 'lake', 'enrichment', 'actions']

/** Looks at the cells of a column: what they are, which questions they lead to, which values are no question. */
export function subjectOf(column: ResultColumn, rows: readonly ResultItem[]): Subject {
  const type = column.pivotType
  const texts = [...new Set(rows.map((row) => String(row[column.name] ?? '')))]
  const reasons = new Map<string, number>()
  const values = texts.filter((text) => {
    const reason = type && unaskable(type, text, 'devices')
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    return !reason
  })
  return {
    column,
    type,
    groups: new Set(type ? (column.pivots ?? allGroups) : []),
    rows,
    values: type ? values : [],
    refusals: [...reasons].map(([reason, count]) => ({ reason, count })),
  }
}
