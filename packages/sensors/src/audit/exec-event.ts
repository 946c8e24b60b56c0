import type { ProcessTable } from '../proc/process-table.ts'
import { cgroupOfProcess, type StartedProcess } from '../proc/read-process.ts'
import { joinArguments } from './arguments.ts'
import type { AuditEvent } from './assemble.ts'
import { field, numberField, textField } from './record.ts'

/**
 * What an exec event says of the process, whether it still runs or not.
 * @param ticks stands for the start of a process that nobody saw start and that is gone: when it started this program.
 */
export function startedBy(
  event: AuditEvent,
  root: string,
  table: ProcessTable,
  ticks: number,
): StartedProcess | undefined {
  const { syscall } = event
  const pid = numberField(syscall, 'pid')
  if (pid === undefined) return undefined
  const before = table.peek(pid)
  const { cmdLine, complete } = joinArguments(event.execve)
  const image = imageOf(event.paths)
  const cgroup = cgroupOfProcess(root, pid) ?? before?.cgroup
  return {
    process: before?.process ?? table.ref(pid) ?? { pid, startTicks: ticks },
    parent: table.ref(numberField(syscall, 'ppid') ?? 0) ?? before?.parent,
    comm: textField(syscall, 'comm'),
    path: textField(syscall, 'exe'),
    cmdLine,
    ...(!complete && { incomplete: true }),
    ...(event.cwd !== undefined && { cwd: textField(event.cwd, 'cwd') }),
    uid: numberField(syscall, 'uid'),
    euid: numberField(syscall, 'euid'),
    gid: numberField(syscall, 'gid'),
    sessionId: (numberField(syscall, 'ses') ?? -1) | 0,
    ...(cgroup !== undefined && { cgroup }),
    ...(image && { image }),
  }
}

/**
 * The file that became the image. The records name, in this order, the script if it is one, the program, and the loader that it asks for
 * unless it is static.
 */
function imageOf(paths: readonly string[]): StartedProcess['image'] {
  const items = [...paths].sort((a, b) => (numberField(a, 'item') ?? 0) - (numberField(b, 'item') ?? 0))
  const item = items[Math.max(0, items.length - 2)]
  const inode = item === undefined ? undefined : numberField(item, 'inode')
  const [, major, minor] =
    /^([0-9a-f]+):([0-9a-f]+)$/.exec(item === undefined ? '' : (field(item, 'dev') ?? '')) ?? []
  if (inode === undefined || major === undefined || minor === undefined) return undefined
  return { inode, device: deviceNumber(Number.parseInt(major, 16), Number.parseInt(minor, 16)) }
}

/** As stat(2) gives it for any device that there is: gnu_dev_makedev. */
const deviceNumber = (major: number, minor: number) =>
  ((major << 8) | (minor & 0xff) | ((minor & ~0xff) << 12)) >>> 0
