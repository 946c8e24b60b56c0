import { hash } from 'node:crypto'
import type { CountedType } from '@quarry/schema/endpoints/prevalence'

/** One spelling for values that mean the same: hashes, names and addresses disregard case, an IPv4 address in IPv6 is that address. */
function normal(type: CountedType, value: string): string {
  if (type === 'filePath' || type === 'processName') return value
  const lower = value.toLowerCase()
  if (type === 'ipAddress') return lower.replace(/^::ffff:(?=\d+\.)/, '')
  return type === 'domain' ? lower.replace(/\.$/, '') : lower
}

/** The number that stands for a value: 64 bits of a hash, so that two of a billion values share one by a chance of 3 %. */
export function valueKey(type: CountedType, value: string): bigint {
  return hash('sha1', `${type}\0${normal(type, value)}`, 'buffer').readBigInt64LE(0)
}
