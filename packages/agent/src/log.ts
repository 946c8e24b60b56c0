import pino from 'pino'

/** The agent's log: JSON lines on standard error. Nothing secret is ever given to it. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Opens the log. It writes at once, so that the last line before a crash is there. */
export function openLog(level = 'info'): Log {
  const out = pino.destination({ fd: 2, sync: true })
  // Whoever read the log is gone; the agent goes on without one.
  out.on('error', () => {})
  return pino({ level, base: { part: 'agent' } }, out)
}
