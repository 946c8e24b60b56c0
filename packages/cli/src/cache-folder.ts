import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder of one's own where `quarry sql` keeps compiled code, hashes and the index of packages (XDG Base Directory): the second
 * question starts in a third of the time. Undefined where it cannot be written; then a folder for the moment serves.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quarry')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch {
    return undefined
  }
}
