import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Table } from '../define-table.ts'
import { type Engine, openEngine } from '../engine/engine.ts'
import { openHost } from '../host/open-host.ts'

/** Opens an engine over some tables on a folder of its own that plays a machine's root; `close` removes the folder too. */
export async function openRoot(
  tables: readonly Table[],
  files: Record<string, string | Uint8Array>,
): Promise<Engine & { root: string }> {
  const root = mkdtempSync(join(tmpdir(), 'quarry-root-'))
  for (const [path, content] of Object.entries(files)) putFile(root, path, content)
  const engine = await openEngine({ tables, host: openHost({ root, platform: 'linux' }) })
  return {
    ...engine,
    get lastWarnings() {
      return engine.lastWarnings
    },
    root,
    close() {
      engine.close()
      rmSync(root, { recursive: true })
    },
  }
}

/** Writes a file below a folder, its folders included. */
export function putFile(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
