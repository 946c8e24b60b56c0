import { enableCompileCache } from 'node:module'

/** First file of the recorder's process: everything else is loaded after the cache of compiled code is on. */
const cache = process.argv[2]
if (cache) enableCompileCache(cache)
const { serveRecorder } = await import('./serve.ts')
serveRecorder()
