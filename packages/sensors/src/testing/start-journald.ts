import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const program = ['/lib/systemd/systemd-journald', '/usr/lib/systemd/systemd-journald'].find(existsSync)

/** Why no journald of its own can run here; undefined when it can. */
export const noJournald =
  process.getuid?.() !== 0 ? 'needs root' : program === undefined ? 'needs systemd-journald' : undefined

/**
 * Runs a journald of its own that sees `<root>/run` as /run, in a mount namespace, so that the host's is not touched. Resolves when it takes
 * lines, at `socket`, in the form of /dev/log.
 */
export async function startJournald(root: string): Promise<{ socket: string; stop(): Promise<void> }> {
  const run = join(root, 'run')
  mkdirSync(join(run, 'systemd/journald.conf.d'), { recursive: true })
  mkdirSync(join(run, 'log/journal'), { recursive: true })
  writeFileSync(
    join(run, 'systemd/journald.conf.d/test.conf'),
    '[Journal]\nStorage=volatile\nAudit=no\nReadKMsg=no\nForwardToWall=no\nForwardToSyslog=no\nRuntimeMaxFileSize=1M\n',
  )
  const child = spawn(
    'unshare',
    [
      '--mount',
      '--propagation=private',
      'sh',
      '-c',
      'mount --bind "$1" /run && exec "$2"',
      'sh',
      run,
      program!,
    ],
    { stdio: 'ignore' },
  )
  const socket = join(run, 'systemd/journal/dev-log')
  for (let count = 0; count < 500 && !existsSync(socket); count += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return { socket, stop: () => stopped(child) }
}

async function stopped(child: ChildProcess) {
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await end
}
