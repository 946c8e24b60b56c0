import { homesOf } from '../accounts/homes.ts'
import { column, defineTable, type Scan } from '../define-table.ts'
import { pidWithNamespace, viewsOf } from '../files/inside.ts'
import { entriesOf, linesOf } from '../files/text-files.ts'
import { warnUnread } from '../files/unread.ts'
import { expand } from '../host/glob.ts'
import type { Host } from '../host/host.ts'
import { parsePythonMetadata } from '../packages/python-metadata.ts'

/** Where the interpreters of the machine look, and those of a home: pip --user, pyenv, conda. */
const patterns = [
  '/usr/lib/python3/dist-packages',
  '/usr/lib/python3%/%-packages',
  '/usr/lib/python2%/%-packages',
  '/usr/lib64/python%/site-packages',
  '/usr/local/lib/python%/%-packages',
  '/usr/local/lib64/python%/site-packages',
  '/opt/%/lib/python%/site-packages',
]
const homePatterns = [
  '.local/lib/python%/site-packages',
  '.pyenv/versions/%/lib/python%/site-packages',
  'miniconda3/lib/python%/site-packages',
  'anaconda3/lib/python%/site-packages',
]

export default defineTable({
  name: 'python_packages',
  description:
    'Packages of Python in the folders of the machine and of its users’ homes; those of a virtual environment when its folder is given as `directory`.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the package.'),
    uid: column.bigint('User whose home holds it; 0 for a folder of the machine.', { index: true }),
    version: column.text('Version.'),
    summary: column.text('What it is, in a line.'),
    author: column.text('Who wrote it; the address where there is no name.'),
    license: column.text('Licence, as the package says it.'),
    path: column.text('Folder or file that describes the package.', { pivotType: 'filePath' }),
    directory: column.text('Folder of packages that holds it; a constraint searches that folder alone.', {
      index: true,
      pivotType: 'filePath',
    }),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    "SELECT name, version, directory FROM python_packages WHERE name = 'requests'",
    "SELECT name, version FROM python_packages WHERE directory = '/usr/lib/python3/dist-packages'",
  ],
  estimatedRows: 200,

  *rows(machine, scan) {
    for (const { host, pid } of viewsOf(machine, scan)) {
      for (const { directory, uid } of directories(host, scan, pid)) {
        const folder = directory.replace(/\/+$/, '')
        for (const { name } of entriesOf(host, scan, folder)) {
          if (!/\.(dist-info|egg-info)$/.test(name)) continue
          const path = `${folder}/${name}`
          const places = name.endsWith('.dist-info') ? [`${path}/METADATA`] : [`${path}/PKG-INFO`, path]
          for (const place of places) {
            const found = parsePythonMetadata(linesOf(host, scan, place))
            if (!found) continue
            yield { ...found, uid, path, directory, pid_with_namespace: pid }
            break
          }
        }
      }
    }
  },
})

type FolderScan = Pick<Scan<{ directory: never; uid: never }>, 'texts' | 'integers' | 'warn' | 'once'>

/** The folders that a scan means, each once however many names lead to it, and whose they are. */
function* directories(host: Host, scan: FolderScan, pid: number) {
  const asked = scan.texts('directory')
  if (asked) {
    for (const directory of asked) yield { directory, uid: homeOwner(host, scan, pid, directory) }
    return
  }
  const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
  const seen = new Set<string>()
  const wanted = scan.integers('uid')
  const all = wanted && !wanted.includes(0) ? [] : patterns.map((pattern) => ({ pattern, uid: 0 }))
  for (const { uid, directory } of homesOf(host, scan, pid))
    for (const pattern of homePatterns) all.push({ pattern: `${directory}/${pattern}`, uid })
  for (const { pattern, uid } of all) {
    for (const directory of expand(host, pattern, skip)) {
      if (!host.exists(directory)) continue
      const real = host.realpath(directory)
      if (seen.has(real)) continue
      seen.add(real)
      yield { directory, uid }
    }
  }
}

function homeOwner(host: Host, scan: FolderScan, pid: number, folder: string): number {
  const all = homesOf(host, { ...scan, integers: () => undefined }, pid)
  return [...all].find(({ directory }) => directory !== '' && folder.startsWith(`${directory}/`))?.uid ?? 0
}
