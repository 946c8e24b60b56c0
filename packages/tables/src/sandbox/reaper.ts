import { spawn } from 'node:child_process'

/** Kills children whose parent was killed before it could. */
export interface Reaper {
  watch(pid: number): void
  forget(pid: number): void
  close(): void
}

/**
 * Keeps a list of process groups; when its input ends (the parent is gone, however that came), it kills what is on the list.
 * A child in an endless loop, or one that is stopped, cannot notice its parent's death by itself.
 */
const script = `
list=
while read -r sign pid; do
  kept=
  for one in $list; do [ "$one" = "$pid" ] || kept="$kept $one"; done
  list=$kept
  [ "$sign" = + ] && list="$list $pid"
done
for one in $list; do kill -s KILL -- "-$one"; done 2>/dev/null
`

/** Starts the reaper: a shell of about 1 MB that sleeps until something is told or the parent dies. */
export function openReaper(): Reaper {
  const shell = spawn('/bin/sh', ['-c', script], {
    // A session of its own, so that Ctrl+C in the parent's terminal leaves it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    cwd: '/',
  })
  // Without a shell the children still end when they read their input.
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  ;(shell.stdin as unknown as { unref?(): void }).unref?.()
  const tell = (line: string) => {
    if (shell.stdin.writable) shell.stdin.write(line)
  }
  return {
    watch: (pid) => tell(`+ ${pid}\n`),
    forget: (pid) => tell(`- ${pid}\n`),
    close: () => shell.stdin.end(),
  }
}
