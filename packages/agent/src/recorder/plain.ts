import type { SensorEvent } from '@quarry/schema/events'
import fileHashJournal from '@quarry/schema/journals/sophos_file_hash_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import type { Drafts } from './drafts.ts'
import type { HashWaits } from './hashing/hash-waits.ts'
import type { Hashed, Hasher, HashRequest } from './hashing/hasher.ts'
import { type FileEvent, fileRow } from './rows/file-row.ts'
import { placeOf, shedOrders, subjectsOf } from './rows/subject.ts'
import { type Out, type PlainEvent, writeEvent } from './rows/write-event.ts'
import { openAdmission } from './shedding/admission.ts'
import { openBudget } from './shedding/budget.ts'
import { openEventQueue } from './shedding/event-queue.ts'
import type { Losses } from './shedding/losses.ts'

/** Events that may come at once beyond what may come for ever: a build, an update of the system. */
const burst = 400_000
/** Time that writing takes at once, in milliseconds; then the sensors are read. */
const sliceMillis = 8
/** With this many waiting it takes longer: what is not read yet is safe in the kernel, what finds no room here is shed. */
const manyWaiting = 5000
const longSliceMillis = 250
/** The sensors may hand on a whole ring of the kernel at once: then it is written in between, for as long as this between two turns. */
const reliefMillis = 1000
const sliceEvents = 64

/** A larger file is not hashed after a change, only when it runs. */
const changedLimit = 64 << 20
/** Bytes of changed files that are hashed at once, and each second for ever: some 2 % of a CPU. */
const hashBurst = 256 << 20
const hashPerSecond = 4 << 20
const changes = new Set(['created', 'modified', 'renamed'])

/** About what an event takes in memory beside its texts. */
const eventBytes = 400

export interface PlainOptions {
  out: Out
  hasher: Hasher
  waits: HashWaits
  drafts: Pick<Drafts, 'keep'>
  losses: Losses
  eventsPerSecond: number
  now(): number
}

/** Events that are rows by themselves: they queue for the store, and the least valuable are shed when there are too many. */
export interface Plain {
  /** Whether the budget has room for an event; it is counted as shed otherwise. */
  admits(event: SensorEvent): boolean
  take(event: PlainEvent, who: string | null): void
  /** Writes all that is queued. */
  settle(): void
}

interface Queued {
  event: PlainEvent
  who: string | null
}

export function openPlain({ out, hasher, waits, drafts, losses, eventsPerSecond, now }: PlainOptions): Plain {
  const admission = openAdmission(eventsPerSecond, burst, shedOrders, now)
  const hashing = openBudget(hashBurst, hashPerSecond, now)
  const shed = (event: SensorEvent) => {
    for (const subject of subjectsOf(event)) losses.add(subject, 'shed', event.at)
  }
  const queue = openEventQueue<Queued>(shedOrders, ({ event }) => shed(event))
  let scheduled = false
  let relieved = 0

  function admits(event: SensorEvent): boolean {
    if (admission.admits(placeOf(event).shedOrder)) return true
    shed(event)
    return false
  }

  function write({ event, who }: Queued) {
    if (event.type === 'file' && !event.directory && changes.has(event.action)) writeChange(event, who)
    else writeEvent(out, event, who)
  }

  function writeChange(event: FileEvent, who: string | null) {
    const { device, inode, size = 0 } = event
    if (device !== undefined && inode !== undefined) hasher.changed(device, inode)
    if (event.content !== 'binary' || size > changedLimit || hashing.left() * hashBurst < size) {
      writeEvent(out, event, who)
      return
    }
    hashing.take(size)
    const row = fileRow(event, who)
    const written = drafts.keep({ subject: fileJournal.subject, time: event.at, row })
    const path = event.targetPath ?? event.path
    const request: HashRequest = { paths: [path], ...(inode !== undefined && { device, inode }) }
    const writeHash = (hashed: Hashed) =>
      out.append(fileHashJournal, event.at, {
        sophos_pid: who,
        path,
        file_id: `${hashed.device}:${hashed.inode}`,
        sha256: hashed.sha256,
        file_size: hashed.size,
      })
    waits.wait(
      request,
      (hashed) => {
        out.append(fileJournal, event.at, { ...row, sha256: hashed?.sha256 ?? null })
        written()
        if (hashed && hashed.news !== 'known') writeHash(hashed)
      },
      writeHash,
    )
  }

  function schedule() {
    if (scheduled) return
    scheduled = true
    setImmediate(pump)
  }
  /** Writes some while the sensors do not end; the kernel holds the rest meanwhile. */
  function relieve() {
    if (queue.size < manyWaiting + sliceEvents || relieved >= reliefMillis) return
    const began = now()
    writeSome()
    relieved += now() - began
  }
  /** False when nothing waits any more. */
  function writeSome(): boolean {
    for (let count = 0; count < sliceEvents; count++) {
      const next = queue.take()
      if (!next) return false
      write(next)
    }
    return true
  }
  function pump() {
    scheduled = false
    relieved = 0
    const until = now() + (queue.size > manyWaiting ? longSliceMillis : sliceMillis)
    do {
      if (!writeSome()) return
    } while (now() < until)
    schedule()
  }

  return {
    admits,
    take(event, who) {
      if (!admits(event)) return
      queue.push({ event, who }, placeOf(event), weigh(event))
      relieve()
      schedule()
    },
    settle() {
      for (let next = queue.take(); next; next = queue.take()) write(next)
    },
  }
}

function weigh(event: PlainEvent): number {
  if (event.type === 'http') return eventBytes + 2 * (event.headers.length + event.url.length)
  if (event.type === 'file') return eventBytes + 2 * event.path.length
  return eventBytes
}
