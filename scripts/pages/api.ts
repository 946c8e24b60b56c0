import { allEndpoints } from '@quarry/schema/contract'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

/** `docs/reference/api.md`: every call of the contract. The whole, with types, is OpenAPI at `/openapi.json` and `/docs`. */
export default async function apiPage(): Promise<Page[]> {
  const rows = (await allEndpoints()).map((spec) => [
    `\`${spec.method} ${spec.path}\``,
    spec.description,
    `\`${spec.access}\``,
    spec.errors.map((name) => `\`${name}\``).join(', '),
  ])
  const text = page(
    '# The API',
    'The types of every call are in OpenAPI 3.1 at `/openapi.json` of a running server, and readable at `/docs`.',
    table(['call', 'what it does', 'permission', 'errors of its own'], rows),
  )
  return [{ path: 'docs/reference/api.md', text }]
}
