import { allTables } from '@quarry/agent/tables'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

/** `docs/reference/tables.md`: every table with its columns and examples. */
export default async function tablesPage(): Promise<Page[]> {
  const tables = (await allTables()).sort((a, b) => a.name.localeCompare(b.name))
  const parts = tables.flatMap((t) => [
    `## ${t.name}`,
    t.description,
    `Platforms: ${t.platforms.join(', ')}.`,
    table(
      ['column', 'type', 'meaning'],
      Object.entries(t.columns).map(([name, column]) => {
        const marks = (['required', 'index', 'additional', 'hidden'] as const).filter((mark) => column[mark])
        return [
          `\`${name}\``,
          column.type,
          column.description + (marks.length > 0 ? ` (${marks.join(', ')})` : ''),
        ]
      }),
    ),
    ...t.examples.map((sql) => `\`\`\`sql\n${sql}\n\`\`\``),
  ])
  const text = page(
    '# Tables',
    'A *required* column needs a constraint, or the table is empty and says so. A constraint on an *index* makes the table cheap; one on an *additional* column changes what it does. A *hidden* column is not part of `SELECT *`.',
    ...parts,
  )
  return [{ path: 'docs/reference/tables.md', text }]
}
