import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'

/** Whether queries may reach out of the device; when not, the result says how its owner can allow it. */
export function mayReachOut(host: Host, scan: Pick<Scan, 'warn'>, table: string): boolean {
  if (host.bridge.network) return true
  scan.warn(
    `The table ${table} reaches out of the device, which is off: the device’s owner turns it on by "networkTables": true in the agent’s policy.json, or by QUARRY_ALLOW_NETWORK_TABLES=1.`,
    'table_unavailable',
  )
  return false
}

/** Puts a warning on the result about an address that gave no answer. Throws what is no system error. */
export function warnUnreached(scan: Pick<Scan, 'warn'>, address: string, error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException
  if (!code) throw error
  const why = message.replace(`${code}: `, '').replace(/, '[^']*'$/, '')
  scan.warn(`${address.slice(0, 200)} gave no answer: ${why.replace(/\.$/, '')}.`)
}
