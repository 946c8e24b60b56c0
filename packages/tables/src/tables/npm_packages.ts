import { homesOf } from '../accounts/homes.ts'
import { column, defineTable } from '../define-table.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { textOf } from '../files/text-files.ts'
import { warnUnread } from '../files/unread.ts'
import { expand } from '../host/glob.ts'
import { npmFolders } from '../packages/npm-folders.ts'
import { parseNpmPackage } from '../packages/npm-package.ts'

/** Folders with globally installed packages: those of the machine, and of a home. */
const folders = ['/usr/local/lib', '/usr/lib', '/opt/homebrew/lib']
const homePatterns = ['.npm-global/lib', '.npm-packages/lib', '.nvm/versions/node/%/lib', '.local/lib']
const defaultDepth = 10
const maxManifest = 1 << 20

export default defineTable({
  name: 'npm_packages',
  description:
    'Packages of npm that are installed globally, on the machine and in its users’ homes, with the packages that they brought along; those of a project when its folder is given as `directory`.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the package.'),
    version: column.text('Version.'),
    description: column.text('What it is, in a line.'),
    author: column.text('Who wrote it.'),
    license: column.text('Licence, as the package says it.'),
    homepage: column.text('Address of its pages.'),
    path: column.text('Path of its package.json.', { pivotType: 'filePath' }),
    directory: column.text('Folder that holds `node_modules`; a constraint searches that folder alone.', {
      index: true,
      pivotType: 'filePath',
    }),
    depth: column.integer('How many packages it lies within; 0 for what was installed itself.'),
    max_depth: column.integer('How deep to look; 10 unless another is asked for.', {
      additional: true,
      hidden: true,
    }),
    pid_with_namespace: pidWithNamespace,
    mount_namespace_id: mountNamespaceId,
  },
  examples: [
    'SELECT name, version, path FROM npm_packages WHERE max_depth = 0',
    "SELECT name, version FROM npm_packages WHERE directory = '/srv/app' AND name = 'lodash'",
  ],
  estimatedRows: 300,

  *rows(machine, scan) {
    const max = scan.integers('max_depth')?.[0] ?? defaultDepth
    for (const { host, pid } of viewsOf(machine, scan)) {
      const namespace = scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      function* directories() {
        yield* folders
        for (const { directory } of homesOf(host, { ...scan, integers: () => undefined }, pid))
          for (const pattern of homePatterns) yield* expand(host, `${directory}/${pattern}`, skip)
      }
      for (const directory of scan.texts('directory') ?? directories()) {
        for (const folder of npmFolders(host, scan, directory.replace(/\/+$/, ''), max)) {
          const path = `${folder.path}/package.json`
          const found = parseNpmPackage(textOf(host, scan, path, maxManifest) ?? '')
          if (!found) continue
          yield {
            ...found,
            path,
            directory,
            depth: folder.depth,
            max_depth: max,
            pid_with_namespace: pid,
            mount_namespace_id: namespace,
          }
        }
      }
    }
  },
})
