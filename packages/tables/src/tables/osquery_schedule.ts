import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'osquery_schedule',
  description:
    'Scheduled queries. The schedule is the server’s matter in Quarry, so the table is always empty.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the query.'),
    query: column.text('The query.'),
    interval: column.integer('Seconds between two runs.'),
    executions: column.bigint('Number of runs.'),
    last_executed: column.bigint('Last run in unix seconds.'),
    denylisted: column.integer('1 when the query is held back because it failed, else 0.'),
    output_size: column.bigint('Bytes of all its rows.'),
    wall_time: column.bigint('Time of all runs in seconds.'),
    wall_time_ms: column.bigint('Time of all runs in milliseconds.'),
    last_wall_time_ms: column.bigint('Time of the last run in milliseconds.'),
    user_time: column.bigint('CPU time of all runs in programs, in milliseconds.'),
    last_user_time: column.bigint('CPU time of the last run in programs, in milliseconds.'),
    system_time: column.bigint('CPU time of all runs in the kernel, in milliseconds.'),
    last_system_time: column.bigint('CPU time of the last run in the kernel, in milliseconds.'),
    average_memory: column.bigint('Mean memory of a run in bytes.'),
    last_memory: column.bigint('Memory of the last run in bytes.'),
  },
  examples: ['SELECT name, executions FROM osquery_schedule'],
  estimatedRows: 1,

  *rows() {},
})
