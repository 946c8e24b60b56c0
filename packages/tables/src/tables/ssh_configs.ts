import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { linesOf } from '../files/text-files.ts'

export default defineTable({
  name: 'ssh_configs',
  description:
    'Options of SSH clients, from the homes of local users and from /etc/ssh; of every user unless `uid` is given. All in lower case, as in osquery.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose home holds the file; 0 for the file of the machine.', {
      additional: true,
    }),
    block: column.text('The `host` or `match` line that the option stands under; empty for none.'),
    option: column.text('Name and value of the option, in lower case.'),
    ssh_config_file: column.text('Path of the file.', { pivotType: 'filePath' }),
  },
  examples: [
    "SELECT uid, block, option FROM ssh_configs WHERE option LIKE 'forwardagent%yes'",
    'SELECT u.username, c.option FROM users u JOIN ssh_configs c ON c.uid = u.uid',
  ],
  estimatedRows: 50,

  *rows(host, scan) {
    const asked = scan.integers('uid')
    const files = [...homesOf(host, scan)].map(({ uid, directory }) => ({
      uid,
      path: `${directory}/.ssh/config`,
    }))
    if (!asked || asked.includes(0)) files.push({ uid: 0, path: '/etc/ssh/ssh_config' })
    for (const { uid, path } of files) {
      let block = ''
      for (const line of linesOf(host, scan, path)) {
        const option = line.trim().toLowerCase()
        if (option === '' || option.startsWith('#')) continue
        if (/^(host|match)[\s=]/.test(option)) block = option
        else yield { uid, block, option, ssh_config_file: path }
      }
    }
  },
})
