import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { integer, text, sophosPid, sha256, derivedInteger, derivedText } = journalColumn

export default defineJournal({
  subject: 'Process',
  table: 'sophos_process_journal',
  description:
    'Every process that started or ended: what ran, who ran it, from where and for how long. An exec adds a row under the same `sophos_pid`.',
  shedOrder: 0,
  columns: {
    event_type: integer('0 started, 1 ended.', { aliases: ['eventType'] }),
    ...processColumns,
    parent_sophos_pid: sophosPid('Process that started it.', {
      index: true,
      aliases: ['parentSophosPID'],
      pivotType: 'sophosPid',
    }),
    parent_pid: derivedInteger('Process id of the parent.', { aliases: ['parentPID', 'ppid'] }),
    parent_process_start_time: derivedInteger('When the parent started, in unix seconds.', {
      aliases: ['parentProcessStartTime'],
    }),
    process_name: text('Name of the program’s file.', { index: true, aliases: ['processName'] }),
    path: text('Path of the program.', {
      index: true,
      aliases: ['pathname', 'pathName'],
      pivotType: 'filePath',
    }),
    cmd_line: text('Command line, whole; empty for an end.', { aliases: ['cmdLine', 'cmdline'] }),
    cwd: text('Folder that it started in.', { yields: true }),
    sid: derivedText('User id as text: what a Windows device calls its SID.'),
    uid: integer('User id.', { yields: true }),
    euid: integer('Effective user id, which a set-user-id program changes.', { yields: true }),
    gid: integer('Group id.', { yields: true }),
    username: text('Name of the user, as it was then.', {
      index: true,
      yields: true,
      pivotType: 'username',
    }),
    sessionid: integer('Audit session; −1 for none.', { aliases: ['sessionId'] }),
    cgroup: text('Control group, which names the service or the container.'),
    container_id: text('Id of the container; empty outside of one.'),
    sha256: sha256('SHA-256 of the program, hashed as it started.', { index: true, pivotType: 'sha256' }),
    file_size: integer('Size of the program in bytes.', { aliases: ['fileSize'] }),
    local_rep: integer('Local reputation as known then; −1 unknown.', { aliases: ['localRep'] }),
    global_rep: integer('Global reputation as known then; −1 unknown.', { aliases: ['globalRep'] }),
    ml_score: integer('Score of the machine learning model as known then; −1 unknown.', {
      aliases: ['mlScore'],
    }),
    pua_score: integer('Score for unwanted programs as known then; −1 unknown.', { aliases: ['puaScore'] }),
    end_time: derivedInteger('When the process ended, in unix seconds; 0 while it runs.', {
      aliases: ['endTime'],
    }),
    exit_code: integer('Exit code of an end; 128 + n when signal n ended it.', { aliases: ['exitCode'] }),
    cpu_time: integer('CPU time of an ended process in milliseconds.'),
    peak_memory: integer('Most memory of an ended process in bytes.'),
    origin: text('What started it through Quarry itself (`live_response`, `scan`); empty for all else.'),
  },
  examples: [
    'SELECT time, sophos_pid, path, cmd_line FROM sophos_process_journal WHERE time > unixepoch() - 3600 AND event_type = 0',
  ],
})
