import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { jsonOf } from '../files/json-file.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

/** Folders of extensions in a home, by the name of the editor. */
const editions = [
  ['vscode', '.vscode'],
  ['vscode', '.vscode-server'],
  ['vscode_insiders', '.vscode-insiders'],
  ['vscode_insiders', '.vscode-server-insiders'],
  ['vscodium', '.vscode-oss'],
  ['vscodium', '.vscodium-server'],
  ['vscodium_insiders', '.vscodium-insiders'],
  ['cursor', '.cursor'],
  ['cursor', '.cursor-server'],
  ['windsurf', '.windsurf'],
  ['windsurf', '.windsurf-server'],
  ['trae', '.trae'],
  ['antigravity', '.antigravity'],
  ['code_server', '.local/share/code-server'],
] as const
const maxList = 16 << 20

export default defineTable({
  name: 'vscode_extensions',
  description:
    'Extensions of Visual Studio Code and its kin, their servers for remote work included, from the homes of local users; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    name: column.text('Publisher and name, such as ms-python.python.'),
    uuid: column.text('UUID of the extension; empty where it did not come from the marketplace.'),
    version: column.text('Version.'),
    path: column.text('Folder of the extension.', { pivotType: 'filePath' }),
    publisher: column.text('Who publishes it.'),
    publisher_id: column.text('UUID of the publisher.'),
    installed_at: column.bigint('When it was installed, in milliseconds since 1970; 0 where it is not kept.'),
    prerelease: column.integer('1 for a version ahead of its release, else 0.'),
    uid: column.bigint('Id of the user whose home holds it.', { additional: true }),
    vscode_edition: column.text('Editor: vscode, vscode_insiders, vscodium, cursor, windsurf and others.'),
  },
  examples: ['SELECT u.username, e.name, e.version FROM users u JOIN vscode_extensions e ON e.uid = u.uid'],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const { uid, directory } of homesOf(host, scan)) {
      for (const [vscode_edition, folder] of editions) {
        const extensions = `${directory}/${folder}/extensions`
        const list = jsonOf(host, scan, `${extensions}/extensions.json`, maxList)
        for (const one of listAt({ list }, 'list')) {
          const name = textAt(one, 'identifier', 'id')
          if (!name) continue
          const relative = textAt(one, 'relativeLocation')
          yield {
            name,
            uuid: textAt(one, 'identifier', 'uuid') ?? textAt(one, 'metadata', 'id') ?? '',
            version: textAt(one, 'version') ?? '',
            path: textAt(one, 'location', 'path') ?? (relative ? `${extensions}/${relative}` : ''),
            publisher: textAt(one, 'metadata', 'publisherDisplayName') ?? '',
            publisher_id: textAt(one, 'metadata', 'publisherId') ?? '',
            installed_at: numberAt(one, 'metadata', 'installedTimestamp') ?? 0,
            prerelease: numberAt(one, 'metadata', 'isPreReleaseVersion') ?? 0,
            uid,
            vscode_edition,
          }
        }
      }
    }
  },
})
