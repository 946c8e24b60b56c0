// What ClamAV says, asked through the socket of its daemon (clamd(8), INSTREAM).
import type { Host } from '@quarry/tables/host-ports'

/** Where Debian, Fedora and the documentation put the socket. */
const sockets = [
  '/run/clamav/clamd.ctl',
  '/run/clamd.scan/clamd.sock',
  '/var/run/clamav/clamd.sock',
  '/tmp/clamd.socket',
]
const chunkBytes = 256 << 10
const bounds = { millis: 30_000, maxBytes: 64 << 10 }

export interface Clamd {
  /** Such as `ClamAV 1.0.7/27000/Mon Nov 24 …`: it changes with the signatures. */
  version: string
  /** The signature that bytes match; undefined for none. Throws an Error with what clamd says, such as a size limit that is exceeded. */
  scan(bytes: Buffer): string | undefined
}

/** The daemon of this machine; undefined where none answers. */
export function findClamd(host: Host): Clamd | undefined {
  for (const socket of sockets) {
    try {
      return {
        version: ask(host, socket, 'VERSION'),
        scan: (bytes) => found(ask(host, socket, 'INSTREAM', bytes)),
      }
    } catch {
      // The next place, or none.
    }
  }
  return undefined
}

function ask(host: Host, socket: string, command: string, bytes?: Buffer): string {
  const connection = host.bridge.connect({ socket }, bounds)
  try {
    connection.write(Buffer.from(`z${command}\0`))
    if (bytes) sendAll(connection, bytes)
    const parts: Uint8Array[] = []
    for (let part = connection.read(); part.length > 0; part = connection.read()) parts.push(part)
    return Buffer.concat(parts).toString('utf8').replace(/\0+$/, '')
  } finally {
    connection.close()
  }
}

/** What a write says when the other side has closed, by how far it had come. */
const closedCodes = ['EPIPE', 'ECONNRESET', 'ECANCELED']

/** clamd closes the connection on a stream that is longer than it takes. */
function sendAll(connection: { write(bytes: Uint8Array): void }, bytes: Buffer) {
  try {
    send(connection, bytes)
  } catch (error) {
    if (!closedCodes.includes((error as { code?: string }).code ?? '')) throw error
    throw new Error('clamd takes no more: its StreamMaxLength is smaller than the file.', { cause: error })
  }
}

/** A length in network order and that many bytes, over and over; a length of 0 ends it. */
function send(connection: { write(bytes: Uint8Array): void }, bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    connection.write(Buffer.concat([length, chunk]))
  }
  connection.write(Buffer.alloc(4))
}

function found(answer: string): string | undefined {
  if (/^stream: OK$/.test(answer)) return undefined
  const [, signature] = /^stream: (.*) FOUND$/.exec(answer) ?? []
  if (!signature) throw new Error(answer || 'clamd closed the connection.')
  return signature
}
