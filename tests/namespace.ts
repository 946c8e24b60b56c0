import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Whether this process may make network namespaces; tests that need one skip with this sentence otherwise. */
export function cannotMakeNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root to make a network namespace'
  try {
    execFileSync('ip', ['netns', 'list'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'needs the program ip (Debian: iproute2)'
  }
}

/** A network namespace of a test’s own, whose only interface has the given addresses. */
export interface Namespace extends AsyncDisposable {
  /** Runs a program in it and returns what it printed. */
  run(command: string, ...args: string[]): string
  /** Starts JavaScript in it and waits for its first line. */
  start(source: string): Promise<ChildProcess>
}

let count = 0

/** Makes a network namespace; dispose of it to end what was started in it and to remove it. */
export function makeNamespace(...addresses: string[]): Namespace {
  const name = `quarry-test-${process.pid}-${count++}`
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' })
  ip('netns', 'add', name)
  const children: ChildProcess[] = []
  const inside = (...args: string[]) => ['netns', 'exec', name, ...args]
  ip(...inside('ip', 'link', 'set', 'lo', 'up'))
  for (const address of addresses) ip(...inside('ip', 'address', 'add', address, 'dev', 'lo', 'nodad'))
  return {
    run: (command, ...args) => ip(...inside(command, ...args)),
    async start(source) {
      const args = inside(process.execPath, '-e', source)
      const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] })
      children.push(child)
      await once(child.stdout!, 'data')
      return child
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      }
      ip('netns', 'delete', name)
    },
  }
}
