import { join } from 'node:path'
import { type JournalWriter, openJournalReader, openJournalWriter } from '@quarry/journals/store'
import type { Recording } from '@quarry/schema/agent/recording'
import type { Journal, JournalRow } from '@quarry/schema/define-journal'
import type { SensorEvent } from '@quarry/schema/events'
import { allJournals } from '@quarry/schema/journals'
import fileHashJournal from '@quarry/schema/journals/sophos_file_hash_journal'
import { openSensors } from '@quarry/sensors'
import { openHashCache } from '@quarry/tables/hash-cache'
import { openHost } from '@quarry/tables/host'
import { type Drafts, openDrafts } from './drafts.ts'
import { openFound } from './found.ts'
import { openHashWaits } from './hashing/hash-waits.ts'
import { openHasher } from './hashing/hasher.ts'
import type { RecorderSetup } from './messages.ts'
import { openPlain } from './plain.ts'
import { parentOf } from './processes/parent-of.ts'
import { processIds } from './processes/process-ids.ts'
import { openProcessTable } from './processes/process-table.ts'
import { openUserNames } from './processes/user-names.ts'
import { writeBegin, writeEnd, writeLoss } from './rows/own-rows.ts'
import { unknownScores } from './scores.ts'
import { watchSensorLosses } from './sensor-losses.ts'
import { openLosses } from './shedding/losses.ts'
import { openStarts } from './starts.ts'
import { describeRecording } from './status.ts'

/** A larger program is not hashed: 2 GiB take about ten seconds of a CPU. */
const imageLimit = 2 * 1024 ** 3
const imagesWaiting = 10_000
const tickMillis = 250
const lossMillis = 2000
const maintainMillis = 10_000
/** At the end, hashes that are under way are waited for this long, in milliseconds. */
const lastHashesMillis = 300

export interface Recorder {
  status(): Recording
  mark(pid: number, origin: string): void
  /** Ends the sensors, which put back what they changed, and writes what was taken. */
  close(reason: string): Promise<void>
}

export interface RecordOptions extends RecorderSetup {
  /** The processes whose doings are left out, with all that they start. */
  ownPids: readonly number[]
  log(message: string): void
  /** The status has changed. */
  changed(): void
}

/**
 * Records what happens on this host until closed.
 * @throws when the journals cannot be written at all.
 */
export async function openRecorder(options: RecordOptions): Promise<Recorder> {
  const now = () => performance.now()
  const journals = await allJournals()
  const writer = openJournalWriter(options.journals, { log: options.log })
  const reader = openJournalReader(options.journals)
  const drafts = openDrafts(join(options.state, 'drafts.ndjson'))
  takeUp(drafts, writer, journals)
  const interrupted = drafts.interrupted ? lastTime(writer) : undefined
  const cache = openHashCache(options.cache)
  const host = openHost({ dataDirs: [], anchorDir: options.anchor })
  const losses = openLosses()
  const hasher = openHasher({ cache, limit: imageLimit, waiting: imagesWaiting })
  const waits = openHashWaits(hasher, now)
  const starts = openStarts({
    out: writer,
    waits,
    drafts,
    users: openUserNames(),
    scores: unknownScores,
    knownImage(sha256, fileId) {
      const wanted = { columns: ['file_id'], equals: { sha256: [sha256] } }
      for (const { row } of reader.scan(fileHashJournal.subject, wanted))
        if (row.file_id === fileId) return true
      return false
    },
  })
  const processes = openProcessTable({
    ids: processIds(host.bootFiletime()),
    output: {
      started: (process, event) => plain.admits(event) && starts.started(process, event),
      ended: (process, event) => plain.admits(event) && starts.ended(process, event),
    },
    ownPids: options.ownPids,
    parentOf,
    exists,
    now,
  })
  const plain = openPlain({ ...options, out: writer, hasher, waits, drafts, losses, now })
  const found = openFound({
    reader,
    begun: writer.states().find(({ subject }) => subject === 'Process')?.firstTime ?? Date.now(),
    started: starts.started,
    write: plain.take,
    failed: (error) => options.log(`What was found running cannot be compared with the journal: ${error}`),
    now,
  })

  function take(event: SensorEvent) {
    if (event.type === 'exec' && event.found) {
      const process = processes.adopt(event)
      if (process) found.process(process, event)
    } else if (event.type === 'exec' || event.type === 'fork') {
      processes.start(event)
    } else if (event.type === 'exit') processes.exit(event)
    else {
      const who = processes.actor(event.process)
      if (who === undefined) return
      if ((event.type === 'connection' || event.type === 'listen') && event.found) found.flow(event, who)
      else plain.take(event, who)
    }
  }

  const { only } = options
  const sensors = await openSensors({
    emit: take,
    // Only those that would hear themselves write; the others are left out by their parents.
    isOwn: (pid) => options.ownPids.includes(pid),
    stateDir: options.state,
    log: options.log,
    ...(only && { only }),
  })
  writeBegin(writer, Date.now(), sensors.status(), interrupted)
  writer.flush()
  sensors.onChange(options.changed)

  const noteSensorLosses = watchSensorLosses(losses)
  function tellLosses() {
    noteSensorLosses(sensors.status(), Date.now())
    for (const loss of losses.take()) {
      writer.lose(loss)
      writeLoss(writer, loss.lastTime, loss)
    }
  }
  /** Writes all but the rows that wait for a hash: those are among the drafts. */
  function settle() {
    processes.settle()
    plain.settle()
  }
  let wasStopped = writer.stopped
  const tick = setInterval(() => {
    processes.tick(Date.now())
    waits.tick()
    found.tick()
    if (writer.stopped !== wasStopped) {
      wasStopped = writer.stopped
      options.changed()
    }
  }, tickMillis)
  const tell = setInterval(tellLosses, lossMillis)
  const upkeep = setInterval(() => keepUp(writer), maintainMillis)

  return {
    status: () => describeRecording(writer.stopped, sensors.status(), writer.states(), journals),
    mark: processes.mark,
    async close(reason) {
      for (const timer of [tick, tell, upkeep]) clearInterval(timer)
      // What was taken is safe before anything else: whoever stops this may not wait for the sensors to end.
      settle()
      writer.flush()
      await sensors.close()
      await found.settle()
      settle()
      await waits.idle(lastHashesMillis)
      waits.settle()
      tellLosses()
      writeEnd(writer, Date.now(), reason)
      writer.close()
      drafts.close()
      reader.close()
      cache.close()
      host.close()
    },
  }
}

/** Journals what the recorder before this one had taken and, since it was killed, could not write. */
function takeUp(drafts: Drafts, writer: JournalWriter, journals: readonly Journal[]) {
  for (const { subject, time, row } of drafts.left) {
    const journal = journals.find((one) => one.subject === subject)
    if (journal) writer.append(journal, time, row as JournalRow<Journal>)
  }
  writer.flush()
  if (writer.stopped === undefined) drafts.clear()
}

/** When the last event of all was kept; undefined for empty journals. */
function lastTime(writer: JournalWriter): number | undefined {
  const times = writer.states().flatMap(({ lastTime }) => lastTime ?? [])
  return times.length > 0 ? Math.max(...times) : undefined
}

/** Closes and removes old periods, a step at a time, so that events are read in between. */
function keepUp(writer: JournalWriter) {
  if (writer.maintain()) setImmediate(keepUp, writer)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
