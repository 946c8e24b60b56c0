// What sensors see, as types alone: nothing is checked at run time, since both sides are one program.

/** A process: its id, and its start since boot in steps of 10 ms (rounded down), which make its `sophos_pid`. */
export interface ProcessRef {
  pid: number
  startTicks: number
}

interface Seen {
  /** Wall clock in milliseconds since 1970. */
  at: number
  /** Whoever did it; undefined where the source cannot tell. A thread gives its leader. */
  process?: ProcessRef
}

interface Started extends Seen {
  process: ProcessRef
  parent?: ProcessRef
  /** The kernel's short name, at most 15 bytes. */
  comm: string
  /** Path of the program as its own root folder names it; empty when it was gone before it could be read. */
  path: string
  /** Arguments joined by spaces, in full; `incomplete` says that the process was gone before they could be read. */
  cmdLine: string
  incomplete?: boolean
  cwd?: string
  uid?: number
  euid?: number
  gid?: number
  /** Audit session; −1 for none. */
  sessionId?: number
  cgroup?: string
  /** Where the program is stored, to hash what ran and not what lies at its path by now. */
  image?: { device: number; inode: number; size?: number }
}

/** One side of a connection is always the process's own. Addresses are text; IPv4 in IPv6 is given as IPv4. */
interface Endpoints {
  /** 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6. */
  protocol: number
  /** `outbound` when the process opened it: then the source is its own address. */
  direction: 'outbound' | 'inbound'
  source: string
  sourcePort: number
  destination: string
  destinationPort: number
  /** Inode of the network namespace, where known: the same address may exist in several. */
  netns?: number
}

/** What a file holds, by its first bytes. */
export type Content = 'binary' | 'data' | 'other' | 'unknown'

export type FileAction =
  | 'created'
  | 'renamed'
  | 'deleted'
  | 'modified'
  | 'hardlinked'
  | 'timestamps'
  | 'permissions'
  | 'ownership'
  | 'accessed'
  | 'mapped'

export type SensorEvent =
  /** A program was started in a process. `found`: it ran already when the sensors started or read /proc again. */
  | (Started & { type: 'exec'; found?: boolean })
  /** A process was made that has not (yet) started a program of its own. Threads are none. */
  | (Started & { type: 'fork' })
  | (Seen & {
      type: 'exit'
      process: ProcessRef
      /** 0 to 255, or 128 + n when signal n ended it; undefined when nobody saw. */
      exitCode?: number
      /** CPU time of all its threads in milliseconds. */
      cpuMillis?: number
      peakMemoryBytes?: number
    })
  | (Seen & Endpoints & { type: 'connection'; found?: boolean })
  /** A flow that has ended; bytes as the process's own side counts them. */
  | (Seen & Endpoints & { type: 'flow'; startedAt: number; sent: number; received: number })
  | (Seen & {
      type: 'listen'
      ended: boolean
      protocol: number
      address: string
      port: number
      found?: boolean
    })
  | (Seen & {
      type: 'dns'
      name: string
      /** Type of the question by name: A, AAAA, … or TYPE65. */
      question: string
      answers: string[]
      /** NOERROR, NXDOMAIN, …; empty when no answer came within 5 s. */
      responseCode: string
      server: string
    })
  | (Seen & Endpoints & { type: 'http'; method: string; url: string; headers: string; userAgent: string })
  | (Seen & Endpoints & { type: 'tlsName'; name: string })
  | (Seen & {
      type: 'file'
      action: FileAction
      directory: boolean
      path: string
      targetPath?: string
      device?: number
      inode?: number
      size?: number
      content: Content
      /** Seconds since 1970, after the change. */
      times?: { birth: number; accessed: number; modified: number; changed: number }
    })
  | (Seen & {
      type: 'login'
      /** 4624 signed in, 4625 failed, 4634 signed out, 4648 acted as another user. */
      eventId: 4624 | 4625 | 4634 | 4648
      user: string
      subjectUser?: string
      address?: string
      port?: number
      /** As Windows counts: 2 at the machine, 3 over the network, 5 service, 10 remote shell. */
      logonType: number
      /** Program that decided: sshd, sudo, su, login. */
      processName: string
      terminal?: string
      status?: string
    })
  | (Seen & {
      type: 'system'
      event: 'boot' | 'clock_step' | 'module_loaded' | 'module_unloaded' | 'mounted' | 'unmounted'
      data: Record<string, string | number>
    })

export type SensorEventType = SensorEvent['type']

/** What a sensor watches; for each of them the best source that the host allows is taken. */
export const sensorLayers = ['process', 'network', 'file', 'dns', 'web', 'login', 'system'] as const
export type SensorLayer = (typeof sensorLayers)[number]

/** How one layer is watched. */
export interface SensorStatus {
  layer: SensorLayer
  /** Name of the source at work: `bpf`, `audit`, `proc_connector`, `fanotify`, …; absent when nothing could be opened. */
  source?: string
  /** What is missing with this source, in sentences; empty for the best one. */
  limits: string[]
  /** Why the better ones were not taken, in sentences that name the package to install. */
  reasons: string[]
  /** Events that the source said it lost since the sensors were opened. */
  lost: number
}
