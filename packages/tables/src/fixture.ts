import { spawnSync } from 'node:child_process'
import type { Table } from './define-table.ts'
import { type Engine, openEngine } from './engine/engine.ts'
import { type HostOptions, openHost } from './host/open-host.ts'

/** Folder that plays the root of a small invented server, for tests. */
export const fixtureRoot = new URL('../fixtures/linux-server', import.meta.url).pathname

/** Opens an engine over some tables on the fixture. */
export const openFixture = (tables: readonly Table[], options: HostOptions = {}): Promise<Engine> =>
  openEngine({ tables, host: openHost({ root: fixtureRoot, platform: 'linux', ...options }) })

/** Opens an engine over some tables on this very machine. */
export const openMachine = (tables: readonly Table[], options: HostOptions = {}): Promise<Engine> =>
  openEngine({ tables, host: openHost(options) })

/** What a program of the machine prints; undefined where there is no such program or it fails, so that a test may skip. */
export function printed(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  return status === 0 ? stdout : undefined
}
