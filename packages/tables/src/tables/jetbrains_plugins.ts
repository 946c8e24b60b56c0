import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { pluginAt } from '../editors/jetbrains-plugins.ts'
import { entriesOf } from '../files/text-files.ts'

/** What the folders of products are called, where that is not what osquery calls them. */
const products: Record<string, string> = {
  IdeaIC: 'IntelliJIdeaCommunityEdition',
  PyCharmCE: 'PyCharmCommunityEdition',
}

export default defineTable({
  name: 'jetbrains_plugins',
  description:
    'Plugins that users added to editors of JetBrains, from the folders in their homes; of every user unless `uid` is given. What an editor brings along is not listed.',
  platforms: ['linux'],
  columns: {
    product_type: column.text('Editor, such as GoLand or IntelliJIdeaCommunityEdition.'),
    uid: column.bigint('Id of the user whose home holds it.', { index: true }),
    name: column.text('Name of the plugin.'),
    version: column.text('Version.'),
    vendor: column.text('Who wrote it.'),
    path: column.text('Folder or jar of the plugin.', { pivotType: 'filePath' }),
  },
  examples: [
    'SELECT u.username, p.product_type, p.name, p.version FROM users u JOIN jetbrains_plugins p ON p.uid = u.uid',
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    for (const { uid, directory } of homesOf(host, scan)) {
      const top = `${directory}/.local/share/JetBrains`
      for (const product of entriesOf(host, scan, top)) {
        const [, kind] = /^([A-Za-z]+)\d{4}\.\d/.exec(product.name) ?? []
        if (!product.folder || !kind) continue
        for (const { name, folder } of entriesOf(host, scan, `${top}/${product.name}`)) {
          const path = `${top}/${product.name}/${name}`
          const found = pluginAt(host, scan, path, folder)
          if (found) yield { product_type: products[kind] ?? kind, uid, ...found, path }
        }
      }
    }
  },
})
