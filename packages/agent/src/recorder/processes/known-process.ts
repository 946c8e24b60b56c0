import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { containerId } from './container-id.ts'

/** A process as it began: with a program, or as a copy of its parent. */
export type StartEvent = Extract<SensorEvent, { type: 'exec' | 'fork' }>
export type ExitEvent = Extract<SensorEvent, { type: 'exit' }>

/** What the recorder remembers of a process, so that its end can say what it was. */
export interface KnownProcess extends ProcessRef {
  /** Its `sophos_pid`. */
  readonly id: string
  /** The parent's `sophos_pid`. */
  parent: string | null
  name: string
  path: string
  uid: number | null
  euid: number | null
  gid: number | null
  sessionId: number
  cgroup: string | null
  containerId: string
  /** What of Quarry started it; empty for all else. Its descendants inherit it. */
  origin: string
  /** It is the agent's own: nothing of it is journalled. */
  own: boolean
  /** Counts its programs: tells whether a given start is still what it runs. */
  programs: number
  /** A start that waits: for its program, or for word that the process is not the agent's own after all. */
  held?: StartEvent
  /** It was not there when last looked for. */
  missing?: boolean
}

/** Clock steps by which two sources may differ about one start. A pid is not given again within this time. */
const startTolerance = 2

export const sameStart = (a: ProcessRef, b: ProcessRef): boolean =>
  a.pid === b.pid && Math.abs(a.startTicks - b.startTicks) <= startTolerance

/** A process of which nothing is known but its id. */
export function unknownProcess({ pid, startTicks }: ProcessRef, id: string): KnownProcess {
  return {
    pid,
    startTicks,
    id,
    parent: null,
    name: '',
    path: '',
    uid: null,
    euid: null,
    gid: null,
    sessionId: -1,
    cgroup: null,
    containerId: '',
    origin: '',
    own: false,
    programs: 0,
  }
}

/** Puts what a start tells into what is known. What it does not tell stays. */
export function learn(process: KnownProcess, event: StartEvent): void {
  process.name = programName(event)
  process.path = event.path
  process.uid = event.uid ?? process.uid
  process.euid = event.euid ?? process.euid
  process.gid = event.gid ?? process.gid
  process.sessionId = event.sessionId ?? process.sessionId
  if (event.cgroup !== undefined && event.cgroup !== process.cgroup) {
    process.cgroup = event.cgroup
    process.containerId = containerId(event.cgroup)
  }
  process.programs++
}

/** Name of the program's file; the kernel's short name where the path is not known. */
const programName = ({ path, comm }: StartEvent) => path.slice(path.lastIndexOf('/') + 1) || comm
