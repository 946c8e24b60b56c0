import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fail, within } from './failure.ts'
import type { Call } from './messages.ts'

type CallOf<K extends Call['do']> = Extract<Call, { do: K }>

interface Stream {
  socket: Socket
  millis: number
  /** Bytes that may still come. */
  left: number
  error?: Error
  ended: boolean
}

/** The open connections of the thread, by number. Closed ones answer EPIPE. */
export function openStreams() {
  const streams = new Map<number, Stream>()
  let last = 0
  const find = (number: number) => {
    const stream = streams.get(number)
    if (!stream) throw fail('EPIPE')
    return stream
  }

  return {
    async open({ target, millis, maxBytes }: CallOf<'open'>): Promise<number> {
      const socket = 'socket' in target ? connect(target.socket) : connect(target.port, target.host)
      const stream: Stream = { socket, millis, left: maxBytes, ended: false }
      socket.on('error', (error) => {
        stream.error = error
      })
      socket.on('end', () => {
        stream.ended = true
      })
      await within(millis, once(socket, 'connect'), () => socket.destroy())
      streams.set(++last, stream)
      return last
    },

    async write({ stream: number, bytes }: CallOf<'write'>): Promise<void> {
      const { socket, millis, error } = find(number)
      if (error) throw error
      const written = Promise.withResolvers<void>()
      socket.write(bytes, (failure) => (failure ? written.reject(failure) : written.resolve()))
      await within(millis, written.promise, () => socket.destroy())
    },

    async read({ stream: number }: CallOf<'read'>): Promise<Uint8Array> {
      const stream = find(number)
      const { socket, millis } = stream
      const chunk = async (): Promise<Buffer> => {
        for (;;) {
          const bytes = socket.read() as Buffer | null
          if (bytes) return bytes
          if (stream.error) throw stream.error
          if (stream.ended || socket.destroyed) return Buffer.alloc(0)
          const news = new AbortController()
          const events = ['readable', 'end', 'close', 'error'].map((name) =>
            once(socket, name, { signal: news.signal }).catch(() => {}),
          )
          await Promise.race(events)
          news.abort()
        }
      }
      const bytes = await within(millis, chunk(), () => socket.destroy())
      stream.left -= bytes.length
      if (stream.left < 0) {
        socket.destroy()
        throw fail('EFBIG')
      }
      return new Uint8Array(bytes)
    },

    async close({ stream: number }: CallOf<'close'>): Promise<void> {
      streams.get(number)?.socket.destroy()
      streams.delete(number)
    },
  }
}
