import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import type { Guard } from './guard.ts'
import { errorCode, systemError } from './system-error.ts'

/** Memory of a process from an address on. */
export interface MemoryPart {
  address: number
  bytes: Buffer
}

const pieceSize = 4 << 20
/** Mapped devices: reading them may act on hardware. */
const isDevice = (name: string) => name.startsWith('/dev/') && !/^\/dev\/(zero|shm\/)/.test(name)

/**
 * Reads what a process can read of its own memory, in pieces of up to 4 MiB, each valid until the next is pulled. What goes away
 * meanwhile is skipped. Throws ENOENT for a process that is gone, EACCES for Quarry's own: this one, its parent, its like with the
 * same parent, and whoever holds a file of Quarry's data open.
 */
export function* readMemory(pid: number, guard: Guard): Generator<MemoryPart> {
  refuseOurs(pid, guard)
  const maps = readFileSync(`/proc/${pid}/maps`, 'latin1')
  const fd = openSync(`/proc/${pid}/mem`, 'r')
  try {
    const buffer = Buffer.allocUnsafeSlow(pieceSize)
    for (const line of maps.split('\n')) {
      const [, from, to, name] = /^([\da-f]+)-([\da-f]+) r\S+ \S+ \S+ \d+\s*(.*)$/.exec(line) ?? []
      if (!from || !to || isDevice(name ?? '')) continue
      const end = Number.parseInt(to, 16)
      for (
        let address = Number.parseInt(from, 16);
        Number.isSafeInteger(address) && address < end;
        address += pieceSize
      ) {
        const count = readAt(fd, buffer, Math.min(pieceSize, end - address), address)
        if (count > 0) yield { address, bytes: buffer.subarray(0, count) }
        if (count < Math.min(pieceSize, end - address)) break
      }
    }
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, buffer: Buffer, length: number, address: number): number {
  try {
    return readSync(fd, buffer, 0, length, address)
  } catch (error) {
    // A part that cannot be read (EIO), or a process that ended (0 or ESRCH).
    if (errorCode(error)) return 0
    throw error
  }
}

function refuseOurs(pid: number, guard: Guard) {
  const refused = () => systemError('EACCES', `/proc/${pid}/mem`, 'Quarry does not read its own memory')
  if (pid === process.pid || pid === process.ppid) throw refused()
  const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  const same = () => readlinkSync(`/proc/${pid}/exe`) === readlinkSync('/proc/self/exe')
  if (Number(parent) === process.ppid && same()) throw refused()
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    try {
      guard.path(`/proc/${pid}/fd/${name}`, true)
    } catch (error) {
      if (errorCode(error) === 'EACCES') throw refused()
    }
  }
}
