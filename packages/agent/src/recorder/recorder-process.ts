import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recording } from '@quarry/schema/agent/recording'
import { type Backoff, waitBefore } from '../backoff.ts'
import type { Log } from '../log.ts'
import type { FromRecorder, RecorderSetup, ToRecorder } from './messages.ts'
import { noRecording } from './status.ts'

/** After a crash: quick at first, since what happens meanwhile is not recorded. */
const restart: Backoff = { first: 500, most: 60_000 }
/** A recorder that held this long was a good one. */
const steadyMillis = 60_000
/** Time to put back what it changed and to write the rest; then it is killed. */
const endMillis = 5000
/** Heap of JavaScript beyond which something is wrong, in MB; the rest of its memory is the store's and the sensors'. */
const heapMegabytes = 192
/** Room for young objects, in MB: V8 would let it grow to 48 under load and keep it. The time that it costs is small. */
const youngMegabytes = 2
const keptStderr = 2000

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

export interface RecorderProcessOptions extends RecorderSetup {
  log: Log
}

/** The recorder, as the agent holds it: a process of its own that is started again whenever it dies. */
export interface RecorderProcess {
  /** How recording goes, as last heard. */
  recording(): Recording
  /** Calls `listener` whenever something else than a count has changed. */
  onChange(listener: (() => void) | undefined): void
  pids(): number[]
  /**
   * Says that the agent has started this process for somebody (`live_response`, `scan`). It and its descendants are recorded with
   * this origin; whatever else the agent starts is left out.
   */
  markOrigin(pid: number, origin: string): void
  /** Ends it: it puts back what it changed on the host and writes what it has. */
  close(): Promise<void>
}

export function openRecorderProcess({ log, ...setup }: RecorderProcessOptions): RecorderProcess {
  let recording = noRecording('stopped', 'The recorder starts.')
  let listener: (() => void) | undefined
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let attempt = 0
  let closing = false
  let gone = Promise.resolve()

  function note(next: Recording) {
    const news = gist(next) !== gist(recording)
    recording = next
    if (news) listener?.()
  }
  /** It does not record for now; what the journals hold is still there. */
  function noteStopped(reason: string) {
    note({ ...noRecording('stopped', reason), journals: recording.journals })
  }

  function start() {
    const started = performance.now()
    const born = spawn(
      process.execPath,
      [
        `--max-old-space-size=${heapMegabytes}`,
        `--max-semi-space-size=${youngMegabytes}`,
        '--no-warnings',
        entry,
      ],
      { cwd: '/', env: environment(join(setup.cache, 'code')), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    )
    child = born
    let stderr = ''
    let failure: string | undefined
    born.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-keptStderr)
    })
    born.on('message', (message: FromRecorder) => {
      if (message.type === 'status') note(message.recording)
      else if (message.type === 'log') log[message.level](message.message)
      else failure = message.reason
    })
    const end = Promise.withResolvers<void>()
    gone = end.promise
    let over = false
    const ended = (how: string) => {
      if (over) return
      over = true
      child = undefined
      end.resolve()
      if (closing) return
      if (performance.now() - started > steadyMillis) attempt = 0
      const wait = waitBefore(restart, attempt++)
      const next = `It is started again in ${(wait / 1000).toFixed(1)} s.`
      log.error({ stderr: stderr.trim() || undefined }, `${failure ?? how} ${next}`)
      noteStopped(`${failure ?? how} ${next}`)
      timer = setTimeout(start, wait)
    }
    born.on('error', (error) => ended(`The recorder cannot be started: ${error.message}.`))
    born.on('close', (code, signal) =>
      ended(`The recorder ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}.`),
    )
    tell(born, { type: 'setup', setup })
  }
  start()

  return {
    recording: () => recording,
    onChange(next) {
      listener = next
    },
    pids: () => (child?.pid === undefined ? [] : [child.pid]),
    markOrigin: (pid, origin) => child && tell(child, { type: 'mark', pid, origin }),
    async close() {
      closing = true
      clearTimeout(timer)
      child?.kill('SIGTERM')
      const kill = setTimeout(() => child?.kill('SIGKILL'), endMillis)
      await gone
      clearTimeout(kill)
    },
  }
}

/** A recorder that dies breaks its channel; its end tells of it. */
const tell = (child: ChildProcess, message: ToRecorder) => child.connected && child.send(message, () => {})

/** What makes two states differ: not the counts, which always do. */
const gist = ({ state, reason, sensors }: Recording) =>
  JSON.stringify([state, reason, sensors.map(({ lost, ...rest }) => ({ ...rest, lost: lost > 0 }))])

/** Nothing of the agent's environment, which may hold secrets, is handed on. */
function environment(codeCache: string): NodeJS.ProcessEnv {
  const { TZ } = process.env
  return {
    // Before the first file is loaded: without it that file alone would bring in what removes types, some 10 MB.
    NODE_COMPILE_CACHE: codeCache,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    // One arena for all threads, and few of them: less memory for a process that never rests.
    MALLOC_ARENA_MAX: '1',
    UV_THREADPOOL_SIZE: '2',
    ...(TZ ? { TZ } : {}),
  }
}
