import type { RecorderProcess } from './recorder-process.ts'
import { noRecording } from './status.ts'

/** The server is told again after this time, in milliseconds. */
const everyMillis = 5 * 60_000
/** After a connection it is told sooner: a device that has just begun to record has nothing to show at first. */
const firstMillis = [5000, 20_000, 60_000]
/** A recorder that dies again and again is told of no more often. */
const atMostMillis = 2000

/** Tells the server how the device records: at each connection, when it changes, and every five minutes. */
export interface RecordingMessages {
  connect(send: ((frame: string) => void) | undefined): void
  close(): void
}

/** @param recorder undefined when recording is off; `off` says why. */
export function openRecordingMessages(recorder: RecorderProcess | undefined, off: string): RecordingMessages {
  let send: ((frame: string) => void) | undefined
  let soon: NodeJS.Timeout | undefined
  let first: NodeJS.Timeout[] = []
  const tell = () => {
    clearTimeout(soon)
    soon = undefined
    send?.(JSON.stringify({ type: 'recording', recording: recorder?.recording() ?? noRecording('off', off) }))
  }
  recorder?.onChange(() => {
    soon ??= setTimeout(tell, atMostMillis).unref()
  })
  const timer = setInterval(tell, everyMillis).unref()
  return {
    connect(next) {
      send = next
      for (const each of first) clearTimeout(each)
      first = next ? firstMillis.map((millis) => setTimeout(tell, millis).unref()) : []
      if (next) tell()
    },
    close() {
      recorder?.onChange(undefined)
      for (const each of first) clearTimeout(each)
      clearTimeout(soon)
      clearInterval(timer)
    },
  }
}
