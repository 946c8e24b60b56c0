import { allFunctions } from '@quarry/tables/registry'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

/** `docs/reference/functions.md`: the functions of SQL beyond SQLite's own, with examples that are tested. */
export default async function functionsPage(): Promise<Page[]> {
  const functions = (await allFunctions()).sort((a, b) => a.name.localeCompare(b.name))
  const text = page(
    '# Functions',
    'SQL on a device is SQLite’s: [its functions](https://www.sqlite.org/lang_corefunc.html), with dates, JSON, mathematics, aggregates and windows, are all there. These come on top. Each example shows the value that it gives; `NULL` for any argument gives `NULL`.',
    ...functions.flatMap((fn) => [
      `## ${fn.name}`,
      `\`${fn.signature}\``,
      fn.description,
      table(
        ['example', 'value'],
        fn.examples.map(([sql, value]) => [`\`${sql}\``, shown(value)]),
      ),
    ]),
    '## Collations',
    'Versions are ordered by `COLLATE VERSION`, and as the packages of a distribution order them by `VERSION_ARCH`, `VERSION_DPKG` and `VERSION_RHEL`: `ORDER BY version COLLATE VERSION_DPKG`.',
  )
  return [{ path: 'docs/reference/functions.md', text }]
}

function shown(value: unknown): string {
  if (value === null) return 'NULL'
  return typeof value === 'string' ? `\`'${value}'\`` : `\`${String(value)}\``
}
