import type { Scan } from './define-table.ts'

/** A row from a maker for each column, of which only those run whose column the statement reads. */
export function usedValues<V>(
  scan: Pick<Scan, 'uses'>,
  makers: Readonly<Record<string, () => V>>,
): Record<string, V> {
  const row: Record<string, V> = {}
  for (const name in makers) if (scan.uses(name)) row[name] = makers[name]!()
  return row
}
