import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const main = fileURLToPath(new URL('./describe-tables-main.ts', import.meta.url))
const run = promisify(execFile)

/**
 * Describes the agent's own tables and functions in a short-lived process.
 * @param cache the agent's folder for what is kept between queries.
 * @returns the `tables` message as JSON text, ready to be sent.
 * @throws when the process fails.
 */
export async function tablesMessage(cache: string, signal?: AbortSignal): Promise<string> {
  const options = { maxBuffer: 32 << 20, env: { PATH: process.env.PATH ?? '' }, ...(signal && { signal }) }
  const { stdout } = await run(process.execPath, [main, join(cache, 'code')], options)
  return stdout
}
