import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** One process of Quarry, as `npm start` would run it. */
export interface Part {
  readonly pid: number
  /** Everything that it printed, for the message of a failed test. */
  readonly output: () => string
  /** Resolves to its exit code when it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface PartOptions {
  /** Path from the folder `packages`: `server/src/main.ts`. */
  main: string
  env: Record<string, string>
  /** Handed over by the channel, as the launcher does. */
  secrets: Record<string, string | undefined>
}

const packages = new URL('../../', import.meta.url)
const kept = 20_000

/**
 * Starts a process and waits until it says that it is ready.
 * @returns the process and what it said
 * @throws with its output when it ends before
 */
export async function startPart<Ready>({
  main,
  env,
  secrets,
}: PartOptions): Promise<{ part: Part; ready: Ready }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(main, packages))], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, QUARRY_SECRETS: 'ipc', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const part = partOf(child)
  child.send({ type: 'secrets', ...secrets })
  const ready = new Promise<Ready>((resolve) => {
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'ready') resolve(message as Ready)
    })
  })
  const early = part.ended.then((code) => {
    throw new Error(`${main} ended with ${code} before it was ready:\n${part.output()}`)
  })
  early.catch(() => undefined)
  return { part, ready: await Promise.race([ready, early]) }
}

function partOf(child: ChildProcess): Part {
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-kept)
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    pid: child.pid!,
    output: () => output,
    ended,
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
