/** Writes the detail of an audit entry on one line: `name: Ada, role: analyst`. Parts that are no plain values stand as JSON. */
export function detailWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
    .replace(/\s+/g, ' ')
}
