/**
 * Applies `fields=a,b` of a request: keeps these fields alone, of each item of a list or of the one resource. Names that
 * do not exist are passed over, so that a client of the vendor's API may ask for more than we have.
 */
export function projectFields(output: unknown, fields: string): unknown {
  const names = new Set(fields.split(',').map((name) => name.trim()))
  const pick = (item: unknown) =>
    Object.fromEntries(Object.entries(item as object).filter(([name]) => names.has(name)))
  const list = output as { items?: unknown }
  return Array.isArray(list.items) ? { ...list, items: list.items.map(pick) } : pick(output)
}
