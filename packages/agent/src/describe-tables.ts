import type { ColumnSpec, TableSpec } from '@quarry/schema'
import type { allTables } from '@quarry/tables/registry'

type Table = Awaited<ReturnType<typeof allTables>>[number]

/** Describes tables as the server and its editor want to know them; an old name of a column is a hidden column of its own. */
export function describeTables(tables: readonly Table[]): TableSpec[] {
  return tables.map(({ name, description, platforms, examples, aliases, columns, requiresAll }) => ({
    name,
    description,
    platforms: [...platforms],
    examples: [...examples],
    ...(aliases && { aliases: [...aliases] }),
    ...(requiresAll && { requiresAll }),
    columns: Object.entries(columns).flatMap(([column, spec]) => describeColumn(column, spec)),
  }))
}

function describeColumn(name: string, column: Table['columns'][string]): ColumnSpec[] {
  const { type, description, index, required, additional, hidden, pivotType, aliases = [] } = column
  const spec = {
    type,
    description,
    ...(index && { index }),
    ...(required && { required }),
    ...(additional && { additional }),
    ...(pivotType && { pivotType }),
  }
  return [
    { name, ...spec, ...(hidden && { hidden }) },
    ...aliases.map((alias) => ({ name: alias, ...spec, hidden: true, aliasOf: name })),
  ]
}
