import type { JournalRow } from '@quarry/schema/define-journal'
import type { Content, FileAction, SensorEvent } from '@quarry/schema/events'
import type fileJournal from '@quarry/schema/journals/sophos_file_journal'

export type FileEvent = Extract<SensorEvent, { type: 'file' }>
/** Files and folders have the same columns. */
export type FileRow = JournalRow<typeof fileJournal>

const eventTypes: Record<FileAction, number> = {
  created: 0,
  renamed: 1,
  deleted: 2,
  modified: 3,
  hardlinked: 4,
  timestamps: 5,
  permissions: 6,
  ownership: 7,
  accessed: 8,
  mapped: 9,
}
const classes: Record<Content, number> = { unknown: 0, binary: 2, data: 3, other: 4 }
const subjects: Record<Content, string> = {
  binary: 'FileBinary',
  data: 'FileData',
  other: 'FileOther',
  unknown: 'FileOther',
}
const directoryClass = 1

/** The row of a change to a file or folder. */
export function fileRow(event: FileEvent, who: string | null): FileRow {
  const { action, directory, content, times } = event
  const what = action === 'accessed' || action === 'mapped' ? 'Reads' : 'Changes'
  return {
    subject: directory ? `Directory${what}` : `${subjects[content]}${what}`,
    event_type: eventTypes[action],
    sophos_pid: who,
    path: event.path,
    target_path: event.targetPath ?? null,
    file_id: fileId(event.device, event.inode),
    file_size: event.size ?? null,
    file_type_class: directory ? directoryClass : classes[content],
    creation_time: whole(times?.birth),
    last_access_time: whole(times?.accessed),
    last_write_time: whole(times?.modified),
    change_time: whole(times?.changed),
  }
}

/** A file as `<device>:<inode>`; null where they are not known. */
export function fileId(device: number | undefined, inode: number | undefined): string | null {
  return device === undefined || inode === undefined ? null : `${device}:${inode}`
}

const whole = (seconds: number | undefined) => (seconds === undefined ? null : Math.floor(seconds))
