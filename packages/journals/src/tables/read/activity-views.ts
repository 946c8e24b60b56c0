import type { KeptValue } from '../../store/types.ts'

type Row = Record<string, KeptValue>

/** How a journal appears in `sophos_process_activity`. */
export interface ActivityView {
  /** Subject of the journal in the store. */
  journal: string
  /** Subjects that its rows have in the table; without it each row bears its own `subject`. */
  subject?: string
  /** Columns of the table, each with the journal's column that it shows. */
  columns: Readonly<Record<string, string>>
  /** Column of the journal that decides on `action`, and the words for its values; a value without a word is itself the action. */
  action: { from: string; words: Readonly<Record<string, string>> } | string
  /** Rows that are shown, by the value of a column. */
  only?: { column: string; value: KeptValue }
}

const fileActions = [
  'created',
  'renamed',
  'deleted',
  'modified',
  'hard-linked',
  'timestamps changed',
  'permissions changed',
  'ownership changed',
  'accessed',
  'mapped as binary',
]
const fileView = {
  action: { from: 'event_type', words: Object.fromEntries(fileActions.map((word, type) => [type, word])) },
  columns: same('sophos_pid', 'path', 'target_path', 'file_id', 'file_size', 'sha256', { object: 'path' }),
}
const directions = { outbound: 'connected', inbound: 'accepted' }
const ends = ['sophos_pid', 'source', 'source_port', 'destination', 'destination_port', 'protocol'] as const
const detected = same('sophos_pid', 'sha256', {
  object: 'primary_item',
  path: 'primary_item',
  value_name: 'detection_name',
  value: 'raw',
})

/**
 * Every journal, as an activity of a process. A start is the doing of the parent: its `sophos_pid` is the parent's, and the process that
 * it started is the `target_sophos_pid`, so that a process is followed to its children. An end is the doing of the process itself.
 */
export const activityViews: readonly ActivityView[] = [
  {
    journal: 'Process',
    subject: 'Process',
    action: 'started',
    only: { column: 'event_type', value: 0 },
    columns: same('path', 'cmd_line', 'file_size', 'sha256', 'username', {
      sophos_pid: 'parent_sophos_pid',
      target_sophos_pid: 'sophos_pid',
      object: 'path',
    }),
  },
  {
    journal: 'Process',
    subject: 'Process',
    action: 'ended',
    only: { column: 'event_type', value: 1 },
    columns: same('sophos_pid', 'path', 'username', { object: 'path', value: 'exit_code' }),
  },
  { journal: 'File', ...fileView },
  { journal: 'Directory', ...fileView },
  {
    journal: 'FileHash',
    subject: 'FileHash',
    action: 'hashed',
    columns: same('sophos_pid', 'path', 'file_id', 'file_size', 'sha256', { object: 'path' }),
  },
  {
    journal: 'Dns',
    subject: 'Dns',
    action: 'asked',
    columns: same('sophos_pid', {
      object: 'name',
      destination: 'server',
      value_name: 'type',
      value: 'answers',
    }),
  },
  {
    journal: 'Http',
    subject: 'Http',
    action: { from: 'method', words: {} },
    columns: same('sophos_pid', 'url', 'source', 'source_port', 'destination', 'destination_port', {
      object: 'url',
      value: 'user_agent',
    }),
  },
  {
    journal: 'Url',
    subject: 'Url',
    action: 'named',
    columns: same('sophos_pid', 'url', 'destination', 'destination_port', { object: 'url' }),
  },
  {
    journal: 'Network',
    subject: 'Network',
    action: 'flow ended',
    columns: same(...ends, 'data_sent', 'data_recv', { object: 'destination' }),
  },
  {
    journal: 'Ip',
    subject: 'Ip',
    action: { from: 'direction', words: directions },
    columns: same(...ends, { object: 'destination' }),
  },
  {
    journal: 'Listen',
    subject: 'Listen',
    action: { from: 'event_type', words: { 0: 'began to listen', 1: 'ceased to listen' } },
    columns: same('sophos_pid', 'protocol', { object: 'address', source: 'address', source_port: 'port' }),
  },
  {
    journal: 'System',
    subject: 'System',
    action: { from: 'event_type', words: {} },
    columns: same('sophos_pid', { object: 'event_type', value: 'data' }),
  },
  {
    journal: 'WinSec',
    subject: 'WinSec',
    action: {
      from: 'event_type',
      words: {
        4624: 'signed in',
        4625: 'failed to sign in',
        4634: 'signed out',
        4648: 'acted as another user',
      },
    },
    columns: same('sophos_pid', 'username', 'source', {
      object: 'username',
      value_name: 'event_type',
      value: 'data',
    }),
  },
  { journal: 'Detections', subject: 'Detections', action: 'detected', columns: detected },
  { journal: 'RuntimeIOCs', subject: 'RuntimeIOCs', action: 'detected', columns: detected },
]

/** Columns that have the same name on both sides, and others. */
function same(...names: (string | Record<string, string>)[]): Record<string, string> {
  const columns: Record<string, string> = {}
  for (const name of names) Object.assign(columns, typeof name === 'string' ? { [name]: name } : name)
  return columns
}

/** Whether a view may have rows of a subject. */
export function mayHave({ journal, subject }: ActivityView, wanted: string): boolean {
  if (subject !== undefined) return subject === wanted
  return new RegExp(`^${journal}[A-Z]`).test(wanted) && wanted !== 'FileHash'
}

/** What a row of a journal did, in words. */
export function actionOf({ action }: ActivityView, row: Row): KeptValue {
  if (typeof action === 'string') return action
  const value = row[action.from] ?? null
  return value === null ? null : (action.words[String(value)] ?? String(value))
}
