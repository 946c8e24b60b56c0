import { addressText } from '../address.ts'
import { decodeBytes, field } from './record.ts'

const AF_INET = 2
const AF_INET6 = 10

/** The address of a SOCKADDR record's body; undefined for other families, as those of local sockets are. */
export function parseAddress(record: string): { address: string; port: number } | undefined {
  const bytes = decodeBytes(field(record, 'saddr') ?? '')
  if (bytes.length < 8) return undefined
  const family = bytes.readUInt16LE(0)
  const port = bytes.readUInt16BE(2)
  if (family === AF_INET) return { address: addressText(bytes.subarray(4, 8)), port }
  if (family === AF_INET6 && bytes.length >= 24) return { address: addressText(bytes.subarray(8, 24)), port }
  return undefined
}
