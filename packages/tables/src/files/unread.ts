import type { Scan } from '../define-table.ts'
import { errorCode } from '../host/system-error.ts'

const maxNamed = 10
const absent = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'ENXIO'])

/** Whether the error says that nothing is there (any more), which is no fault. */
export const isAbsent = (error: unknown): boolean => absent.has(errorCode(error) ?? '')

/**
 * Puts a warning on the result about something that could not be read. The first ten are named, the rest counts as one.
 * Throws what is no system error: a fault of ours.
 */
export function warnUnread(scan: Pick<Scan, 'warn' | 'once'>, path: string, error: unknown): void {
  if (!errorCode(error)) throw error
  const told = scan.once('unread', () => new Set<string>())
  if (told.has(path)) return
  if (told.size >= maxNamed) {
    scan.warn('More could not be read and is left out.', 'partial')
    return
  }
  told.add(path)
  scan.warn(`${path} could not be read and is left out: ${reason(error as Error)}.`, 'partial')
}

/** What a system error says, without its code and path. */
function reason(error: Error): string {
  return error.message.replace(/^[A-Z0-9]+: /, '').replace(/, [a-z]* ?'[\s\S]*$/, '')
}
