/** Why the agent cannot start, as one sentence for a person. `main.ts` prints it and exits with code 1. */
export class StartError extends Error {
  override name = 'StartError'
}

/** Returns the `code` of a Node.js system error (`ENOENT`, …) or of SQLite (`SQLITE_FULL`, …), else an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Returns the sentence of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
