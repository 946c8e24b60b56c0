import type { GeneratedEvent } from './host.ts'

/** From so many on it is only said that there are more. */
const MOST = 200_000
const COLUMNS = [
  'path',
  'cmd_line',
  'sophos_pid',
  'sha256',
  'username',
  'source',
  'destination',
  'name',
  'file_id',
  'cgroup',
]

/** Counts the distinct values of each column, so that it can be seen whether what was made is like life. */
export class Distinct {
  readonly #values = new Map<string, Set<unknown>>()
  readonly events: Record<string, number> = {}

  note(events: readonly GeneratedEvent[]): void {
    for (const { journal, row } of events) {
      const { subject } = journal
      this.events[subject] = (this.events[subject] ?? 0) + 1
      for (const name of COLUMNS) {
        const value = row[name]
        if (value === undefined || value === null) continue
        const key = `${subject}.${name}`
        const values = this.#values.get(key) ?? new Set()
        if (values.size === 0) this.#values.set(key, values)
        if (values.size < MOST) values.add(value)
      }
    }
  }

  /** Distinct values of each column; `200000` stands for that many or more. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#values].map(([name, { size }]) => [name, size]))
  }
}
