const listeners = new Set<() => void>()

/** Asks for the query to be saved, from wherever the focus is. */
export function requestSave(): void {
  for (const listener of listeners) listener()
}

/** Calls `listener` when saving is asked for. Returns how to stop. */
export function onSaveRequest(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
