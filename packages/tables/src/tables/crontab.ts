import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'
import { parseCronLine } from '../system/cron-line.ts'

/** Folders of the machine’s crontabs and of those of its users (Debian, Red Hat). */
const folders = ['/etc/cron.d', '/var/spool/cron/crontabs', '/var/spool/cron']

export default defineTable({
  name: 'crontab',
  description:
    'Jobs of cron: of /etc/crontab, of /etc/cron.d, and of every user’s own crontab. The scripts of /etc/cron.daily and the like are no entries.',
  platforms: ['linux'],
  columns: {
    event: column.text('The word such as @reboot that says when the job runs; empty where times do.'),
    minute: column.text('Minutes of the hour.'),
    hour: column.text('Hours of the day.'),
    day_of_month: column.text('Days of the month.'),
    month: column.text('Months of the year.'),
    day_of_week: column.text('Days of the week; 0 and 7 are Sunday.'),
    command: column.text(
      'The command; in /etc/crontab and /etc/cron.d with the user in front who runs it, as in osquery.',
    ),
    path: column.text('File that holds the job.', { pivotType: 'filePath' }),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    'SELECT path, minute, hour, command FROM crontab',
    "SELECT command, path FROM crontab WHERE event = '@reboot'",
  ],
  estimatedRows: 30,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      const files = ['/etc/crontab']
      for (const folder of folders) {
        for (const entry of entriesOf(host, scan, folder))
          if (!entry.folder) files.push(`${folder}/${entry.name}`)
      }
      for (const path of files) {
        for (const line of linesOf(host, scan, path)) {
          const job = parseCronLine(line)
          if (job) yield { ...job, path, pid_with_namespace: pid }
        }
      }
    }
  },
})
