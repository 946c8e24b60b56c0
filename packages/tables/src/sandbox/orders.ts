import { readSync } from 'node:fs'

/** The input of a child: lines of JSON, read when idle by the event loop and during a query by asking. */
export interface Orders {
  /** The next line, when it comes; undefined once the parent is gone. */
  next(): Promise<unknown>
  /** A line that has come by now, without waiting. Ends the process when the parent is gone. */
  poll(): unknown
}

const INPUT = 0

/** Opens the orders on standard input. */
export function openOrders(): Orders {
  const lines: string[] = []
  let rest = ''
  let ended = false
  let wake: (() => void) | undefined
  const take = (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop()!
    lines.push(...parts)
  }
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (text: string) => {
    take(text)
    wake?.()
  })
  const end = () => {
    ended = true
    wake?.()
  }
  process.stdin.on('end', end).on('error', end)

  const buffer = Buffer.alloc(4096)
  return {
    async next() {
      while (lines.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return lines.length > 0 ? JSON.parse(lines.shift()!) : undefined
    },
    poll() {
      if (lines.length === 0) {
        try {
          // The event loop has made the pipe non-blocking: nothing there is EAGAIN, nobody there is 0 bytes.
          const length = readSync(INPUT, buffer)
          if (length === 0) process.exit(0)
          take(buffer.toString('utf8', 0, length))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(0)
        }
      }
      return lines.length > 0 ? JSON.parse(lines.shift()!) : undefined
    },
  }
}
