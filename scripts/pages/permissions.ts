import { Permission, Role, roleNames, roles } from '@quarry/schema'
import type { Page } from '../gen.ts'
import { page, table } from '../markdown.ts'

/** `docs/reference/permissions.md`: which role may do what. */
export default async function permissionsPage(): Promise<Page[]> {
  const rows = Permission.options.map((permission) => [
    `\`${permission}\``,
    ...Role.options.map((role) => (roles[role].includes(permission) ? 'yes' : '')),
  ])
  const text = page(
    '# Roles and permissions',
    'Each call of the API names the permission that it needs; a role is a set of them.',
    table(['permission', ...Role.options.map((role) => roleNames[role])], rows),
  )
  return [{ path: 'docs/reference/permissions.md', text }]
}
