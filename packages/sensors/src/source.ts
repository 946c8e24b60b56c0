import type { ProcessRef, SensorEvent, SensorLayer } from '@quarry/schema/events'
import type { FlowKey } from './attribute.ts'

/** What a source is given. */
export interface SourceContext {
  /** Hands an event on. Called from `drain`, `tick` and whatever the source waits for; must not throw. */
  emit(event: SensorEvent): void
  /** Process ids of the agent itself, whose own doings are left out; asked anew for each event. */
  isOwn(pid: number): boolean
  /** Wall clock in milliseconds since 1970 of a moment in nanoseconds since boot (CLOCK_BOOTTIME). */
  wallMillis(bootNanos: bigint): number
  /** Folder that the source may keep state in (what it changed on the host, to put it back), never read by a table. */
  stateDir: string
  /** Says something for the agent's log. */
  log(message: string): void
  /** The process whose side of a connection this is, as far as anybody knows. Cheap; may look it up in the kernel when asked seldom. */
  whoseFlow(key: FlowKey): ProcessRef | undefined
  /** The process that has, or had last, this id, as far as earlier events told: for sources that see an id whose owner is gone by now. */
  processOf(pid: number): ProcessRef | undefined
  /**
   * Reads what the source of processes has by now. Called between reading and telling, it makes known a process that started, did what was
   * read, and ended since the sources had their turn.
   */
  catchUp(): void
  /** Folder in front of every path of the host, `/` but in tests. */
  root: string
}

/** One way to watch one or more layers. A file of `sources/` each; the file is named after it. */
export interface Source {
  name: string
  /** Layers that it can watch. */
  layers: readonly SensorLayer[]
  /** Of two that watch the same layer, the higher is tried first. */
  rank: number
  /** What is missing with it, in sentences. */
  limits: readonly string[]
  /** It finds what runs or is connected already by itself, so that nobody needs to read /proc beside it. */
  findsExisting?: boolean
  /**
   * Opens it for the given layers (a part of its own).
   * @throws SourceUnavailable when this host does not allow it; it has then put back whatever it changed.
   */
  open(context: SourceContext, layers: ReadonlySet<SensorLayer>): Promise<OpenSource>
  /** Puts back what an earlier process changed on the host and could not undo itself. Called before anything is opened. */
  restore?(context: SourceContext): void
}

/** A source at work. */
export interface OpenSource {
  /** File descriptors to wait for; `drain` is called when one can be read. */
  fds: readonly number[]
  /** It reads /proc about what it is told, so that waiting a few milliseconds to drain more at once would lose something. */
  prompt?: boolean
  /** What is missing with it on this host, in sentences, beside the limits that it always has. */
  limits?: Partial<Record<SensorLayer, readonly string[]>>
  /** Layers that it could not watch after all, each with a sentence why; the next source is tried for them. */
  refused?: Partial<Record<SensorLayer, string>>
  /** Reads what is there without waiting. Returns true when it stopped early and there is more. */
  drain?(): boolean
  /** Called about every second: flows that went idle, questions without an answer, polling. */
  tick?(now: number): void
  /** Events lost since the last call. A layer that lost some is read again from /proc. */
  lost(): Partial<Record<SensorLayer, number>>
  /** Ends it and puts back what it changed on the host. */
  close(): void | Promise<void>
}

/** A host that does not allow a source. The message is a sentence for an administrator, naming the package or the right to add. */
export class SourceUnavailable extends Error {
  override name = 'SourceUnavailable'
}

/** The context's root as a prefix of absolute paths: without a slash at the end. */
export const hostRoot = ({ root }: Pick<SourceContext, 'root'>): string => root.replace(/\/+$/, '')
