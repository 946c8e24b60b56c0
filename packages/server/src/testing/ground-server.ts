import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type Server, startServer } from '../start.ts'
import { type Person, signInAs } from './person.ts'

export interface GroundServer extends AsyncDisposable, Omit<Server, 'close'> {
  folder: string
  /** The administrator, signed in. */
  admin: Person
}

export const adminPassword = 'password-of-the-administrator'

/** Starts a real server in this process, on data of its own, and signs its administrator in. */
export async function startGroundServer(options: Partial<Config> = {}): Promise<GroundServer> {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-ground-'))
  const { close, ...server } = await startServer({
    data: folder,
    port: 0,
    adminPassword,
    logLevel: 'silent',
    ...options,
  })
  return {
    ...server,
    folder,
    admin: await signInAs(server.url, 'admin', adminPassword),
    async [Symbol.asyncDispose]() {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
