import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Ready {
  type: 'ready'
  url: string
  firstPassword?: string
  enrolmentToken?: string
}

export interface ServerProcess {
  pid: number
  ready: Promise<Ready>
  /** Resolves to how the process ended. */
  ended: Promise<{ code: number | null; stderr: string }>
  kill(signal: NodeJS.Signals): void
  disconnect(): void
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts a real server process with this environment alone, connected by IPC. `secrets` go by a message. */
export function spawnServer(env: Record<string, string>, secrets?: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, QUARRY_PORT: '0', QUARRY_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  if (secrets) child.send({ type: 'secrets', ...secrets })
  let stderr = ''
  child.stderr!.on('data', (chunk) => {
    stderr += chunk
  })
  // Not `close`: it does not come when the channel was cut from this side.
  const ended = Promise.all([once(child, 'exit'), once(child.stderr!, 'close')]).then(([[code]]) => ({
    code: code as number | null,
    stderr,
  }))
  const ready = new Promise<Ready>((resolve, reject) => {
    child.on('message', (message: Ready) => resolve(message))
    ended.then(({ code }) => reject(new Error(`The server ended with ${code}: ${stderr}`)))
  })
  ready.catch(() => undefined)
  return {
    pid: child.pid!,
    ready,
    ended,
    kill: (signal) => child.kill(signal),
    disconnect: () => child.disconnect(),
  }
}
