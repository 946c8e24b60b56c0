import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Peer } from './peer.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface AgentProcess {
  readonly child: ChildProcess
  readonly pid: number
  /** What it wrote to standard error. */
  log(): string
  /** Sends a signal and waits until the process is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>
  exited: Promise<number | null>
}

/** Starts a real agent as a process of its own; it is killed when the test ends. */
export function startAgentProcess(
  folder: string,
  peer: Peer,
  env: Record<string, string> = {},
): AgentProcess {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH ?? '',
      QUARRY_SERVER: peer.url,
      QUARRY_ENROLMENT_TOKEN: peer.tokens[0] ?? '',
      QUARRY_AGENT_DATA: folder,
      // Most tests are about something else.
      QUARRY_RECORDING: 'off',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const exited = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    child,
    pid: child.pid!,
    log: () => log,
    exited,
    end(signal) {
      child.kill(signal)
      return exited
    },
  }
}
