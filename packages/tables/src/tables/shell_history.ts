import { homesOf } from '../accounts/homes.ts'
import { historyCommands } from '../accounts/shell-history.ts'
import { column, defineTable } from '../define-table.ts'
import { linesOf } from '../files/text-files.ts'

/** Files of history in a home: those of bash, zsh, ksh and others. */
const files = ['.bash_history', '.zsh_history', '.zhistory', '.history', '.sh_history']

export default defineTable({
  name: 'shell_history',
  description:
    'Commands that local users typed into a shell, from the history files in their homes; of every user unless `uid` is given. A shell writes most often only when it ends.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose home holds the file.', { additional: true }),
    time: column.integer('When the command was typed, in unix seconds; 0 where the shell does not keep it.'),
    command: column.text('The command, with all its lines.'),
    history_file: column.text('Path of the file.', { pivotType: 'filePath' }),
  },
  examples: [
    "SELECT u.username, h.command FROM users u JOIN shell_history h ON h.uid = u.uid WHERE h.command LIKE '%curl%|%sh%'",
    'SELECT uid, command FROM shell_history WHERE uid = 0 ORDER BY time DESC LIMIT 20',
  ],
  estimatedRows: 2000,

  *rows(host, scan) {
    for (const { uid, directory } of homesOf(host, scan)) {
      for (const name of files) {
        const history_file = `${directory}/${name}`
        for (const { time, command } of historyCommands(linesOf(host, scan, history_file))) {
          yield { uid, time, command, history_file }
        }
      }
    }
  },
})
