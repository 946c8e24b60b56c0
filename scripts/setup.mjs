// Makes a checkout ready to run: packages, Node 24, the built console. Plain JavaScript without imports from packages, so that
// any Node ≥ 20 runs it on a fresh clone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** The Node.js that everything of Quarry runs on. */
export const node24 = join(root, 'node_modules/node/bin/node')
const bin = join(root, 'node_modules/.bin')

/** The environment of child processes: Node 24 first in the path. */
export function environment(extra = {}) {
  return { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...extra }
}

/** Installs what the lock file names, once for each lock file, and Node 24. */
export function installPackages(say = console.error) {
  const stamp = join(root, 'node_modules/.quarry-installed')
  const wanted = digest([join(root, 'package-lock.json')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node24)) return
  say('Installing packages …')
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'The packages cannot be installed; npm says why above.',
  )
  // No package runs a script of its own at installation (.npmrc); this one brings the Node binary for this machine.
  const folder = join(root, 'node_modules/node')
  run(process.execPath, ['installArchSpecificPackage.js'], 'Node 24 cannot be installed.', folder)
  // npm links no program that is not there yet; scripts of package.json find Node 24 by this link.
  const link = join(bin, 'node')
  rmSync(link, { force: true })
  symlinkSync('../node/bin/node', link)
  writeFileSync(stamp, wanted)
}

/** Builds the console when its sources are newer than what is built. */
export function buildConsole(say = console.error) {
  const dist = join(root, 'packages/console/dist')
  const stamp = join(dist, '.sources')
  const wanted = digest(
    ['console', 'schema', 'sql'].flatMap((name) => sourcesOf(join(root, 'packages', name))),
  )
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the console …')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  run(node24, [vite, 'build', 'packages/console', '--logLevel', 'warn'], 'The console cannot be built.')
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, wanted)
}

function run(command, args, sentence, cwd = root) {
  const { status, error } = spawnSync(command, args, { cwd, env: environment(), stdio: ['ignore', 2, 2] })
  if (status === 0) return
  console.error(error ? `${sentence} (${error.message})` : sentence)
  process.exit(1)
}

function sourcesOf(folder) {
  const names = readdirSync(folder, { recursive: true })
  return names
    .filter((name) => !/(^|\/)(dist|node_modules)(\/|$)/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}
