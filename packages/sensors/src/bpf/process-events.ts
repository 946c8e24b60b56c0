import { readFileSync, readlinkSync } from 'node:fs'
import type { ProcessRef, SensorEvent } from '@quarry/schema/events'
import { BoundedMap } from '../bounded-map.ts'
import { pageSize } from './page-size.ts'
import { exitAt, kind, kindOf, pidOf, processAt, processOf, text, u16, u32, u64 } from './records.ts'
import type { RingRecord } from './ring.ts'

type Exec = Extract<SensorEvent, { type: 'exec' }>
type Fork = Extract<SensorEvent, { type: 'fork' }>
/** What a child that runs no program of its own has from its parent. */
type Image = Pick<Exec, 'path' | 'cmdLine' | 'incomplete' | 'cwd' | 'image'>

/** Most forks are followed by an exec at once; one that is not is told after this time. */
const FORK_PATIENCE_MS = 300
const NO_SESSION = 0xffff_ffff

export interface ProcessEventsOptions {
  emit(event: SensorEvent): void
  isOwn(pid: number): boolean
  wallMillis(micros: number): number
  now(): number
}

/** Turns records of processes into events. */
export class ProcessEvents {
  readonly #options: ProcessEventsOptions
  /** Forks that may yet start a program, in the order of their coming. */
  readonly #forks = new Map<number, { event: Fork; since: number }>()
  readonly #images = new BoundedMap<number, Image & ProcessRef>(10_000)
  readonly #cgroups = new BoundedMap<number, string>(10_000)

  constructor(options: ProcessEventsOptions) {
    this.#options = options
  }

  take(record: RingRecord): void {
    const what = kindOf(record)
    if (what === kind.exec) this.#exec(record)
    else if (what === kind.fork) this.#fork(record)
    else if (what === kind.exit) this.#exit(record)
  }

  /** Tells a fork that waits for its exec: the process did something else meanwhile. */
  settle(pid: number): void {
    const fork = this.#forks.get(pid)
    if (!fork) return
    this.#forks.delete(pid)
    this.#tellFork(fork.event)
  }

  tick(): void {
    const now = this.#options.now()
    for (const [pid, { since }] of this.#forks) {
      if (now - since < FORK_PATIENCE_MS) break
      this.settle(pid)
    }
  }

  #exec(record: RingRecord): void {
    const pid = pidOf(record)
    this.#forks.delete(pid)
    if (this.#options.isOwn(pid)) return
    const pathBytes = u16(record, processAt.pathBytes)
    const cwdBytes = u16(record, processAt.cwdBytes)
    const cgroupBytes = u16(record, processAt.cgroupBytes)
    const cwdAt = processAt.data + pathBytes
    const cgroupAt = cwdAt + cwdBytes
    const argumentsAt = cgroupAt + cgroupBytes
    const cut = u16(record, processAt.cut) === 1
    const image: Image = {
      path: pathText(record, processAt.data, pathBytes),
      cwd: pathText(record, cwdAt, cwdBytes),
      ...commandLine(record, argumentsAt, pid),
      image: {
        device: userDevice(u32(record, processAt.device)),
        inode: u64(record, processAt.inode),
        size: u64(record, processAt.size),
      },
    }
    if (cut) readCutPaths(image, pid)
    const cgroupId = u64(record, processAt.cgroup)
    if (!this.#cgroups.get(cgroupId)) this.#cgroups.set(cgroupId, pathText(record, cgroupAt, cgroupBytes))
    const started = this.#started(record)
    this.#images.set(pid, { ...image, ...started.process })
    this.#options.emit({ type: 'exec', ...started, ...image })
  }

  #fork(record: RingRecord): void {
    const pid = pidOf(record)
    // A process that makes another one lives on as what it is.
    this.settle(u32(record, processAt.parentPid))
    if (this.#options.isOwn(pid)) return
    const event: Fork = { type: 'fork', ...this.#started(record), path: '', cmdLine: '' }
    this.#forks.set(pid, { event, since: this.#options.now() })
  }

  #exit(record: RingRecord): void {
    const process = processOf(record)
    this.settle(process.pid)
    this.#images.delete(process.pid)
    if (this.#options.isOwn(process.pid)) return
    const status = u32(record, exitAt.status)
    const signal = status & 0x7f
    this.#options.emit({
      type: 'exit',
      at: this.#wall(record),
      process,
      exitCode: signal === 0 ? (status >> 8) & 0xff : 128 + signal,
      cpuMillis: Math.round(u64(record, exitAt.cpuMicros) / 1000),
      peakMemoryBytes: u64(record, exitAt.peakPages) * pageSize,
    })
  }

  #tellFork(event: Fork): void {
    const { pid, startTicks } = event.process
    const parent = event.parent && this.#images.get(event.parent.pid)
    const known = parent && parent.startTicks === event.parent?.startTicks ? parent : undefined
    const image = known ?? readImage(pid) ?? readImage(event.parent?.pid)
    const {
      path,
      cmdLine,
      cwd,
      image: file,
      incomplete,
    } = image ?? { path: '', cmdLine: '', incomplete: true }
    if (image) this.#images.set(pid, { ...image, pid, startTicks })
    this.#options.emit({ ...event, path, cmdLine, cwd, image: file, ...(incomplete && { incomplete }) })
  }

  #started(record: RingRecord) {
    const session = u32(record, processAt.session)
    const parentPid = u32(record, processAt.parentPid)
    return {
      at: this.#wall(record),
      process: processOf(record),
      ...(parentPid !== 0 && { parent: { pid: parentPid, startTicks: u64(record, processAt.parentStart) } }),
      comm: text(record, processAt.comm, 16),
      uid: u32(record, processAt.uid),
      euid: u32(record, processAt.euid),
      gid: u32(record, processAt.gid),
      sessionId: session === NO_SESSION ? -1 : session,
      cgroup: this.#cgroups.get(u64(record, processAt.cgroup)),
    }
  }

  #wall(record: RingRecord): number {
    return this.#options.wallMillis(u64(record, 8))
  }
}

/** Components, the last one first, each ended by a zero byte. */
function pathText({ bytes, at }: RingRecord, offset: number, length: number): string {
  if (length === 0) return '/'
  return `/${bytes
    .toString('utf8', at + offset, at + offset + length - 1)
    .split('\0')
    .reverse()
    .join('/')}`
}

/** Arguments joined by spaces. What did not fit the record is in /proc, as long as the process runs. */
function commandLine(record: RingRecord, offset: number, pid: number): Pick<Exec, 'cmdLine' | 'incomplete'> {
  const length = u32(record, processAt.argumentBytes)
  const from = record.at + offset
  if (length === u32(record, processAt.argumentTotal))
    return { cmdLine: joinArguments(record.bytes.toString('utf8', from, from + length)) }
  try {
    return { cmdLine: joinArguments(readFileSync(`/proc/${pid}/cmdline`, 'utf8')) }
  } catch {
    return { cmdLine: joinArguments(record.bytes.toString('utf8', from, from + length)), incomplete: true }
  }
}

const joinArguments = (zeroEnded: string): string => zeroEnded.replace(/\0+$/, '').replaceAll('\0', ' ')

/** More folders than the kernel's walk goes up: /proc knows while the process runs, else what was found says that it is cut. */
function readCutPaths(image: Image, pid: number): void {
  try {
    image.path = readlinkSync(`/proc/${pid}/exe`)
    image.cwd = readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    image.path = `…${image.path}`
    image.cwd = undefined
    image.incomplete = true
  }
}

/** What /proc says of a process that started before the sensors did. */
function readImage(pid: number | undefined): Image | undefined {
  try {
    return {
      path: readlinkSync(`/proc/${pid}/exe`),
      cmdLine: joinArguments(readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
      cwd: readlinkSync(`/proc/${pid}/cwd`),
    }
  } catch {
    return undefined
  }
}

/** A device number as the kernel keeps it (12 bits and 20 bits) in the form that `stat` gives. */
function userDevice(device: number): number {
  const major = device >>> 20
  const minor = device & 0xfffff
  return ((minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12)) >>> 0
}
