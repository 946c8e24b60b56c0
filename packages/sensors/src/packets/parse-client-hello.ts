/**
 * What the first message of a TLS client says: the name of the server that it wants, `more` when the rest is in a later packet, undefined
 * when it is no such message or names nobody.
 */
export type ClientHello = { name: string } | 'more' | undefined

const handshake = 22
const clientHello = 1
const serverName = 0

/** Reads the records from the first byte that a client sent (RFC 8446). The bytes come from strangers and may be cut. */
export function parseClientHello(bytes: Buffer): ClientHello {
  const message = joinRecords(bytes)
  if (!message || message[0] !== clientHello) return undefined
  if (message.length < 4) return 'more'
  const end = 4 + message.readUIntBE(1, 3)
  const found = findName(message.subarray(0, end))
  return found === undefined && message.length < end ? 'more' : found
}

/** One message may lie in several records of 5 bytes of header each. */
function joinRecords(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; at + 5 <= bytes.length; ) {
    if (bytes[at] !== handshake || bytes[at + 1] !== 3) break
    const next = at + 5 + bytes.readUInt16BE(at + 3)
    parts.push(bytes.subarray(at + 5, next))
    at = next
  }
  if (parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : Buffer.concat(parts)
}

function findName(message: Buffer): { name: string } | undefined {
  // Version and random bytes, then three lists that are not of interest: session, ciphers, compression.
  let at = 4 + 2 + 32
  at += 1 + (message[at] ?? 0)
  at += 2 + short(message, at)
  at += 1 + (message[at] ?? 0)
  // The length of all extensions, then each: type, length, data.
  at += 2
  while (at + 4 <= message.length) {
    const end = at + 4 + short(message, at + 2)
    if (short(message, at) === serverName)
      return end <= message.length ? nameIn(message.subarray(at + 4, end)) : undefined
    at = end
  }
  return undefined
}

/** A list of names, in which only a host name (type 0) may be. */
function nameIn(data: Buffer): { name: string } | undefined {
  if (data.length < 5 || data[2] !== 0) return undefined
  const name = data.toString('latin1', 5, 5 + short(data, 3)).toLowerCase()
  return /^[a-z0-9_.-]{1,255}$/.test(name) ? { name: name.replace(/\.$/, '') } : undefined
}

const short = (bytes: Buffer, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
