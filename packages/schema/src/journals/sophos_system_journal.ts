import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { text } = journalColumn

export default defineJournal({
  subject: 'System',
  table: 'sophos_system_journal',
  description:
    'What happened to the machine: boots, clock steps, kernel modules, mounts, and the recording itself.',
  shedOrder: 0,
  columns: {
    event_type: text(
      '`boot`, `clock_step`, `module_loaded`, `module_unloaded`, `mounted`, `unmounted`, `recording_started`, `recording_ended` or `events_lost`.',
      { index: true, aliases: ['eventType'] },
    ),
    ...processColumns,
    data: text('What is known of it, as JSON.'),
  },
  examples: ["SELECT time, data FROM sophos_system_journal WHERE time > 0 AND event_type = 'module_loaded'"],
})
