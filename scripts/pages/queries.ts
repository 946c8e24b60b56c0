import { globSync, readFileSync } from 'node:fs'
import { CatalogueQuery, categories } from '@quarry/schema'
import { parse } from 'yaml'
import type { Page } from '../gen.ts'
import { page } from '../markdown.ts'

const folder = new URL('../../catalogue/', import.meta.url)

/** `docs/reference/queries.md`: every shipped query. */
export default async function queriesPage(): Promise<Page[]> {
  const queries = globSync('*/*.yaml', { cwd: folder })
    .sort()
    .map((file) => CatalogueQuery.parse(parse(readFileSync(new URL(file, folder), 'utf8'))))
  const parts = Object.entries(categories).flatMap(([code, category]) => {
    const own = queries.filter((query) => query.id.startsWith(`${code}.`))
    if (own.length === 0) return []
    return [`## ${category.name}`, category.description, ...own.map(entry)]
  })
  const text = page('# Shipped queries', `${queries.length} queries, by category.`, ...parts)
  return [{ path: 'docs/reference/queries.md', text }]
}

function entry(query: CatalogueQuery): string {
  const variables = query.variables.map((v) => `\`$$${v.name}$$\` (${v.dataType})`).join(', ')
  return [
    `### ${query.name}`,
    `\`${query.id}\`${query.attack.length > 0 ? ` · ${query.attack.join(', ')}` : ''}${variables ? ` · variables: ${variables}` : ''}`,
    query.description.trim(),
    `\`\`\`sql\n${query.sql.trim()}\n\`\`\``,
  ].join('\n\n')
}
