import type { Connector } from '@quarry/schema/connectors/connector'

/** Tells whether a connector talks to no host that another does not: a key given for one may then be used by it. */
export function sameHosts(before: Connector, after: Connector): boolean {
  if (before.kind !== 'http' || after.kind !== 'http') return false
  return (
    after.hosts.every((host) => before.hosts.includes(host)) && (before.allowPrivate || !after.allowPrivate)
  )
}
