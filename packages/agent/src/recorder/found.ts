import { setImmediate as turn } from 'node:timers/promises'
import type { JournalReader, KeptValue, ScanOptions } from '@quarry/journals/store'
import type { SensorEvent } from '@quarry/schema/events'
import listenJournal from '@quarry/schema/journals/quarry_listen_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import type { KnownProcess, StartEvent } from './processes/known-process.ts'
import { startMillis } from './processes/process-ids.ts'

type Connection = Extract<SensorEvent, { type: 'connection' }>
type Listen = Extract<SensorEvent, { type: 'listen' }>

export interface FoundOptions {
  reader: Pick<JournalReader, 'scan'>
  /** Since when there is a journal, in milliseconds since 1970: nothing that is found began before, as far as it tells. */
  begun: number
  started(process: KnownProcess, event: StartEvent, time: number): void
  write(event: Connection | Listen, who: string | null): void
  failed(error: unknown): void
  now(): number
}

/**
 * What ran, was connected or listened already when the sensors started or read everything again. It is journalled only where the
 * journal does not have it, so that a restart of the agent adds nothing.
 */
export interface Found {
  process(process: KnownProcess, event: StartEvent): void
  flow(event: Connection | Listen, who: string | null): void
  /** Looks what is new once no more is found. */
  tick(): void
  /** Looks at once. */
  settle(): Promise<void>
}

/** What is found comes in one go; this long after the last of it, in milliseconds, the journal is asked. */
const quietMillis = 300
const maxFound = 50_000
/** Needles of one question. */
const together = 300
/** Rows that are read before events have their turn. */
const turnRows = 500
/** A connection that is older than this is journalled again after a restart, so that a busy server's past is not read through. */
const connectionMillis = 7 * 86_400_000

export function openFound(options: FoundOptions): Found {
  const { reader, begun, now } = options
  let processes: { process: KnownProcess; event: StartEvent }[] = []
  let flows: { event: Connection | Listen; who: string | null }[] = []
  let last = 0
  let looking = Promise.resolve()

  async function known(
    subject: string,
    options: ScanOptions,
    ids: readonly string[],
    key: (row: Record<string, KeptValue>) => string,
  ): Promise<Set<string>> {
    const keys = new Set<string>()
    let rows = 0
    for (let index = 0; index < ids.length; index += together) {
      const equals = { sophos_pid: ids.slice(index, index + together) }
      for (const { row } of reader.scan(subject, { ...options, equals })) {
        keys.add(key(row))
        if (++rows % turnRows === 0) await turn()
      }
      await turn()
    }
    return keys
  }

  async function lookForProcesses(found: typeof processes) {
    const ids = [...new Set(found.map(({ process }) => process.id))]
    const from = Math.min(...ids.map(startMillis))
    const options = { columns: ['sophos_pid', 'path'], time: { from } }
    const have = await known(processJournal.subject, options, ids, (row) => `${row.sophos_pid} ${row.path}`)
    for (const { process, event } of found) {
      if (have.has(`${process.id} ${event.path}`)) continue
      began(process, event)
    }
  }

  function began(process: KnownProcess, event: StartEvent) {
    // Its own start, if that lies within the journal: what began before does not make the journal older than it is.
    const start = startMillis(process.id)
    options.started(process, event, Number.isNaN(start) ? event.at : Math.max(start, begun))
  }

  async function lookForFlows(found: typeof flows) {
    const ids = [...new Set(found.flatMap(({ who }) => who ?? []))]
    const listening = await known(
      listenJournal.subject,
      { columns: ['sophos_pid', 'address', 'port', 'protocol'] },
      ids,
      (row) => `${row.sophos_pid} ${row.protocol} ${row.address} ${row.port}`,
    )
    const connected = await known(
      ipJournal.subject,
      {
        columns: ['sophos_pid', 'source', 'source_port', 'destination', 'destination_port', 'protocol'],
        time: { from: Date.now() - connectionMillis },
      },
      ids,
      (row) =>
        flowKey(
          row.sophos_pid,
          row.protocol,
          row.source,
          row.source_port,
          row.destination,
          row.destination_port,
        ),
    )
    for (const { event, who } of found) {
      const have =
        event.type === 'listen'
          ? listening.has(`${who} ${event.protocol} ${event.address} ${event.port}`)
          : connected.has(
              flowKey(
                who,
                event.protocol,
                event.source,
                event.sourcePort,
                event.destination,
                event.destinationPort,
              ),
            )
      if (!have) options.write(event, who)
    }
  }

  function look() {
    const found = { processes, flows }
    processes = []
    flows = []
    looking = looking
      .then(async () => {
        if (found.processes.length > 0) await lookForProcesses(found.processes)
        if (found.flows.length > 0) await lookForFlows(found.flows)
      })
      .catch(options.failed)
    return looking
  }

  return {
    process(process, event) {
      last = now()
      if (processes.push({ process, event }) >= maxFound) void look()
    },
    flow(event, who) {
      last = now()
      if (flows.push({ event, who }) >= maxFound) void look()
    },
    tick() {
      if (processes.length + flows.length > 0 && now() - last > quietMillis) void look()
    },
    settle: () => look(),
  }
}

const flowKey = (...parts: unknown[]) => parts.join(' ')
