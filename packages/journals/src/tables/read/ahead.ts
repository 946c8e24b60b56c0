import type { KeptValue, StoredEvent } from '../../store/types.ts'

const most = 1024
const largestStep = 256
const idColumns = ['sophos_pid', 'parent_sophos_pid']

/** Processes that rows name which a statement has read but perhaps not yet joined: who looks one up may look up the others with it. */
export interface Ahead {
  note(id: KeptValue | undefined): void
  /** The latest ones, at most 1,024. */
  ids(): Iterable<string>
  has(id: string): boolean
}

/** Makes an empty list of them. */
export function openAhead(): Ahead {
  const latest = new Set<string>()
  return {
    note(id) {
      if (typeof id !== 'string') return
      latest.delete(id)
      latest.add(id)
      if (latest.size <= most) return
      const [oldest] = latest
      latest.delete(oldest!)
    },
    ids: () => latest,
    has: (id) => latest.has(id),
  }
}

/**
 * Notes the processes that events name. Unless they belong to one process anyway, events are read some steps ahead: one at first, so that
 * the first row comes at once.
 */
export function noting(
  ahead: Ahead,
  events: Iterable<StoredEvent>,
  columns: readonly string[],
  single: boolean,
): Iterable<StoredEvent> {
  const named = idColumns.filter((name) => columns.includes(name))
  return named.length === 0 ? events : inSteps(ahead, events, named, single)
}

function* inSteps(ahead: Ahead, events: Iterable<StoredEvent>, named: readonly string[], single: boolean) {
  let step = 1
  let waiting: StoredEvent[] = []
  for (const event of events) {
    for (const name of named) ahead.note(event.row[name])
    waiting.push(event)
    if (waiting.length < step) continue
    yield* waiting
    waiting = []
    if (!single) step = Math.min(step * 2, largestStep)
  }
  yield* waiting
}
