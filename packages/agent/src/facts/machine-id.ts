import { createHash, randomBytes } from 'node:crypto'
import os from 'node:os'
import { readText } from '../read-text.ts'

const sources = ['/etc/machine-id', '/var/lib/dbus/machine-id', '/sys/class/dmi/id/product_uuid']

/** Without any id of the machine itself, one that lasts for this process: better than the same for all. */
const fallback = randomBytes(16).toString('hex')

/**
 * Returns a hash of the machine's id, as machine-id(5) asks for: it tells machines apart, and the id itself, which may be
 * used as a key elsewhere, stays on the machine.
 */
export function machineId(): string {
  const id = sources
    .map((path) => readText(path, 200))
    .find((text) => text !== '' && text !== 'uninitialized')
  return createHash('sha256')
    .update(`quarry-machine-id\n${os.platform()}\n${id ?? fallback}`)
    .digest('hex')
}
