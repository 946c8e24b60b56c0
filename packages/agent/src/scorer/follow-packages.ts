// Has the index of packages made anew soon after packages were installed, so that no query has to.
import { unwatchFile, watchFile } from 'node:fs'

const databases = ['/var/lib/dpkg/status', '/usr/lib/sysimage/rpm/rpmdb.sqlite', '/var/lib/rpm/rpmdb.sqlite']
const lookMillis = 30_000

/** Calls `changed` when a package database has changed. */
export function followPackages(changed: () => void): { close(): void } {
  const listener = () => changed()
  for (const path of databases) watchFile(path, { interval: lookMillis, persistent: false }, listener)
  return {
    close() {
      for (const path of databases) unwatchFile(path, listener)
    },
  }
}
