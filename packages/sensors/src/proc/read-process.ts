import type { SensorEvent } from '@quarry/schema/events'
import { readLink, readText, statOf } from './proc-file.ts'
import { type ProcessStat, readRef, readStat } from './process-stat.ts'

/** What an exec or fork event says of a process. */
export type StartedProcess = Omit<SensorEvent & { type: 'exec' }, 'type' | 'at' | 'found'>

/** All that /proc tells of a running process; undefined when it is gone. What may not be read is left out. */
export function readProcess(root: string, pid: number): StartedProcess | undefined {
  // The command line first: of all it is what a process that ends soon is missed for most.
  const cmdLine = readCmdLine(root, pid)
  const stat = readStat(root, pid)
  return stat && describeProcess(root, stat, cmdLine)
}

/** As `readProcess`, with what was read already. */
export function describeProcess(
  root: string,
  stat: ProcessStat,
  cmdLine: string | undefined,
): StartedProcess {
  const folder = `${root}/proc/${stat.pid}`
  const image = readImage(folder)
  const cwd = readLink(`${folder}/cwd`)
  return {
    process: { pid: stat.pid, startTicks: stat.startTicks },
    parent: readRef(root, stat.parentPid),
    comm: stat.comm,
    path: image.path,
    cmdLine: cmdLine ?? '',
    // A zombie has neither program nor arguments any more; a kernel thread never had.
    ...(stat.zombie && !cmdLine && { incomplete: true }),
    ...(cwd !== undefined && { cwd }),
    ...readIds(folder),
    ...(image.image && { image: image.image }),
  }
}

/** Arguments joined by spaces; undefined when the process is gone. */
export function readCmdLine(root: string, pid: number): string | undefined {
  return readText(`${root}/proc/${pid}/cmdline`)?.replace(/\0+$/, '').replaceAll('\0', ' ')
}

function readImage(folder: string): Pick<StartedProcess, 'path' | 'image'> {
  const link = readLink(`${folder}/exe`)
  if (link === undefined) return { path: '' }
  const stat = statOf(`${folder}/exe`)
  const path = stat?.links === 0 ? link.replace(/ \(deleted\)$/, '') : link
  return { path, ...(stat && { image: { device: stat.device, inode: stat.inode, size: stat.size } }) }
}

function readIds(folder: string): Pick<StartedProcess, 'uid' | 'euid' | 'gid' | 'sessionId' | 'cgroup'> {
  const status = readText(`${folder}/status`) ?? ''
  const [, uid, euid] = /^Uid:\s+(\d+)\s+(\d+)/m.exec(status) ?? []
  const gid = /^Gid:\s+(\d+)/m.exec(status)?.[1]
  const session = readText(`${folder}/sessionid`)
  const cgroup = cgroupOf(readText(`${folder}/cgroup`) ?? '')
  return {
    ...(uid !== undefined && { uid: Number(uid), euid: Number(euid), gid: Number(gid) }),
    ...(session !== undefined && { sessionId: Number.parseInt(session, 10) | 0 }),
    ...(cgroup !== undefined && { cgroup }),
  }
}

/** Control group of a process; undefined when it is gone. */
export const cgroupOfProcess = (root: string, pid: number): string | undefined =>
  cgroupOf(readText(`${root}/proc/${pid}/cgroup`) ?? '')

/** The unified group, or systemd's where version 1 is mounted, since both name the service or the container. */
function cgroupOf(text: string): string | undefined {
  const unified = /^0::(.*)$/m.exec(text)?.[1]
  if (unified !== undefined && unified !== '/') return unified
  return /^\d+:name=systemd:(.*)$/m.exec(text)?.[1] ?? unified
}
