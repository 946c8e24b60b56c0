/** Says in a sentence why nothing can be written. */
export function whyStopped(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return 'The disk is full: nothing is recorded until there is room again.'
  if (code === 'EDQUOT')
    return 'The quota of the disk is used up: nothing is recorded until there is room again.'
  return `The journals cannot be written (${code ?? 'error'}: ${message}): nothing is recorded until they can.`
}

/** Whether there is only no room: it may be there later. */
export function isFull(error: unknown): boolean {
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes((error as { code?: string }).code ?? '')
}
