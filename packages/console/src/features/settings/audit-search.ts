/** What the address of the audit log keeps: one action, and the key of the page. */
export interface AuditSearch {
  action?: string
  from?: string
}

/** Reads the search part of the address; what it does not know is dropped. */
export function parseAudit({ action, from }: Record<string, unknown>): AuditSearch {
  return {
    ...(typeof action === 'string' && action !== '' && { action: action.slice(0, 100) }),
    ...((typeof from === 'string' || typeof from === 'number') && from !== '' && { from: String(from) }),
  }
}
