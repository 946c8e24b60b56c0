import type { Scan } from '../define-table.ts'

const code = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** Whether the thing that was read is no longer there: a process that ended meanwhile, an interface that was removed. */
export const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ESRCH', 'ENOTDIR', 'ENODEV'].includes(code(error))

/** Whether the agent may not read it. */
const isDenied = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(code(error))

const deniedSentence =
  'Some processes could not be looked into, because the agent may not; what could not be read is left out.'

/**
 * Reads something that may vanish or be closed to the agent.
 * Gives undefined when it is gone (silently), denied, or broken; the latter two put one `partial` warning on the result.
 */
export function attempt<T>(scan: Pick<Scan, 'warn'>, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isDenied(error)) scan.warn(deniedSentence, 'partial')
    else if (!code(error)) throw error
    else if (!isGone(error)) {
      scan.warn(`Something could not be read and is left out (${code(error)}).`, 'partial')
    }
    return undefined
  }
}
