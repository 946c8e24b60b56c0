import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import { commandParts, desktopEntry } from '../system/desktop-entry.ts'

/** Desktop files of the machine, and of a home. */
const itemFolders = ['/etc/xdg/autostart', '/usr/share/autostart']
const userItemFolders = ['.config/autostart', '.local/share/autostart']
/** Scripts of the machine, and of a home. */
const scriptFolders = ['/etc/init.d']
const userScriptFolders = ['.config/autostart-scripts']
const type = 'Startup Item'

export default defineTable({
  name: 'startup_items',
  description:
    'Programs that start with a desktop session, and scripts of /etc/init.d. Services are in `systemd_units`, jobs of cron in `crontab`.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the entry or script.'),
    path: column.text('Program that is started.', { pivotType: 'filePath' }),
    args: column.text('Its arguments.'),
    type: column.text('Always “Startup Item” on Linux.'),
    source: column.text('File that holds the entry; of a script its folder.', { pivotType: 'filePath' }),
    status: column.text('Whether it is started: enabled or disabled.'),
    username: column.text('Whose session starts it; root for what is the machine’s.', {
      pivotType: 'username',
    }),
  },
  examples: ["SELECT name, path, args, username FROM startup_items WHERE status = 'enabled'"],
  estimatedRows: 30,

  *rows(host, scan) {
    function* items(folder: string, username: string) {
      for (const entry of entriesOf(host, scan, folder)) {
        if (entry.folder || !entry.name.endsWith('.desktop')) continue
        const source = `${folder}/${entry.name}`
        const values = desktopEntry(textOf(host, scan, source, 1 << 20) ?? '')
        const command = values.get('Exec')
        if (!command) continue
        const { program, rest } = commandParts(command)
        const off = values.get('Hidden') === 'true' || values.get('X-GNOME-Autostart-enabled') === 'false'
        const name = values.get('Name') ?? entry.name
        yield {
          name,
          path: program,
          args: rest,
          type,
          source,
          status: off ? 'disabled' : 'enabled',
          username,
        }
      }
    }
    function* scripts(folder: string, username: string) {
      for (const { name, folder: isFolder } of entriesOf(host, scan, folder)) {
        if (isFolder || name === 'README') continue
        yield { name, path: `${folder}/${name}`, args: '', type, source: folder, status: 'enabled', username }
      }
    }
    for (const folder of itemFolders) yield* items(folder, 'root')
    for (const folder of scriptFolders) yield* scripts(folder, 'root')
    for (const { name, directory } of homesOf(host, { ...scan, integers: () => undefined })) {
      for (const folder of userItemFolders) yield* items(`${directory}/${folder}`, name)
      for (const folder of userScriptFolders) yield* scripts(`${directory}/${folder}`, name)
    }
  },
})
