import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder in which every agent and every `quarry sql` of a machine find the same boot time. It is gone after a boot, as it should. */
const shared = '/run/quarry'

/**
 * Chooses where the boot time is kept that every `sophos_pid` counts from, so that a process has the same one whoever asks: root makes
 * the shared folder; others use it once it has the time of this boot, and what they are given otherwise.
 * @param own a folder of one's own, or null for none: then the coarser `btime` of the kernel is taken
 * @param folder for tests
 */
export function anchorFolder(own: string | null, folder = shared): string | null {
  const asRoot = process.geteuid?.() === 0
  try {
    if (asRoot) {
      // Not `recursive`: below /proc that never comes back.
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 })
      chmodSync(folder, 0o755)
    }
    const { uid, mode } = lstatSync(folder)
    const trusted = uid === 0 && (mode & 0o170_022) === 0o040_000
    if (trusted && (asRoot || hasThisBoot(folder))) return folder
  } catch {
    // No such folder, or it cannot be made.
  }
  return own
}

function hasThisBoot(folder: string): boolean {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return lstatSync(join(folder, `boot-${boot}`)).isFile()
}
