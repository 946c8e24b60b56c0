import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Returns a new folder that goes when the test ends. */
export function tempFolder(): string {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'quarry-agent-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
