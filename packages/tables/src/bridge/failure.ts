import type { Failure } from './messages.ts'

const words: Record<string, string> = {
  EACCES: 'permission denied',
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'the connection was broken',
  EFBIG: 'the answer is too large',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOENT: 'no such file or directory',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no answer in time',
}

/** An error with a code of our own, for the other side of the bridge. */
export const fail = (code: string, message = words[code] ?? 'failed') =>
  Object.assign(new Error(message), { code })

/** What of an error crosses the bridge: a code, and why in words. Node.js's own code of a parse error is EPROTO. */
export function failureOf(error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException
  const name = !code ? 'EPROTO' : code.startsWith('HPE_') ? 'EPROTO' : code
  return { code: name, message: words[name] ?? firstSentence(message) }
}

const firstSentence = (text: string) =>
  text
    .replace(/^[A-Z_]+: /, '')
    .split('\n')[0]!
    .slice(0, 200)

/** Resolves as `work` does, and rejects with ETIMEDOUT, having called `stop`, when that takes longer. */
export async function within<T>(millis: number, work: Promise<T>, stop: () => void): Promise<T> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    timeout.reject(fail('ETIMEDOUT'))
    stop()
  }, millis)
  try {
    return await Promise.race([work, timeout.promise])
  } finally {
    clearTimeout(timer)
    work.catch(() => {})
  }
}
