import type { PivotType } from '@quarry/schema'

/** Columns whose name says what they hold, in any table. */
const byName: Record<string, PivotType> = {
  epname: 'deviceName',
  hostname: 'deviceName',
  meta_hostname: 'deviceName',
  sophos_pid: 'sophosPid',
  sophospid: 'sophosPid',
  parent_sophos_pid: 'sophosPid',
  parentsophospid: 'sophosPid',
  path: 'filePath',
  target_path: 'filePath',
  directory: 'filePath',
  sha256: 'sha256',
  remote_address: 'ipAddress',
  local_address: 'ipAddress',
  source: 'ipAddress',
  destination: 'ipAddress',
  address: 'ipAddress',
  username: 'username',
  user: 'username',
  url: 'url',
  key_name: 'registryKey',
}

const byValue: [PivotType, RegExp][] = [
  ['sha256', /^[0-9a-f]{64}$/i],
  ['sophosPid', /^\d{1,10}:\d{15,19}$/],
  ['ipAddress', /^(?:\d{1,3}\.){3}\d{1,3}$|^(?=.*:.*:)[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i],
  ['url', /^https?:\/\/\S+$/i],
]

/** Names the kind of what a column holds by its name; undefined when the name says nothing. */
export const pivotByName = (name: string): PivotType | undefined => byName[name.toLowerCase()]

/** Names the kind of what a column holds by its values, when all that are not empty look alike. */
export function pivotByValues(values: readonly unknown[]): PivotType | undefined {
  const texts = values.filter((value) => typeof value === 'string' && value !== '')
  if (texts.length === 0) return undefined
  return byValue.find(([, pattern]) => texts.every((text) => pattern.test(text as string)))?.[0]
}

/** Names whose kind is only believed when the values agree: many tables have an `address` that is no IP address. */
export const namedLoosely: ReadonlySet<string> = new Set([
  'source',
  'destination',
  'address',
  'user',
  'directory',
])
