import type { JournalRow } from '@quarry/schema/define-journal'
import type processJournal from '@quarry/schema/journals/sophos_process_journal'
import type { ExitEvent, KnownProcess, StartEvent } from '../processes/known-process.ts'
import type { UserNames } from '../processes/user-names.ts'
import type { RowScores } from '../scores.ts'

export type ProcessRow = JournalRow<typeof processJournal>

/** The row of a start; hash, size and scores follow when the program is hashed. */
export function startRow(process: KnownProcess, event: StartEvent, users: UserNames): ProcessRow {
  const { cmdLine, incomplete, cwd, image } = event
  return {
    event_type: 0,
    ...ofProcess(process, users),
    // An empty text says that it had none, NULL that nobody knows.
    cmd_line: incomplete && cmdLine === '' ? null : cmdLine,
    cwd: cwd ?? null,
    file_size: image?.size ?? null,
  }
}

/** The row of an end: what the process was, and what it has used. */
export function endRow(
  process: KnownProcess,
  event: ExitEvent,
  users: UserNames,
  scores: RowScores,
): ProcessRow {
  return {
    event_type: 1,
    ...ofProcess(process, users),
    cmd_line: '',
    exit_code: event.exitCode ?? null,
    cpu_time: event.cpuMillis ?? null,
    peak_memory: event.peakMemoryBytes ?? null,
    ...scores,
  }
}

function ofProcess(process: KnownProcess, users: UserNames): ProcessRow {
  const { id, parent, name, path, uid, euid, gid, sessionId, cgroup, containerId, origin } = process
  return {
    sophos_pid: id,
    parent_sophos_pid: parent,
    process_name: name,
    path,
    uid,
    euid,
    gid,
    username: users(uid ?? undefined),
    sessionid: sessionId,
    cgroup,
    container_id: containerId,
    origin,
  }
}
