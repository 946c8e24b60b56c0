import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { jsonOf } from '../files/json-file.ts'
import { entriesOf } from '../files/text-files.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

/** Folders of profiles in a home: of the package, of snap, of flatpak. */
const folders = [
  '.mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
]
const maxList = 32 << 20

export default defineTable({
  name: 'firefox_addons',
  description:
    'Extensions, themes and dictionaries of Firefox in the profiles of local users, built-in ones included; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('Id of the user whose profile holds it.', { additional: true }),
    name: column.text('Name of the add-on.'),
    identifier: column.text('Id of the add-on.', { index: true }),
    creator: column.text('Who wrote it.'),
    type: column.text('Kind: extension, theme, dictionary, locale.'),
    version: column.text('Version.'),
    description: column.text('What it is.'),
    source_url: column.text('Where it was installed from; empty for what came with Firefox.', {
      pivotType: 'url',
    }),
    visible: column.integer('1 when Firefox lists it, else 0.'),
    active: column.integer('1 when it works, else 0.'),
    disabled: column.integer('1 when Firefox or the user switched it off, else 0.'),
    autoupdate: column.integer('1 when it updates itself in the background, else 0.'),
    location: column.text('Where it is installed, such as app-profile or app-builtin.'),
    path: column.text('File of the add-on.', { pivotType: 'filePath' }),
  },
  examples: [
    "SELECT u.username, f.name, f.source_url FROM users u JOIN firefox_addons f ON f.uid = u.uid WHERE f.location = 'app-profile'",
  ],
  estimatedRows: 30,

  *rows(host, scan) {
    const asked = scan.texts('identifier')
    for (const { uid, directory } of homesOf(host, scan)) {
      for (const folder of folders) {
        for (const profile of entriesOf(host, scan, `${directory}/${folder}`)) {
          if (!profile.folder) continue
          const list = jsonOf(host, scan, `${directory}/${folder}/${profile.name}/extensions.json`, maxList)
          for (const addon of listAt(list, 'addons')) {
            const identifier = textAt(addon, 'id') ?? ''
            if (asked && !asked.includes(identifier)) continue
            const flag = (name: string) => numberAt(addon, name) === 1
            yield {
              uid,
              name: textAt(addon, 'defaultLocale', 'name') ?? '',
              identifier,
              creator: textAt(addon, 'defaultLocale', 'creator') ?? '',
              type: textAt(addon, 'type') ?? '',
              version: textAt(addon, 'version') ?? '',
              description: textAt(addon, 'defaultLocale', 'description') ?? '',
              source_url: textAt(addon, 'sourceURI') ?? '',
              visible: flag('visible'),
              active: flag('active'),
              disabled: flag('userDisabled') || flag('appDisabled') || flag('softDisabled'),
              autoupdate: numberAt(addon, 'applyBackgroundUpdates') !== 0,
              location: textAt(addon, 'location') ?? '',
              path: textAt(addon, 'path') ?? '',
            }
          }
        }
      }
    }
  },
})
