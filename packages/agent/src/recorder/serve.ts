import { watchParent } from '../parent.ts'
import { messageOf } from '../start-error.ts'
import type { FromRecorder, RecorderSetup, ToRecorder } from './messages.ts'
import { openRecorder, type Recorder } from './record.ts'

/** The agent is told how recording goes at least this often, in milliseconds. */
const statusMillis = 10_000
/** Changes come several at a time. */
const gatherMillis = 200
/** An end that takes longer is cut off: what was taken is in the store by then. */
const endMillis = 4000

/** Runs the recorder in this process, for the agent at the other end of the channel, until that ends or says so. */
export function serveRecorder(): void {
  let opening: Promise<Recorder | undefined> | undefined
  let ending = false
  let gather: NodeJS.Timeout | undefined

  // Nobody may be there to hear it.
  const say = (message: FromRecorder) => process.connected && process.send?.(message, () => {})

  async function open(setup: RecorderSetup): Promise<Recorder | undefined> {
    try {
      const recorder = await openRecorder({
        ...setup,
        ownPids: [process.pid, process.ppid],
        log: (message) => say({ type: 'log', level: 'info', message }),
        changed() {
          gather ??= setTimeout(tell, gatherMillis)
        },
      })
      setInterval(tell, statusMillis).unref()
      return recorder
    } catch (error) {
      say({ type: 'failed', reason: `The journals cannot be written: ${messageOf(error)}.` })
      process.exitCode = 1
      process.disconnect?.()
      return undefined
    }
  }
  async function tell() {
    clearTimeout(gather)
    gather = undefined
    const recorder = await opening
    if (recorder && !ending) say({ type: 'status', recording: recorder.status() })
  }
  async function end(reason: string) {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), endMillis).unref()
    try {
      await (await opening)?.close(reason)
    } finally {
      process.exit()
    }
  }

  process.on('message', (message: ToRecorder) => {
    if (message.type === 'mark') void opening?.then((recorder) => recorder?.mark(message.pid, message.origin))
    else if (!opening) {
      opening = open(message.setup)
      void tell()
    }
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void end('The agent was stopped.'))
  watchParent(() => void end('The agent is gone.'))
}
