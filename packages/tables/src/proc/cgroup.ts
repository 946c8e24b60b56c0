/**
 * The path of a process's control group from `/proc/<pid>/cgroup` (cgroups(7)): that of the unified hierarchy (`0::`), or where that one
 * is unused the first named one, systemd's before the others. `/` when it is in no group.
 */
export function cgroupPath(text: string): string {
  const entries = text.split('\n').flatMap((line) => {
    const found = /^(\d+):([^:]*):(\/.*)$/.exec(line)
    return found ? [{ unified: found[1] === '0', systemd: found[2] === 'name=systemd', path: found[3]! }] : []
  })
  const used = entries.filter((entry) => entry.path !== '/')
  const best = used.find((entry) => entry.unified) ?? used.find((entry) => entry.systemd) ?? used[0]
  return best?.path ?? (entries.length > 0 ? '/' : '')
}
