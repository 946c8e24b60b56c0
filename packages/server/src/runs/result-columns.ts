import type { CatalogueColumn, Cell, PivotType } from '@quarry/schema'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { StoredColumn } from '../results/result-file.ts'
import { namedLoosely, pivotByName, pivotByValues } from './pivot-of.ts'

export interface ColumnFacts {
  /** What the query says of its columns, by name. */
  declared: Record<string, CatalogueColumn>
  /** What the devices say of their tables: pivot type by `table.column`. */
  origins: ReadonlyMap<string, PivotType>
  /** Some rows, to judge a column by that nothing else tells of. */
  sample: readonly Record<string, Cell>[]
}

/**
 * Describes the columns of a run, `epName` first. What kind a column holds comes from the query’s entry, else from the table
 * column that it is read from, else from its name, else from its values.
 */
export function describeColumns(columns: readonly StoredColumn[], facts: ColumnFacts): ResultColumn[] {
  const { declared } = facts
  const epName: ResultColumn = { name: 'epName', type: 'text', pivotType: 'deviceName', ...declared.epName }
  return [
    epName,
    ...columns.map(({ name, type, origin }): ResultColumn => {
      const own = Object.hasOwn(declared, name) ? declared[name] : undefined
      // An entry that offers no pivots means it: nothing is guessed over its head.
      const guess =
        own?.pivotType || own?.pivots?.length === 0 ? undefined : guessPivot(name, type, origin, facts)
      return { name, type, ...(origin && { origin }), ...(guess && { pivotType: guess }), ...own }
    }),
  ]
}

function guessPivot(
  name: string,
  type: StoredColumn['type'],
  origin: string | undefined,
  { origins, sample }: ColumnFacts,
): PivotType | undefined {
  if (origin !== undefined && origins.has(origin)) return origins.get(origin)
  if (type !== 'text') return undefined
  const named = pivotByName(name.replace(/_\d+$/, ''))
  if (named && !namedLoosely.has(name.toLowerCase())) return named
  return pivotByValues(sample.map((row) => row[name]))
}
