import { enableCompileCache } from 'node:module'

// A process of its own: loading every table takes memory that the agent would keep for ever.
enableCompileCache(process.argv[2])
const { localTables } = await import('./local-tables.ts')

process.stdout.write(JSON.stringify(await localTables()))
