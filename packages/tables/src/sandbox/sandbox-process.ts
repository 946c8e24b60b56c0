import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type ChildSetup, decodeFrames, type Frame, type Order } from './frames.ts'
import type { Reaper } from './reaper.ts'

/** A child that runs queries, one at a time. */
export interface SandboxProcess {
  readonly pid: number
  /** Heap limit that it was started with, in bytes. */
  readonly heapBytes: number
  /** Resolves when it can take a query; rejects when it died before. */
  readonly ready: Promise<void>
  /** Resolves once it is gone, with a sentence about how. */
  readonly gone: Promise<Death>
  /** How many queries it has run; the pool's to count. */
  queries: number
  /** The lowest memory limit that it ran under; SQLite's heap limit can only go down. */
  lowestMemory: number
  tell(order: Order): void
  /** The next message; undefined at the end of its output. */
  next(): Promise<Frame | undefined>
  pause(): void
  resume(): void
  kill(): void
}

export interface Death {
  sentence: string
  /** It died because JavaScript's heap was full. */
  outOfMemory: boolean
}

const LOWER_PRIORITY = 10
/** The kernel, short of memory, takes a query before anything else of the machine. */
const OOM_SCORE = '900'
/** JavaScript that runs the engine itself. */
const OWN_HEAP = 64 << 20
const KEPT_STDERR = 4000

const entry = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Starts a child; it loads the engine at once and waits for a query. */
export function startSandboxProcess(setup: ChildSetup, heapBytes: number, reaper: Reaper): SandboxProcess {
  const megabytes = Math.ceil((heapBytes + OWN_HEAP) / (1 << 20))
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${megabytes}`, '--no-warnings', entry, setup.host.cacheDir],
    { cwd: '/', detached: true, env: environment(), stdio: ['pipe', 'ignore', 'pipe', 'pipe'] },
  )
  const pid = child.pid ?? 0
  if (pid > 0) {
    reaper.watch(pid)
    lower(pid)
  }
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR)
  })
  // A child that dies breaks its input; `gone` tells of it.
  child.stdin!.on('error', () => {})
  const output = child.stdio[3] as Readable
  output.on('error', () => {})
  const frames = decodeFrames(output)
  const gone = deathOf(child, () => stderr).then((death) => {
    reaper.forget(pid)
    return death
  })
  const say = (message: unknown) => child.stdin!.write(`${JSON.stringify(message)}\n`)
  say(setup)
  const next = async () => (await frames.next().catch(() => undefined))?.value as Frame | undefined
  const ready = next().then(async (first) => {
    if (!first) throw new Error((await gone).sentence)
  })
  ready.catch(() => {})
  const signal = (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name)
  }
  return {
    pid,
    heapBytes,
    ready,
    gone,
    queries: 0,
    lowestMemory: Number.POSITIVE_INFINITY,
    tell: say,
    next,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    // SIGKILL also ends what is stopped.
    kill: () => signal('SIGKILL'),
  }
}

/** Nothing of the agent's environment, which may hold secrets, reaches a query. */
function environment(): NodeJS.ProcessEnv {
  const { TZ } = process.env
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    // One arena for all threads: some 5 MB less for a process that waits.
    MALLOC_ARENA_MAX: '1',
    ...(TZ ? { TZ } : {}),
  }
}

function lower(pid: number) {
  try {
    setPriority(pid, LOWER_PRIORITY)
    writeFileSync(`/proc/${pid}/oom_score_adj`, OOM_SCORE)
  } catch {
    // It may be gone already, or the host may not allow it; the limits hold all the same.
  }
}

function deathOf(child: ChildProcess, stderr: () => string): Promise<Death> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ sentence: `The process could not be started (${error.code}).`, outOfMemory: false }),
    )
    child.once('close', (code, signal) => {
      const outOfMemory = stderr().includes('out of memory')
      const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`
      resolve({ sentence: `The process that ran the query ${how}.`, outOfMemory })
    })
  })
}
