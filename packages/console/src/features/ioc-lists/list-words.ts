import type { PivotType } from '@quarry/schema'

/** A kind of value, for one and for several. */
const words: Record<PivotType, [one: string, several: string]> = {
  deviceId: ['device', 'devices'],
  deviceName: ['device', 'devices'],
  sophosPid: ['process', 'processes'],
  ipAddress: ['address', 'addresses'],
  username: ['account', 'accounts'],
  sha256: ['SHA-256', 'SHA-256'],
  filePath: ['path', 'paths'],
  registryKey: ['registry key', 'registry keys'],
  url: ['URL', 'URLs'],
  domain: ['domain', 'domains'],
  md5: ['MD5', 'MD5'],
  sha1: ['SHA-1', 'SHA-1'],
  cmdline: ['command line', 'command lines'],
  port: ['port', 'ports'],
  processName: ['program', 'programs'],
  packageName: ['package', 'packages'],
  detectionName: ['detection', 'detections'],
}

/** `{ sha256: 12, domain: 1 }` → `12 SHA-256, 1 domain`; undefined when there is none. */
export function countWords(counts: Partial<Record<PivotType, number>>): string | undefined {
  const parts = Object.entries(counts).map(([type, count]) => {
    const [one, several] = words[type as PivotType]
    return `${count.toLocaleString('en')} ${count === 1 ? one : several}`
  })
  return parts.length > 0 ? parts.join(', ') : undefined
}

/** Number of values of a list that a variable of this kind would take. */
export function fitting(counts: Partial<Record<PivotType, number>>, type: PivotType | undefined): number {
  return type ? (counts[type] ?? 0) : Object.values(counts).reduce((sum, count) => sum + count, 0)
}
