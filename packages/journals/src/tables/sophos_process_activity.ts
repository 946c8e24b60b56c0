import { allJournals } from '@quarry/schema/journals'
import { type Columns, column, defineTable, type Row, type Scan } from '@quarry/tables/define-table'
import type { Pattern } from '../store/types.ts'
import { type ActivityView, actionOf, activityViews, mayHave } from './read/activity-views.ts'
import { derivedColumns } from './read/derived-columns.ts'
import { journalRows, narrowing, positionColumns, timeColumn } from './read/journal-table.ts'
import { lookedUp } from './read/looked-up.ts'
import { patterns, shapeOf } from './read/patterns.ts'
import { beginReading, needles, type Reading, type Wanted } from './read/read-events.ts'

const journals = new Map((await allJournals()).map((journal) => [journal.subject, journal]))
const subjects = [...journals.keys()]
const derived = Object.entries(derivedColumns)

const columns: Columns = {
  time: timeColumn,
  subject: column.text(
    'Kind of activity: Process, FileBinaryChanges, FileDataChanges, FileOtherChanges, DirectoryChanges, FileHash, Dns, Http, Url, Network, Ip, Listen, System, WinSec, Detections, RuntimeIOCs.',
    { index: true },
  ),
  sophos_pid: column.text('Process that did it; for the start of a process its parent.', {
    index: true,
    aliases: ['sophosPID'],
    pivotType: 'sophosPid',
  }),
  pid: column.bigint('Process id, which the system gives again to others.'),
  process_start_time: column.bigint('When the process started, in unix seconds.', {
    aliases: ['processStartTime'],
  }),
  action: column.text('What it did, in words.'),
  object: column.text('What it did it to: a path, an address, a name, a user.', { index: true }),
  path: column.text('Path of the file or program.', {
    index: true,
    aliases: ['pathname'],
    pivotType: 'filePath',
  }),
  target_path: column.text('Path after a rename, or of the new hard link.', {
    index: true,
    aliases: ['targetPathname'],
    pivotType: 'filePath',
  }),
  file_id: column.text('Device and inode, as `<device>:<inode>`.', { aliases: ['fileID'] }),
  file_size: column.bigint('Size of the file in bytes.', { aliases: ['fileSize'] }),
  sha256: column.text('SHA-256 of the file or program.', { index: true, pivotType: 'sha256' }),
  url: column.text('URL, or `https://` and the name of the server.', { index: true, pivotType: 'url' }),
  source: column.text('Address that it came from.', { index: true, pivotType: 'ipAddress' }),
  source_port: column.bigint('Port that it came from.', { aliases: ['sourcePort'] }),
  destination: column.text('Address that it went to.', { index: true, pivotType: 'ipAddress' }),
  destination_port: column.bigint('Port that it went to.', { aliases: ['destinationPort'] }),
  protocol: column.bigint('1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6.'),
  data_sent: column.bigint('Bytes that the process sent in a flow.', { aliases: ['dataSent'] }),
  data_recv: column.bigint('Bytes that the process received in a flow.', { aliases: ['dataRecv'] }),
  target_sophos_pid: column.text('Process that was started.', {
    index: true,
    aliases: ['targetSophosPID'],
    pivotType: 'sophosPid',
  }),
  cmd_line: column.text('Command line of the process that was started.', { aliases: ['cmdLine'] }),
  username: column.text('User that it was about, where one is known.', {
    index: true,
    pivotType: 'username',
  }),
  key_name: column.text('Registry key; NULL outside of Windows.', { aliases: ['keyName'] }),
  value_name: column.text(
    'What `value` is: the type of a DNS question, the number of a sign-in, the name of a detection.',
    {
      aliases: ['valueName'],
    },
  ),
  value: column.text('More of it: DNS answers, JSON of a sign-in, an exit code.'),
  original_destination: column.text('Address before a proxy changed it; always NULL here.', {
    hidden: true,
    aliases: ['originalDestination'],
  }),
  original_destination_port: column.bigint('Port before a proxy changed it; always NULL here.', {
    hidden: true,
    aliases: ['originalDestinationPort'],
  }),
  ...positionColumns,
}

export default defineTable<Columns>({
  name: 'sophos_process_activity',
  description:
    'All journals as one: everything that every process did, whatever the kind. Name the subject where you can; each costs the reading of its journal.',
  platforms: ['linux'],
  estimatedRows: 5 * journalRows,
  narrowedBy: narrowing,
  columns,
  examples: [
    "SELECT time, subject, action, object FROM sophos_process_activity WHERE sophos_pid = '733:134399348445700000' ORDER BY time_ms",
    "SELECT time, target_sophos_pid, cmd_line FROM sophos_process_activity WHERE time > 0 AND subject = 'Process' AND action = 'started'",
  ],
  *rows(host, scan) {
    const wanted = scan.texts('subject')
    const views = activityViews.filter((view) => !wanted || wanted.some((subject) => mayHave(view, subject)))
    if (views.length === 0) return
    const read = [...new Set(views.map(({ journal }) => journal))]
    const all = read.length === subjects.length
    const reading = beginReading(host, scan, 'sophos_process_activity', all ? subjects : read)
    if (!reading) return
    const used = Object.keys(columns).filter((name) => scan.uses(name))
    const like = patterns(
      scan,
      indexed.map((name) => [name, [name]]),
    )
    const kinds = views.map(({ journal, action }) => [journal, action])
    const shape = [reading.range, used, kinds, shapeOf(like)]
    yield* lookedUp(scan, reading.ahead, shape, needles(scan, indexed), function* (equals) {
      for (const view of views) yield* rowsOf(view, scan, reading, equals, like)
    })
  },
})

/** Columns by which rows are found in their journals; the subject chooses the journals themselves. */
const indexed = Object.keys(columns).filter(
  (name) => columns[name]!.index && !['time', 'time_ms', 'subject'].includes(name),
)

function* rowsOf(
  view: ActivityView,
  scan: Scan,
  { events }: Reading,
  asked: Required<Wanted>['equals'],
  like: readonly Pattern[],
) {
  const journal = journals.get(view.journal)!
  const equals: typeof asked = {}
  for (const [name, values] of Object.entries(asked)) {
    const from = view.columns[name]
    // A column that the journal has not is NULL, which equals nothing.
    if (from === undefined) return
    if (journal.columns[from]?.index) equals[from] = values
  }
  const patterns = like.map(({ columns, expressions }) => ({
    columns: columns.flatMap((name) => view.columns[name] ?? []),
    expressions,
  }))
  if (patterns.some(({ columns }) => columns.length === 0)) return
  const shown = Object.entries(view.columns).filter(([name]) => scan.uses(name))
  const read = new Set(shown.map(([, from]) => from))
  if (view.subject === undefined) read.add('subject')
  if (typeof view.action !== 'string') read.add(view.action.from)
  if (view.only) read.add(view.only.column)
  const needsPid = derived.filter(([name]) => name in columns && scan.uses(name))
  if (needsPid.length > 0) read.add(view.columns.sophos_pid!)
  for (const { time, epoch, sequence, row } of events({
    subject: view.journal,
    columns: [...read],
    equals,
    patterns,
  })) {
    if (view.only && row[view.only.column] !== view.only.value) continue
    const sophosPid = row[view.columns.sophos_pid!] ?? null
    const shownRow: Row<Columns> = {
      subject: view.subject ?? row.subject,
      action: actionOf(view, row),
      time: Math.floor(time / 1000),
      time_ms: time,
      epoch,
      sequence,
    }
    for (const [name, from] of shown) shownRow[name] = row[from]
    for (const [name, { of }] of needsPid) shownRow[name] = of(sophosPid)
    yield shownRow
  }
}
