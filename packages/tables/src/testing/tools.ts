import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Whether a program of the system can be started. */
export function hasTool(name: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What a program of the system prints. Throws when it fails. */
export const output = (name: string, ...args: string[]): string =>
  execFileSync(name, args, { encoding: 'utf8', maxBuffer: 64 << 20 })

export const isRoot = process.getuid?.() === 0

/** Whether this process may make a network namespace. */
export function mayUnshare(): boolean {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface Running extends AsyncDisposable {
  pid: number
  /** The first line that it printed. */
  line: string
}

/** Starts a program, waits for the first line that it prints, and ends it when disposed. */
export async function start(
  command: string,
  args: string[],
  options: { argv0?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Running> {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [data] = (await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error(`${command} ended before it printed a line`)
    }),
  ])) as [Buffer]
  return {
    pid: child.pid!,
    line: data.toString().trim(),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
