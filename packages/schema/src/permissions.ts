import { z } from 'zod'
import { type SensitiveTable, sensitiveTables } from './agent/sensitive-tables.ts'

export { type SensitiveTable, sensitiveTables }

/** Everything a person or a program may be allowed to do. Each endpoint names the one that it needs. */
export const Permission = z.enum([
  'queries:read',
  'queries:write',
  'queries:run',
  'queries:run-ad-hoc',
  'runs:read',
  'runs:cancel',
  'results:export',
  'endpoints:read',
  'endpoints:manage',
  'accounts:manage',
  'api-clients:manage',
  'enrolment:manage',
  'audit:read',
  'ioc-lists:write',
  'investigations:write',
  'connectors:manage',
  'enrichments:use',
  'table:process_envs',
  'table:docker_container_envs',
  'table:shadow',
  'table:grep',
  'table:shell_history',
  'table:curl',
])
export type Permission = z.infer<typeof Permission>

export const Role = z.enum(['superAdmin', 'admin', 'analyst', 'responder', 'readOnly'])
export type Role = z.infer<typeof Role>

const read: Permission[] = ['queries:read', 'runs:read', 'endpoints:read']
const investigate: Permission[] = [
  ...read,
  'queries:write',
  'queries:run',
  'queries:run-ad-hoc',
  'runs:cancel',
  'results:export',
  'ioc-lists:write',
  'investigations:write',
  'enrichments:use',
  'table:process_envs',
  'table:docker_container_envs',
  'table:grep',
  'table:shell_history',
]
const administer: Permission[] = [
  ...investigate,
  'endpoints:manage',
  'enrolment:manage',
  'audit:read',
  'connectors:manage',
  'table:curl',
]

/** What each role may do. Responder will gain the actions on devices; until then it equals Analyst with device groups. */
export const roles: Record<Role, readonly Permission[]> = {
  superAdmin: Permission.options,
  admin: administer,
  analyst: investigate,
  responder: [...investigate, 'endpoints:manage'],
  readOnly: read,
}

export const roleNames: Record<Role, string> = {
  superAdmin: 'Super Admin',
  admin: 'Admin',
  analyst: 'Analyst',
  responder: 'Responder',
  readOnly: 'Read-only',
}

/** Returns the sensitive tables that someone with these permissions may read. */
export function readableTables(granted: readonly Permission[]): SensitiveTable[] {
  return sensitiveTables.filter((table) => granted.includes(`table:${table}`))
}
