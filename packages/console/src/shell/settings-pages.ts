import type { Permission } from '@quarry/schema'

/** The pages of Settings and the permission that each needs. */
const settingsPages = [
  { to: '/settings/accounts', label: 'Accounts', permission: 'accounts:manage' },
  { to: '/settings/api-clients', label: 'API clients', permission: 'api-clients:manage' },
  { to: '/settings/connectors', label: 'Connectors', permission: 'connectors:manage' },
  { to: '/settings/scores', label: 'Scores', permission: 'connectors:manage' },
  { to: '/settings/enrolment', label: 'Enrolment', permission: 'enrolment:manage' },
  { to: '/settings/groups', label: 'Device groups', permission: 'endpoints:manage' },
  { to: '/settings/audit', label: 'Audit log', permission: 'audit:read' },
] as const satisfies { to: string; label: string; permission: Permission }[]

/** Returns the pages of Settings that are for someone with these permissions. */
export function settingsFor(granted: readonly Permission[]) {
  return settingsPages.filter((page) => granted.includes(page.permission))
}
