import type { StoredEvent } from '../../store/types.ts'
import { inBatches } from './batches.ts'
import type { Reading } from './read-events.ts'

const started = 0
const ended = 1

/** Columns of the process journal that the end of a process is told by. */
export const endColumns = ['event_type', 'sophos_pid', 'exit_code']

/**
 * Gives each start the `end_time` and `exit_code` of its end, which is another event: `end_time` is 0 while the process runs, and also
 * when nobody saw it end. An end has its own time.
 * @param events of the process journal, with `endColumns`
 */
export function* withEnds(reading: Reading, events: Iterable<StoredEvent>): Generator<StoredEvent> {
  for (const batch of inBatches(events)) {
    const ends = endsOf(reading, batch)
    for (const event of batch) {
      const { row } = event
      const end = ends.get(row.sophos_pid as string)
      if (row.event_type === ended) row.end_time = Math.floor(event.time / 1000)
      else if (row.event_type === started) {
        row.end_time = end ? Math.floor(end.time / 1000) : 0
        row.exit_code = end?.row.exit_code ?? null
      }
      yield event
    }
  }
}

function endsOf({ reader, untilOf }: Reading, batch: readonly StoredEvent[]): Map<string, StoredEvent> {
  const ends = new Map<string, StoredEvent>()
  const open = new Set<string>()
  let earliest = Number.POSITIVE_INFINITY
  const note = (event: StoredEvent) => {
    const id = event.row.sophos_pid
    if (event.row.event_type === ended && typeof id === 'string') ends.set(id, event)
  }
  for (const event of batch) note(event)
  for (const { time, row } of batch) {
    const id = row.sophos_pid
    if (row.event_type !== started || typeof id !== 'string' || ends.has(id)) continue
    open.add(id)
    earliest = Math.min(earliest, time)
  }
  if (open.size > 0) {
    const equals = { sophos_pid: [...open] }
    const until = untilOf('Process')
    for (const event of reader.scan('Process', {
      columns: endColumns,
      time: { from: earliest },
      equals,
      until,
    }))
      note(event)
  }
  return ends
}
