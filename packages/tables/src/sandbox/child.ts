import { mkdirSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'

/** First file of a sandbox process. Everything else is loaded after the cache of compiled code is on. */
const cacheDir = process.argv[2]
if (cacheDir) {
  try {
    const folder = join(cacheDir, 'code')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    module.enableCompileCache(folder)
  } catch {
    // A cache that cannot be written costs time at the start, nothing else.
  }
}
const { serve } = await import('./serve.ts')
await serve()
