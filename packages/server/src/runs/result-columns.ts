import type { CatalogueColumn, Cell, PivotType } from '@quarry/schema'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { StoredColumn } from '../results/result-file.ts'
import { guessPivot } from './pivot-of.ts'
import { scaleOf } from './scale-of.ts'

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
  const { declared, origins, sample } = facts
  const epName: ResultColumn = { name: 'epName', type: 'text', pivotType: 'deviceName', ...declared.epName }
  return [
    epName,
    ...columns.map(({ name, type, origin }): ResultColumn => {
      const own = Object.hasOwn(declared, name) ? declared[name] : undefined
      // An entry that offers no pivots means it: nothing is guessed over its head.
      const known = own?.pivotType !== undefined || own?.pivots?.length === 0
      const values = known ? [] : sample.map((row) => row[name])
      const guess = known ? undefined : guessPivot({ name, type, origin }, origins, values)
      const scale = scaleOf({ name, type, origin })
      return {
        name,
        type,
        ...(origin && { origin }),
        ...(guess && { pivotType: guess }),
        ...(scale && { scale }),
        ...own,
      }
    }),
  ]
}
