import { globSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
  identity: async (bytes: Buffer) => bytes,
}

export type ConsoleFiles = ReturnType<typeof openConsoleFiles>

/**
 * The files of a built console. Only what the folder held when it was listed is ever read, so no path leads out of it.
 * Each form of a file is compressed once, when it is first asked for; a new build is noticed by its `index.html`.
 */
export function openConsoleFiles(folder: string) {
  let listed: { builtAt: number; names: Set<string>; bodies: Map<string, Promise<Buffer>> } | undefined

  function current() {
    const builtAt = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs
    if (builtAt === undefined) listed = undefined
    else if (listed?.builtAt !== builtAt) {
      listed = { builtAt, names: filesOf(folder), bodies: new Map() }
    }
    return listed
  }

  return {
    isBuilt: () => current() !== undefined,

    has: (name: string) => current()?.names.has(name) ?? false,

    /** @returns the file in one form, with its media type. @throws a system error when it vanished */
    async read(name: string, encoding: Encoding): Promise<{ body: Buffer; type: string }> {
      const { bodies } = current()!
      const key = `${encoding} ${name}`
      let body = bodies.get(key)
      if (!body) {
        body = compress[encoding](readFileSync(join(folder, name)))
        bodies.set(key, body)
      }
      return { body: await body, type: types[extname(name)] ?? 'application/octet-stream' }
    },
  }
}

/** Paths of the regular files in a folder; a link is none, wherever it leads. */
function filesOf(folder: string): Set<string> {
  const entries = globSync('**/*.*', { cwd: folder, withFileTypes: true })
  return new Set(entries.filter((e) => e.isFile()).map((e) => relative(folder, join(e.parentPath, e.name))))
}

/** Whether a file of this name gains from compression; pictures and fonts are compressed already. */
export function isCompressible(name: string): boolean {
  return /\.(html|js|css|json|svg|map|txt|wasm)$/.test(name)
}
