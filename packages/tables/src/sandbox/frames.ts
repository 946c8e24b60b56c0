import type { BatchColumn, QueryEnd, QueryRequest, WireValue } from '@quarry/schema/agent/query'
import type { AgentIdentity } from '../host/host.ts'

/** The machine as a sandbox sees it. */
export interface SandboxHost {
  /** Folders that no table may read. */
  dataDirs: string[]
  /** Folder that the sandbox may write: hash cache, boot anchor, compiled code. */
  cacheDir: string
  /** Folder of the boot anchor where it is not `cacheDir`; null for none. */
  anchorDir?: string | null
  identity?: AgentIdentity
  /** Folder of this machine's journals, for the ports of the tables' module. */
  journalDir?: string
  /** Whether tables may reach out of the machine; default false. */
  network?: boolean
  /** Folder that plays the machine's root, for fixtures. */
  root?: string
}

/** What a child is started with, one line of JSON on its input. */
export interface ChildSetup {
  host: SandboxHost
  /** Address of the module whose `allTables()` gives the tables, and whose `openPorts(host)`, if it has one, what they read from. */
  tables: string
}

/** What a child is told after that, a line each. */
export type Order = { run: QueryRequest } | { cancel: true }

/** What a child says, a frame each: a length of 4 bytes and JSON. */
export type Frame =
  | { ready: true }
  | { columns: BatchColumn[] }
  | { rows: WireValue[][]; bytes: number }
  | { end: QueryEnd }

const HEADER = 4

/** Puts a message into the form in which it goes through the pipe. */
export function encodeFrame(frame: Frame): Buffer {
  const text = JSON.stringify(frame)
  const length = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(HEADER + length)
  bytes.writeUInt32LE(length, 0)
  bytes.write(text, HEADER, 'utf8')
  return bytes
}

/** Reads messages from a pipe; what is cut off at its end is dropped. Reads on only when asked for the next. */
export async function* decodeFrames(pipe: AsyncIterable<Buffer>): AsyncGenerator<Frame, void, void> {
  let parts: Buffer[] = []
  let have = 0
  let need = HEADER
  for await (const chunk of pipe) {
    parts.push(chunk)
    have += chunk.length
    if (have < need) continue
    let bytes = parts.length === 1 ? chunk : Buffer.concat(parts, have)
    while (bytes.length >= HEADER) {
      need = HEADER + bytes.readUInt32LE(0)
      if (bytes.length < need) break
      yield JSON.parse(bytes.toString('utf8', HEADER, need))
      bytes = bytes.subarray(need)
      need = HEADER
    }
    parts = bytes.length > 0 ? [bytes] : []
    have = bytes.length
  }
}
