import type { BigIntStats } from 'node:fs'
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs'
import type { Guard } from './guard.ts'
import { toFsPath } from './path-bytes.ts'
import { errorCode, systemError } from './system-error.ts'

// Linux's O_PATH, which Node.js does not name: a handle on a file that opening does not touch.
const oPath = 0o10000000
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** Files whose reading takes messages away from others, or never ends. */
const neverRead = /^\/proc\/(kmsg|kcore)$|\/trace_pipe(_raw)?$|^\/proc\/.*\/mem$/

/**
 * Opens a regular file for reading; never blocks, and never opens a device, FIFO or socket, since opening some acts
 * (a watchdog starts to count). Leaves the access time alone where the system lets it. `trusted` says that the path is a file of
 * /proc or /sys that leads nowhere else; `device` lets it be a block device, or one that tells of the processor. The caller closes
 * the descriptor. Throws EINVAL for what is not regular, EISDIR.
 */
export function openRegular(real: string, guard: Guard, trusted: boolean, device = false): number {
  if (neverRead.test(real)) throw systemError('EACCES', real, 'reading it disturbs the system')
  if (trusted) return regularOnly(openSync(real, flags), real)
  if (process.platform !== 'linux') {
    guard.path(real, true)
    demandRegular(statSync(toFsPath(real), { bigint: true }), real)
    return regularOnly(openSync(toFsPath(real), flags), real)
  }
  const handle = openSync(toFsPath(real), oPath)
  try {
    const stat = fstatSync(handle, { bigint: true })
    if (!device || !(stat.isBlockDevice() || isOfProcessor(stat))) demandRegular(stat, real)
    guard.handle(handle, stat, real)
    return openHandle(`/proc/self/fd/${handle}`)
  } catch (error) {
    throw named(error, real)
  } finally {
    closeSync(handle)
  }
}

/** The kernel's devices msr and cpuid, by their majors in its admin-guide/devices.txt: opening one does nothing, a read asks. */
const isOfProcessor = (stat: BigIntStats) =>
  stat.isCharacterDevice() && [202n, 203n].includes((stat.rdev >> 8n) & 0xfffn)

function openHandle(path: string): number {
  try {
    return openSync(path, flags | constants.O_NOATIME)
  } catch (error) {
    // Only a file's owner and root may leave its access time alone.
    if (errorCode(error) !== 'EPERM') throw error
    return openSync(path, flags)
  }
}

function regularOnly(fd: number, real: string): number {
  try {
    demandRegular(fstatSync(fd, { bigint: true }), real)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function demandRegular(stat: BigIntStats, real: string) {
  if (stat.isDirectory()) throw systemError('EISDIR', real)
  if (!stat.isFile()) throw systemError('EINVAL', real)
}

/** The same error, about the path that was asked for. */
function named(error: unknown, real: string): unknown {
  const code = errorCode(error)
  const ofHandle = error instanceof Error && error.message.includes('/proc/self/fd/')
  return code && ofHandle ? systemError(code, real) : error
}
