import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, openEngine } from '../engine/engine.ts'
import { type HostOptions, openHost } from '../host/open-host.ts'
import { allTables } from '../registry.ts'

/** The invented server that tests read as if it were a machine. */
export const fixtureRoot = join(import.meta.dirname, '../../fixtures/linux-server')

/** An engine with every table over the invented server. */
export async function openFixture(options: Omit<HostOptions, 'root' | 'platform'> = {}): Promise<Engine> {
  return openEngine({
    tables: await allTables(),
    host: openHost({ ...options, root: fixtureRoot, platform: 'linux' }),
  })
}

/** An engine with every table over this very machine. Its cache lies in a folder of its own that goes with it. */
export async function openMachine(options: HostOptions = {}): Promise<Engine> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-tables-'))
  const host = openHost({ cacheDir, ...options })
  const engine = await openEngine({ tables: await allTables(), host })
  return {
    ...engine,
    get lastWarnings() {
      return engine.lastWarnings
    },
    close() {
      engine.close()
      host.close()
      rmSync(cacheDir, { recursive: true, force: true })
    },
  }
}
