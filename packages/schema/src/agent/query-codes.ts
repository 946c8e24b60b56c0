import type { Limits } from './query.ts'

// Plain values without zod: a sandbox process loads them at each start.

export const defaultLimits: Limits = {
  cpuShare: 0.3,
  memoryBytes: 256 << 20,
  resultBytes: 10_000_000,
  resultRows: 100_000,
  seconds: 300,
}

/** Codes of warnings that a device gives with its rows. */
export const warningCodes = {
  limited_rows: 'The row limit was reached; what had been found is kept.',
  limited_bytes: 'The limit on the size of a result was reached; what had been found is kept.',
  window_defaulted: 'The query has no constraint on time; it saw the last 15 minutes.',
  events_lost: 'The journal lost events in this time.',
  required_column: 'A table needs a constraint on a column and had none; it gave no rows.',
  table_unavailable: 'A table cannot be read on this device.',
  row_too_large: 'A row is larger than one message of the link and is left out.',
  partial: 'Something could not be read and is left out.',
} as const

/** Codes of errors that end a query on a device. */
export const queryErrorCodes = {
  sql: 'SQLite refused the statement.',
  not_allowed: 'The statement does more than read, or reads what the asker may not.',
  other_platform: 'The statement names a table of another platform.',
  lake_table: 'The statement names a table of the data lake, which no device has.',
  memory_limit: 'The memory limit was reached; what had been found is kept.',
  time_limit: 'The time limit was reached; what had been found is kept.',
  interrupted: 'The agent was restarted during the query; what had been sent is kept.',
  disk_full: 'The device could not store the result before sending it; what had been stored is kept.',
  refused_by_device: 'The device’s own policy or its full queue refused the query.',
  cannot_continue:
    'What the statement had found before has changed, so that it cannot go on behind it; ask anew.',
  crashed: 'The process that ran the query died.',
} as const
