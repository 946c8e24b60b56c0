import type { KeptValue, StoredEvent } from '../../store/types.ts'
import { inBatches } from './batches.ts'
import type { Reading } from './read-events.ts'

/** Columns of the process journal that a start has; an empty object where the process is not in the journal. */
export type ProcessFacts = Readonly<Record<string, KeptValue>>

/** So many processes are kept at hand. */
const most = 4096
const none: ProcessFacts = {}

/**
 * Gives each event the process that did it, as it was when it last started a program.
 * @param columns of the process journal; none for no look-up at all
 */
export function* withProcesses(
  { reader }: Reading,
  events: Iterable<StoredEvent>,
  columns: readonly string[],
): Generator<[StoredEvent, ProcessFacts]> {
  if (columns.length === 0) {
    for (const event of events) yield [event, none]
    return
  }
  const starts = new Map<string, StoredEvent[]>()
  const read = [...new Set([...columns, 'sophos_pid', 'event_type'])]
  for (const batch of inBatches(events)) {
    const ids = new Set(batch.map(({ row }) => row.sophos_pid).filter((id) => typeof id === 'string'))
    const missing = [...ids].filter((id) => !starts.has(id))
    if (starts.size + missing.length > most) starts.clear()
    const asked = [...ids].filter((id) => !starts.has(id))
    for (const id of asked) starts.set(id, [])
    for (const start of asked.length > 0
      ? reader.scan('Process', { columns: read, equals: { sophos_pid: asked } })
      : [])
      if (start.row.event_type === 0) starts.get(start.row.sophos_pid as string)?.push(start)
    for (const event of batch) yield [event, factsAt(starts.get(event.row.sophos_pid as string), event.time)]
  }
}

/** The last start until then; the first one for what came before it, which was seen too late. */
function factsAt(starts: readonly StoredEvent[] | undefined, time: number): ProcessFacts {
  let found: StoredEvent | undefined
  for (const start of starts ?? []) {
    const better =
      found && (start.time <= time ? found.time > time || start.time >= found.time : start.time < found.time)
    if (!found || better) found = start
  }
  return found?.row ?? none
}
